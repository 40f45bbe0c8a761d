/** The conversation as this tab knows it: messages once each and in order, those under way, who answers. */
import { Refused, Unreachable, type Api, type Reply } from "./api.js";
import type { Memory } from "./memory.js";
import { Outgoing } from "./outgoing.js";
import { follow } from "./stream.js";
import { Tabs, type News } from "./tabs.js";
import type { Button, Message, Mode, Pending, Session } from "./types.js";
import type { Language } from "./wording.js";

export type Opening = "closed" | "starting" | "open" | "failed";

/** Longer than the server itself waits for an answer. */
const LOST_AFTER_MS = 30_000;

export class Conversation {
  messages: Message[] = [];
  mode: Mode = "bot";
  /** Where it can be carried to. */
  channels: string[] = [];
  opening: Opening = "closed";
  connected = true;
  /** An earlier conversation had ended, so this is a new one. */
  renewed = false;
  staffTypingUntil = 0;

  private readonly byId = new Map<number, Message>();
  private readonly tabs: Tabs;
  private readonly outgoing: Outgoing;
  private readonly forgetSession: () => void;
  /** Up to here everything is known: only history and stream move it, never a direct answer. */
  private cursor = 0;
  private line: AbortController | null = null;
  /** The opening under way; also after it, that somebody here wants the conversation open. */
  private opened: Promise<void> | null = null;

  constructor(
    private readonly api: Api,
    private readonly memory: Memory,
    private readonly language: () => Language,
    private readonly changed: () => void,
  ) {
    this.tabs = new Tabs(api.server, (news) => this.hear(news));
    this.outgoing = new Outgoing(memory, (pending) => this.deliver(pending), changed);
    // Another tab's word of a new conversation can come before what it stored.
    this.forgetSession = memory.onSession(() => {
      if (this.opened && this.opening === "closed" && this.session) void this.open();
    });
  }

  get session(): Session | null {
    return this.memory.session;
  }

  get pending(): Pending[] {
    return this.outgoing.waiting;
  }

  /** Name of the officer who talks, '' before the first word. */
  get officer(): string {
    return this.messages.findLast((message) => message.author === "staff")?.author_name ?? "";
  }

  /** Whether an answer is being looked for right now. */
  get answering(): boolean {
    return this.mode !== "human" && this.outgoing.busy;
  }

  /** Whether a question of the investor stands without an answer, though nobody works on it. */
  unanswered(message: Message): boolean {
    return (
      message.author === "user" &&
      Date.now() - Date.parse(message.created_at) > LOST_AFTER_MS &&
      message.id === this.messages.findLast((each) => each.author === "user")?.id &&
      (this.mode === "bot" || this.mode === "waiting") &&
      !this.outgoing.has(message.client_id) &&
      !this.messages.some((each) => each.id > message.id || each.reply_to === message.id)
    );
  }

  /** Take up the conversation of this browser, or start one; safe to call again. */
  open(): Promise<void> {
    if (!this.opened || this.opening === "closed" || this.opening === "failed") this.opened = this.takeUp();
    return this.opened;
  }

  send(text: string): void {
    this.outgoing.add({ text });
  }

  press(button: Button): void {
    this.outgoing.add({ text: button.title, payload: button.payload });
  }

  askAgain(pending: Pending | Message): void {
    this.outgoing.again("clientId" in pending ? pending : { clientId: pending.client_id ?? "", text: pending.text });
  }

  withdraw(pending: Pending): void {
    this.outgoing.drop(pending.clientId);
  }

  async rate(messageId: number, value: 1 | -1, comment: string): Promise<void> {
    if (this.session) await this.api.rate(this.session, messageId, value, comment);
  }

  /** Leave this conversation and begin another; the old one stays with the server. */
  async restart(): Promise<void> {
    await this.goOn(null);
  }

  /** Leave this conversation for one from another channel; throws when the link's code is not taken. */
  async carryOver(code: string): Promise<void> {
    await this.goOn(await this.api.redeem(code));
  }

  /** Erase it everywhere, then begin anew. */
  async erase(): Promise<void> {
    if (this.session) await this.api.erase(this.session);
    await this.restart();
  }

  /** What may have been missed: after sleep, on coming back to the tab. */
  async catchUp(): Promise<void> {
    if (this.opened && (this.opening === "failed" || this.opening === "closed")) return await this.open();
    const { session } = this;
    if (this.opening !== "open" || !session) return;
    try {
      this.take(await this.api.history(session, this.cursor));
    } catch (error) {
      if (error instanceof Refused && error.status === 401) await this.renew(session);
    }
    this.changed();
  }

  close(): void {
    this.line?.abort();
    this.tabs.close();
    this.forgetSession();
  }

  private async goOn(session: Session | null): Promise<void> {
    this.memory.session = session;
    this.memory.seen = 0;
    this.tabs.tell({ type: "session" });
    this.clear();
    await this.open();
  }

