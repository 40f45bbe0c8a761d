import assert from "node:assert/strict";
import { test } from "node:test";
import { events } from "../src/sse.js";

async function read(bytes: Uint8Array, size: number) {
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      for (let at = 0; at < bytes.length; at += size) controller.enqueue(bytes.slice(at, at + size));
      controller.close();
    },
  });
  const found = [];
  for await (const event of events(body)) found.push(event);
  return found;
}

test("events survive any cut, also within a letter", async () => {
  const text = 'event: mode\ndata: {"mode":"human"}\n\n: comment\n\nid: 7\nevent: message\r\ndata: Đình\ndata: Vũ\r\n\r\n';
  const bytes = new TextEncoder().encode(text);
  for (let size = 1; size < 40; size += 1) {
    assert.deepEqual(await read(bytes, size), [
      { name: "mode", data: '{"mode":"human"}', id: "" },
      { name: "message", data: "Đình\nVũ", id: "7" },
    ]);
  }
});

test("an event that was cut off is not told", async () => {
  assert.deepEqual(await read(new TextEncoder().encode("data: half\n"), 4), []);
});
