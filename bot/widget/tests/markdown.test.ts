import assert from "node:assert/strict";
import { test } from "node:test";
import { parse, plain, safe } from "../src/markdown.js";

test("a list may follow its lead-in without a blank line", () => {
  assert.deepEqual(parse("Hồ sơ gồm:\n- một\n- hai\n\nHết."), [
    { type: "text", lines: [["Hồ sơ gồm:"]], caution: false },
    { type: "list", ordered: false, start: 1, items: [["một"], ["hai"]] },
    { type: "text", lines: [["Hết."]], caution: false },
  ]);
});

test("numbered items with blank lines between them are one list that starts where it says", () => {
  assert.deepEqual(parse("3. a\n\n4. b"), [{ type: "list", ordered: true, start: 3, items: [["a"], ["b"]] }]);
});

test("bold, links and bare addresses", () => {
  assert.deepEqual(parse("**Phí** xem [cổng](https://a.vn/x_(1)) hoặc https://b.vn/y."), [
    {
      type: "text",
      caution: false,
      lines: [
        [
          { bold: ["Phí"] },
          " xem ",
          { link: ["cổng"], url: "https://a.vn/x_(1)" },
          " hoặc ",
          { link: ["https://b.vn/y"], url: "https://b.vn/y" },
          ".",
        ],
      ],
    },
  ]);
});

test("each caution stands alone", () => {
  const blocks = parse("⚠ Một\n⚠ Hai\nBa");
  assert.deepEqual(
    blocks.map((block) => block.type === "text" && block.caution),
    [true, true, false],
  );
});

test("HTML is text", () => {
  assert.deepEqual(parse("<b>x</b>"), [{ type: "text", lines: [["<b>x</b>"]], caution: false }]);
});

test("only addresses of the web may be followed", () => {
  const server = "https://heza.example";
  assert.equal(safe("/privacy?language=vi", server), "https://heza.example/privacy?language=vi");
  assert.equal(safe("https://a.vn/", server), "https://a.vn/");
  assert.equal(safe("mailto:a@b.vn", server), "mailto:a@b.vn");
  for (const url of [
    "javascript:alert(1)",
    " javascript:alert(1)",
    "JaVaScRiPt:alert(1)",
    "data:text/html,x",
    "vbscript:x",
    "//evil.example",
    "/\\evil.example",
    "x",
    "https://",
  ]) {
    assert.equal(safe(url, server), null, url);
  }
});

test("plain text has no marks", () => {
  assert.equal(plain("**A** **x y** [b](https://c.vn)\n1. x\n2. y"), "A x y b\n1. x\n2. y");
});
