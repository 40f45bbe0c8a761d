import assert from "node:assert/strict";
import { beforeEach, mock, test } from "node:test";
import { settled } from "./page.js";
import { Refused, Unreachable } from "../src/api.js";
import { Memory } from "../src/memory.js";
import { Outgoing } from "../src/outgoing.js";
import type { Pending } from "../src/types.js";

const memory = new Memory("https://heza.example");
let delivered: string[] = [];
let answers: (Error | null)[] = [];

function outgoing(): Outgoing {
  const deliver = async (pending: Pending) => {
    delivered.push(pending.clientId);
    const error = answers.shift();
    if (error) throw error;
  };
  return new Outgoing(memory, deliver, () => undefined);
}

beforeEach(() => {
  memory.pending = [];
  delivered = [];
  answers = [];
  mock.timers.reset();
  mock.timers.enable({ apis: ["setTimeout"] });
});

async function tick(seconds: number): Promise<void> {
  await settled();
  mock.timers.tick(seconds * 1_000);
  await settled();
}

test("messages go one after another in their order", async () => {
  const out = outgoing();
  out.add({ text: "a" });
  out.add({ text: "b" });
  const ids = out.waiting.map((pending) => pending.clientId);
  await settled();
  assert.deepEqual(delivered, ids);
  assert.deepEqual(out.waiting, []);
});

test("an unreachable server is tried again under the same id, later each time", async () => {
  answers = [new Unreachable(), new Unreachable()];
  const out = outgoing();
  out.add({ text: "a" });
  await tick(0.9);
  assert.equal(delivered.length, 1);
  await tick(0.2);
  assert.equal(delivered.length, 2);
  await tick(2.1);
  assert.equal(delivered.length, 3);
  assert.equal(new Set(delivered).size, 1);
  assert.deepEqual(out.waiting, []);
});

test("after six tries it is lost, and can be asked again", async () => {
  answers = Array.from({ length: 6 }, () => new Unreachable());
  const out = outgoing();
  out.add({ text: "a" });
  for (let turn = 0; turn < 8; turn += 1) await tick(11);
  const [lost] = out.waiting;
  assert.equal(lost?.state, "lost");
  assert.equal(delivered.length, 6);
  out.again(lost!);
  await settled();
  assert.deepEqual(out.waiting, []);
  assert.equal(new Set(delivered).size, 1);
});

test("a refusal stays with its reason and does not hold up the next", async () => {
  answers = [new Refused(413, "too long", null)];
  const out = outgoing();
  out.add({ text: "long" });
  out.add({ text: "short" });
  await settled();
  assert.deepEqual(out.waiting.map(({ text, state, detail }) => [text, state, detail]), [["long", "refused", "too long"]]);
});

test("over the rate it waits as long as the server says", async () => {
  answers = [new Refused(429, "slow down", 20)];
  const out = outgoing();
  out.add({ text: "a" });
  await tick(19);
  assert.equal(delivered.length, 1);
  assert.equal(out.waiting[0]?.detail, "slow down");
  await tick(2);
  assert.equal(delivered.length, 2);
});

test("a reload goes on with what was under way", async () => {
  memory.pending = [{ clientId: "x", text: "a", at: "2026-11-24T01:00:00Z", state: "sending" }];
  const out = outgoing();
  out.resume(() => false);
  await settled();
  assert.deepEqual(delivered, ["x"]);
  assert.deepEqual(memory.pending, []);
});
