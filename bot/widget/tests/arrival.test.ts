import assert from "node:assert/strict";
import { afterEach, test } from "node:test";
import { Gateway, page, settled } from "./page.js";

const { HezaChat } = await import("../src/heza-chat.js");
customElements.define("heza-chat", HezaChat as unknown as CustomElementConstructor);

type Chat = InstanceType<typeof HezaChat>;
const SITE = "https://site.example";

/** A page of the site opened by a link, with the chat in it. */
async function arrive(gateway: Gateway, query: string, server = SITE): Promise<ShadowRoot> {
  gateway.install();
  page.happyDOM.setURL(`${SITE}/chat?language=vi${query}`);
  const chat = document.createElement("heza-chat") as Chat;
  chat.server = server;
  document.body.append(chat);
  await settled();
  return chat.shadowRoot as ShadowRoot;
}

function bubbles(root: ShadowRoot): string[] {
  return [...root.querySelectorAll(".talk > li .bubble")].map((each) => (each.textContent ?? "").trim());
}

afterEach(() => {
  document.querySelector("heza-chat")?.remove();
  localStorage.clear();
  sessionStorage.clear();
});

test("a link shows its conversation and leaves the address", async () => {
  const gateway = new Gateway();
  gateway.code = "good";
  const root = await arrive(gateway, "&link=good");
  assert.deepEqual(bubbles(root), ["từ Telegram", "đã trả lời"]);
  assert.equal(location.href, `${SITE}/chat?language=vi`);
  assert.equal(gateway.posts("/conversations").length, 0);
});

test("a link may open the form for an inquiry", async () => {
  const gateway = new Gateway();
  gateway.code = "good";
  await arrive(gateway, "&link=good&then=inquiry");
  assert.equal(location.href, `${SITE}/chat?language=vi`);
  const asked = gateway.calls.find((call) => call.path === "/inquiries/draft");
  assert.equal(asked?.token, "t1");
});

test("a used link says so and begins a conversation of its own", async () => {
  const root = await arrive(new Gateway(), "&link=used");
  assert.match(root.querySelector(".toast")?.textContent ?? "", /không còn hiệu lực/);
  assert.deepEqual(bubbles(root), ["Xin chào"]);
});

test("the conversation that is there already leaves only after a yes", async () => {
  const gateway = new Gateway();
  await arrive(gateway, "");
  document.querySelector<Chat>("heza-chat")!.show();
  await settled();
  document.querySelector("heza-chat")!.remove();
  gateway.code = "good";
  const root = await arrive(gateway, "&link=good");
  assert.deepEqual(bubbles(root), ["Xin chào"]);
  assert.equal(gateway.code, "good");
  root.querySelector<HTMLButtonElement>(".question button")!.click();
  await settled();
  assert.deepEqual(bubbles(root), ["từ Telegram", "đã trả lời"]);
});

test("an address of another site means something else", async () => {
  const gateway = new Gateway();
  await arrive(gateway, "&link=theirs", "https://heza.example");
  assert.equal(gateway.calls.length, 0);
  assert.match(location.href, /link=theirs/);
});