  private async takeUp(): Promise<void> {
    this.opening = "starting";
    this.changed();
    try {
      await this.tabs.alone("start", () => this.begin());
      this.opening = "open";
      this.outgoing.resume(this.known);
      this.listen();
    } catch (error) {
      if (!(error instanceof Refused || error instanceof Unreachable)) throw error;
      this.opening = "failed";
    }
    this.changed();
  }

  private async begin(): Promise<void> {
    const session = this.session;
    if (session) {
      try {
        this.take(await this.api.history(session, 0));
        return;
      } catch (error) {
        if (!(error instanceof Refused && error.status === 401)) throw error;
        this.renewed = true;
      }
    }
    const started = await this.api.start(this.language());
    this.memory.session = started.session;
    this.memory.seen = 0;
    this.tabs.tell({ type: "session" });
    this.take(started.reply);
  }

  private listen(): void {
    const session = this.session;
    if (!session) return;
    this.line?.abort();
    const line = new AbortController();
    this.line = line;
    const pass = (news: News) => {
      this.hear(news);
      this.tabs.tell(news);
    };
    const listener = {
      message: (message: Message) => pass({ type: "message", message }),
      mode: (mode: Mode) => pass({ type: "mode", mode }),
      typing: (until: string) => pass({ type: "typing", until }),
      connected: (is: boolean) => {
        if (this.connected === is) return;
        this.connected = is;
        this.changed();
      },
      gone: () => void this.renew(session),
    };
    const work = () => follow(this.api, session, () => this.cursor, listener, line.signal);
    void this.tabs.alone(`stream:${session.id}`, work, line.signal);
  }

  private hear(news: News): void {
    if (news.type === "session") {
      // Another tab has left the conversation, or begun the next.
      if (!this.opened || this.opening === "starting") return;
      this.clear();
      if (this.session) void this.open();
    } else if (this.opening === "open") {
      if (news.type === "mode") this.mode = news.mode;
      else if (news.type === "typing") this.staffTypes(news.until);
      else this.add(news.message, true);
    }
    this.changed();
  }

  private staffTypes(until: string): void {
    this.staffTypingUntil = Date.parse(until);
    setTimeout(this.changed, Math.max(0, this.staffTypingUntil - Date.now()) + 50);
  }

  /** Put one message to the server; what comes back decides about it in `Outgoing`. */
  private async deliver(pending: Pending): Promise<void> {
    await this.open();
    const { session } = this;
    if (!session) throw new Unreachable();
    const content = pending.payload ? { payload: pending.payload } : { text: pending.text };
    let reply: Reply;
    try {
      reply = await this.api.send(session, pending.clientId, content);
    } catch (error) {
      if (!(error instanceof Refused && error.status === 401)) throw error;
      await this.renew(session);
      // A button's token belongs to the conversation it came from; its words do not.
      delete pending.payload;
      throw new Unreachable();
    }
    if (session.id !== this.session?.id) return;
    this.mode = reply.mode;
    for (const message of reply.messages) this.add(message, false);
    if (!this.known(pending.clientId)) {
      const id = reply.messages.find((message) => message.reply_to !== null)?.reply_to;
      if (id) this.add(own(pending, id), false);
      else await this.catchUp();
    }
  }

  private readonly known = (clientId: string): boolean =>
    this.messages.some((message) => message.author === "user" && message.client_id === clientId);

  /** The conversation is gone on the server: begin a new one and say so. */
  private async renew(gone: Session): Promise<void> {
    if (this.opening !== "open") return;
    // Another tab may have begun the next one already.
    if (this.session?.id === gone.id) this.memory.session = null;
    this.clear(false);
    this.renewed = true;
    await this.open();
  }

  private clear(withPending = true): void {
    this.line?.abort();
    this.byId.clear();
    this.messages = [];
    this.mode = "bot";
    this.cursor = 0;
    this.renewed = false;
    this.opening = "closed";
    if (withPending) this.outgoing.clear();
  }

  private take(reply: Reply): void {
    this.mode = reply.mode;
    this.channels = reply.channels ?? [];
    for (const message of reply.messages) this.add(message, true);
  }

  private add(message: Message, inOrder: boolean): void {
    if (inOrder) this.cursor = Math.max(this.cursor, message.id);
    if (message.author === "staff") this.staffTypingUntil = 0;
    this.byId.set(message.id, message);
    this.messages = [...this.byId.values()].sort((one, other) => one.id - other.id);
  }
}

/** The investor's message as it stands until the server's own, masked copy of it comes. */
function own(pending: Pending, id: number): Message {
  return {
    id,
    author: "user",
    author_name: "",
    language: null,
    created_at: pending.at,
    text: pending.text,
    buttons: [],
    blocks: [],
    sources: [],
    reply_to: null,
    client_id: pending.clientId,
  };
}
