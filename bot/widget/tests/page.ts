/** A browser's globals and a gateway that answers from memory. */
import { Window } from "happy-dom";

export const page = new Window({ url: "https://site.example/" });
for (const name of [
  "document", "window", "customElements", "HTMLElement", "Element", "Node", "Document", "ShadowRoot", "CSSStyleSheet",
  "MutationObserver", "Event", "CustomEvent", "KeyboardEvent", "FormData", "localStorage", "sessionStorage", "location", "history",
  "matchMedia", "addEventListener", "removeEventListener", "HTMLFormElement", "HTMLTextAreaElement",
]) {
  const value = (page as unknown as Record<string, unknown>)[name];
  const bound = typeof value === "function" && /^[a-z]/.test(name) ? value.bind(page) : value;
  Object.defineProperty(globalThis, name, { value: bound, configurable: true, writable: true });
}
Object.defineProperty(globalThis, "navigator", { value: { onLine: true }, configurable: true, writable: true });
Object.defineProperty(globalThis, "BroadcastChannel", { value: undefined, configurable: true, writable: true });
delete (globalThis as { BroadcastChannel?: unknown }).BroadcastChannel;

type Message = Record<string, unknown>;
let last = 0;

export function message(fields: Message): Message {
  last += 1;
  const base = { author: "assistant", author_name: "Trợ lý", language: "vi", created_at: "2026-11-24T01:00:00Z", text: "" };
  return { id: last, ...base, buttons: [], blocks: [], sources: [], reply_to: null, client_id: null, ...fields };
}

/** Answers `fetch` like the gateway; `answering` gives the messages after a question, or throws. */
export class Gateway {
  calls: { method: string; path: string; body: any; token: string | null }[] = [];
  history: Message[] = [];
  answering: (question: Message) => Message[] = (question) => [message({ text: "re", reply_to: question["id"] })];
  conversations = 0;
  mode = "bot";
  /** Of a link from another channel, until it is used. */
  code = "";
  channels: string[] = [];

  install(): this {
    Object.defineProperty(globalThis, "fetch", { value: this.fetch, configurable: true, writable: true });
    return this;
  }

  posts(path: string) {
    return this.calls.filter((call) => call.method === "POST" && call.path === path);
  }

  private readonly fetch = async (url: string, init: RequestInit): Promise<Response> => {
    const path = url.replace(/^.*\/api\/v1/, "").replace(/\?.*/, "");
    const headers = new Headers(init.headers);
    const token = headers.get("Authorization")?.replace("Bearer ", "") ?? null;
    const body = typeof init.body === "string" ? JSON.parse(init.body) : undefined;
    this.calls.push({ method: init.method ?? "GET", path, body, token });
    if (path === "/conversations") {
      this.conversations += 1;
      this.history = [message({ text: "Xin chào" })];
      return json(201, { id: `c${this.conversations}`, token: `t${this.conversations}`, channels: this.channels, messages: this.history });
    }
    if (path === "/links/redeem") {
      if (body.code !== this.code) return json(404, { detail: "void" });
      this.code = "";
      this.conversations += 1;
      this.history = [message({ author: "user", text: "từ Telegram" }), message({ text: "đã trả lời" })];
      return json(200, { id: `c${this.conversations}`, token: `t${this.conversations}` });
    }
    if (token !== `t${this.conversations}`) return json(401, { detail: "none" });
    if (path === "/events") return new Response(new ReadableStream());
    if (path === "/messages" && init.method === "POST") return this.take(body);
    if (path === "/messages") return json(200, { mode: this.mode, channels: this.channels, messages: this.history });
    if (path === "/links") return json(201, { code: "c", seconds: 600, telegram: "https://t.me/bot?start=c_c" });
    return new Response(null, { status: 204 });
  };

  private take(body: { client_id: string; text?: string; payload?: string }): Response {
    let question = this.history.find((each) => each["client_id"] === body.client_id);
    if (!question) {
      question = message({ author: "user", text: body.text ?? body.payload, client_id: body.client_id });
      const answers = this.answering(question);
      this.history.push(question, ...answers);
    }
    const answers = this.history.filter((each) => each["reply_to"] === question["id"]);
    return json(200, { mode: this.mode, channels: this.channels, messages: answers });
  }
}

function json(status: number, body: unknown): Response {
  return new Response(JSON.stringify(body), { status, headers: { "Content-Type": "application/json" } });
}

/** Until nothing that was promised is left to do. */
export async function settled(turns = 30): Promise<void> {
  for (let turn = 0; turn < turns; turn += 1) await new Promise((resolve) => setImmediate(resolve));
}
