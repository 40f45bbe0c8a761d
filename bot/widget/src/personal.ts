/** Numbers that look personal, to warn before sending. The gateway masks by its own, finer table in any case. */

export type Kind = "id" | "passport" | "tax" | "card" | "phone" | "email";

const PATTERNS: [Kind, RegExp][] = [
  ["email", /[\w.%+-]+@[\w-]+(\.[\w-]+)+/i],
  ["card", /(?<![\d.,])\d(?:[ -]?\d){12,18}(?!\d)/],
  ["id", /(?<![\d.,+])0\d{2}[ .-]?\d{3}[ .-]?\d{6}(?!\d)/],
  ["id", /\b(?:cccd|cmnd|cmt|can cuoc|chung minh|so dinh danh|id card|identity card|citizen id|id (?:number|no))\D{0,12}\d(?:[ .-]?\d){7,11}(?!\d)/],
  ["passport", /\b(?:ho chieu|passport)\D{0,12}[a-z]{0,2} ?\d{6,9}\b/],
  ["passport", /\b[bcnpkm]\d{7,8}\b/],
  ["tax", /\b(?:mst|ma so thue|tax (?:code|id|number))\D{0,12}\d(?:[ .-]?\d){9}/],
  ["phone", /(?<![\d.,])(?:\+|00)[1-9](?:[ .()-]{0,2}\d){7,13}(?!\d)/],
  ["phone", /(?<![\d.,+])\(?(?:0|84)\)?[ .-]?[35789](?:[ .-]?\d){8}(?![\d]|[.,]\d)/],
  ["tax", /(?<![\d.,+])\d{10}(?:-\d{3})?(?!\d|[.,]\d)/],
];

/** Kinds found, each once; amounts of money, law numbers and codes of procedures and dossiers are none. */
export function personal(text: string): Kind[] {
  let rest = text
    .normalize("NFD")
    .replace(/\p{M}/gu, "")
    .replace(/đ/gi, "d")
    .toLowerCase()
    .replace(/\d[\d., ]*\d ?(?:dong|vnd|usd|eur|d\b|ty|trieu|million|billion|m2|ha)\b/g, " ")
    .replace(/(?:usd|vnd|eur|\$|€) ?\d[\d., ]*/g, " ")
    .replace(/\b[a-z]\d{2}(?:\.\d{1,3})*(?:-\d{1,6}){2,}/g, " ");
  const found = new Set<Kind>();
  for (const [kind, pattern] of PATTERNS) {
    const match = pattern.exec(rest);
    if (!match || (kind === "card" && !luhn(match[0]))) continue;
    found.add(kind);
    rest = rest.replace(pattern, " ");
  }
  return [...found];
}

/** The check digit of bank cards. */
function luhn(text: string): boolean {
  const digits = [...text.replace(/\D/g, "")].reverse().map(Number);
  const sum = digits.reduce((total, digit, place) => {
    const value = place % 2 ? digit * 2 : digit;
    return total + (value > 9 ? value - 9 : value);
  }, 0);
  return sum % 10 === 0 && new Set(digits).size > 1;
}
