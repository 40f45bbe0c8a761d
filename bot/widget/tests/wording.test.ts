import assert from "node:assert/strict";
import { test } from "node:test";
import table from "../src/wording.yml";
import { clock, day, wording } from "../src/wording.js";

test("each sentence stands in both languages with the same placeholders", () => {
  const holes = (text: string) => [...text.matchAll(/\{\w+\}/g)].map(String).sort();
  for (const [name, entry] of Object.entries(table)) {
    assert.deepEqual(Object.keys(entry).sort(), ["en", "vi"], name);
    assert.ok(entry.vi.trim() && entry.en.trim(), name);
    assert.deepEqual(holes(entry.vi), holes(entry.en), name);
  }
});

test("dates are written as exactly as they are known", () => {
  assert.equal(day("2026-11-24", "vi"), "24/11/2026");
  assert.equal(day("2026-11-24", "en"), "24 November 2026");
  assert.equal(day("2026-11", "vi"), "11/2026");
  assert.equal(day("2026-11", "en"), "November 2026");
  assert.equal(day("2026", "en"), "2026");
  assert.match(clock("2026-11-24T01:02:00Z", "vi"), /^\d\d:\d\d$/);
});

test("values fill placeholders, unknown sentences are an error", () => {
  assert.equal(wording("en")("count", { count: 3, limit: 9 }), "3 / 9 characters");
  assert.throws(() => wording("vi")("nothing"));
});
