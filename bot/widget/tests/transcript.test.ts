import assert from "node:assert/strict";
import { test } from "node:test";
import { transcript } from "../src/transcript.js";
import type { Message } from "../src/types.js";
import { wording } from "../src/wording.js";

test("a transcript holds both sides, tables and what each answer rests on", () => {
  const base = { created_at: "2026-11-24T01:00:00Z", language: "en", buttons: [], reply_to: null, client_id: null } as const;
  const messages = [
    { ...base, id: 1, author: "user", author_name: "", text: "Fee?", blocks: [], sources: [] },
    {
      ...base,
      id: 2,
      author: "assistant",
      author_name: "Automated assistant",
      text: "**VND 0**",
      blocks: [{ type: "table", columns: ["", "A"], rows: [["Fee", "0"]] }],
      sources: [
        { record: "r", title: "Law 1", article: "Article 2", url: "https://law.vn", as_of: "2026-11", status: "cited" },
      ],
    },
  ] as unknown as Message[];
  const text = transcript(messages, "en", wording("en"));
  for (const part of ["] You\nFee?", "] Automated assistant\nVND 0", "Fee | 0", "Law 1; Article 2; https://law.vn; as of November 2026"]) {
    assert.ok(text.includes(part), part);
  }
});
