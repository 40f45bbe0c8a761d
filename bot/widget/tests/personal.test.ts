import assert from "node:assert/strict";
import { test } from "node:test";
import { personal } from "../src/personal.js";

test("personal data is recognised in both languages", () => {
  for (const [text, kind] of [
    ["CCCD của tôi là 031095001234", "id"],
    ["số căn cước 031 095 001234", "id"],
    ["hộ chiếu số B1234567", "passport"],
    ["my passport number is M12345678", "passport"],
    ["mã số thuế 0200123456", "tax"],
    ["tax code: 0200123456-001", "tax"],
    ["thẻ 4111 1111 1111 1111", "card"],
    ["gọi cho tôi 0912 345 678", "phone"],
    ["call +82 10-1234-5678", "phone"],
    ["kim@example.co.kr", "email"],
  ] as const) {
    assert.deepEqual(personal(text), [kind], text);
  }
});

test("money, laws, codes and dates are not personal", () => {
  for (const text of [
    "vốn đầu tư 1.200.000.000.000 đồng",
    "USD 150,000,000 capital",
    "khoảng 2500000000 USD",
    "Nghị định 96/2026/NĐ-CP",
    "thủ tục mã 1.009664",
    "hồ sơ H24.12-240918-0007",
    "ngày 24/11/2026 có 1500 lao động",
    "4111 1111 1111 1112",
    "Luật 143/2025/QH15 điều 26",
  ]) {
    assert.deepEqual(personal(text), [], text);
  }
});
