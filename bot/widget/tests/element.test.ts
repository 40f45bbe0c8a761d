import assert from "node:assert/strict";
import { afterEach, test } from "node:test";
import { Gateway, message, settled } from "./page.js";

const { HezaChat } = await import("../src/heza-chat.js");
customElements.define("heza-chat", HezaChat as unknown as CustomElementConstructor);

type Chat = InstanceType<typeof HezaChat>;
const ATTACK = `<img src=x onerror=alert(1)><script>alert(2)</script>`;

async function open(gateway: Gateway): Promise<{ chat: Chat; root: ShadowRoot }> {
  gateway.install();
  const chat = document.createElement("heza-chat") as Chat;
  chat.server = "https://heza.example";
  document.body.append(chat);
  chat.show();
  await settled();
  return { chat, root: chat.shadowRoot as ShadowRoot };
}

function bubbles(root: ShadowRoot): string[] {
  return [...root.querySelectorAll(".talk > li .bubble")].map((each) => (each.textContent ?? "").trim());
}

afterEach(() => {
  document.querySelector("heza-chat")?.remove();
  localStorage.clear();
  sessionStorage.clear();
});

test("a conversation starts when the chat is opened, not before", async () => {
  const gateway = new Gateway().install();
  const chat = document.createElement("heza-chat") as Chat;
  chat.server = "https://heza.example";
  document.body.append(chat);
  await settled();
  assert.equal(gateway.calls.length, 0);
  chat.show();
  await settled();
  assert.deepEqual(bubbles(chat.shadowRoot as ShadowRoot), ["Xin chào"]);
});

test("a question is shown once, then its answer", async () => {
  const gateway = new Gateway();
  const { chat, root } = await open(gateway);
  chat.ask("Lệ phí?");
  await settled();
  assert.deepEqual(bubbles(root), ["Xin chào", "Lệ phí?", "re"]);
});

test("nothing that others wrote becomes HTML", async () => {
  const gateway = new Gateway();
  gateway.answering = (question) => [
    message({
      reply_to: question["id"],
      author_name: ATTACK,
      text: `${ATTACK} **${ATTACK}** [${"x"}](javascript:alert(3))`,
      buttons: [{ title: ATTACK, payload: "p" }],
      blocks: [
        { type: "card", title: ATTACK, rows: [{ label: ATTACK, value: ATTACK }] },
        { type: "table", columns: ["", ATTACK], rows: [[ATTACK, ATTACK]] },
        { type: "image", url: "https://evil.example/x.png", title: ATTACK },
        { type: "file", url: "javascript:alert(4)", title: ATTACK },
        { type: "location", title: ATTACK, lat: 20, lon: 106 },
        { type: "unknown", html: ATTACK },
      ],
      sources: [{ record: ATTACK, title: ATTACK, article: ATTACK, url: "javascript:alert(5)", as_of: "2026", status: "cited" }],
    }),
  ];
  const { chat, root } = await open(gateway);
  chat.ask(ATTACK);
  await settled();
  assert.equal(root.querySelectorAll("img, script, [onerror]").length, 0);
  for (const link of root.querySelectorAll("a")) assert.match(link.getAttribute("href") ?? "", /^https:\/\//);
  assert.ok(root.textContent?.includes(ATTACK));
});

test("personal data is asked about before it leaves", async () => {
  const gateway = new Gateway();
  const { chat, root } = await open(gateway);
  chat.ask("hộ chiếu B1234567");
  await settled();
  assert.equal(gateway.posts("/messages").length, 0);
  assert.match(root.querySelector(".warning")?.textContent ?? "", /số hộ chiếu/);
  root.querySelectorAll<HTMLElement>(".warning button")[1]?.click();
  await settled();
  assert.equal(gateway.posts("/messages").length, 1);
  assert.equal(root.querySelector(".warning"), null);
});

test("a conversation that is gone is begun anew with the question kept", async () => {
  const gateway = new Gateway();
  const { chat, root } = await open(gateway);
  gateway.conversations += 1;
  chat.ask("Còn đất không?");
  await settled();
  await new Promise((resolve) => setTimeout(resolve, 1_300));
  await settled();
  assert.deepEqual(bubbles(root), ["Xin chào", "Còn đất không?", "re"]);
  assert.ok(root.querySelector(".banner.calm"));
});

test("each answer is announced once, history never", async () => {
  const gateway = new Gateway();
  const { chat, root } = await open(gateway);
  const spoken = () => root.querySelector("[aria-live=polite]")?.textContent ?? "";
  assert.equal(spoken(), "");
  chat.ask("Lệ phí?");
  await settled();
  assert.equal(spoken(), "Trợ lý: re");
});

test("a thumb down is sent at once and its comment after it", async () => {
  const gateway = new Gateway();
  const { chat, root } = await open(gateway);
  chat.ask("Lệ phí?");
  await settled();
  root.querySelectorAll<HTMLElement>(".deeds .icon")[2]?.click();
  await settled();
  const field = root.querySelector<HTMLTextAreaElement>(".comment textarea");
  assert.ok(field);
  assert.deepEqual(gateway.posts("/feedback").map((call) => call.body.value), [-1]);
});

test("the language switch greets anew before the first word", async () => {
  const gateway = new Gateway();
  const { root } = await open(gateway);
  root.querySelector<HTMLElement>(".language")?.click();
  await settled();
  assert.deepEqual(gateway.posts("/conversations").map((call) => call.body.language), ["vi", "en"]);
  assert.equal(root.querySelector("h2")?.textContent, "Investor Assistant");
});

test("Telegram is offered only where there is a bot, by a link to follow", async () => {
  const without = new Gateway();
  const { chat, root } = await open(without);
  const offered = (shown: ShadowRoot) =>
    [...shown.querySelectorAll<HTMLElement>("#menu button")].find((each) => each.textContent?.includes("Telegram"));
  assert.equal(offered(root), undefined);
  chat.remove();
  localStorage.clear();
  const gateway = new Gateway();
  gateway.channels = ["telegram"];
  const other = await open(gateway);
  offered(other.root)?.click();
  await settled();
  assert.equal(other.root.querySelector(".question a")?.getAttribute("href"), "https://t.me/bot?start=c_c");
});
