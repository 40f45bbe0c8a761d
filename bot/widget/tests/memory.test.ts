import assert from "node:assert/strict";
import { afterEach, test } from "node:test";
import { page } from "./page.js";

const { Memory } = await import("../src/memory.js");
const SESSION = { id: "c1", token: "t1" };
const stored = localStorage;

function stores(storage: unknown): void {
  Object.defineProperty(globalThis, "localStorage", { value: storage, configurable: true, writable: true });
}

afterEach(() => {
  stores(stored);
  localStorage.clear();
});

test("what is stored is there for another tab", () => {
  new Memory("https://heza.example").session = SESSION;
  assert.deepEqual(new Memory("https://heza.example").session, SESSION);
  assert.equal(new Memory("https://other.example").session, null);
});

test("without storage the chat lives as long as the page", () => {
  const refuse = () => {
    throw new Error("forbidden");
  };
  stores({ getItem: refuse, setItem: refuse, removeItem: refuse });
  const memory = new Memory("https://heza.example");
  assert.equal(memory.session, null);
  memory.session = SESSION;
  assert.deepEqual(memory.session, SESSION);
  memory.session = null;
  assert.equal(memory.session, null);
});

test("another tab's session is told when it can be read, and no longer after the end", () => {
  const memory = new Memory("https://heza.example");
  let told = 0;
  const end = memory.onSession(() => (told += 1));
  const change = (key: string) => page.dispatchEvent(new page.StorageEvent("storage", { key }));
  change("heza-chat:https://heza.example:seen");
  assert.equal(told, 0);
  change("heza-chat:https://heza.example:session");
  assert.equal(told, 1);
  end();
  change("heza-chat:https://heza.example:session");
  assert.equal(told, 1);
});
