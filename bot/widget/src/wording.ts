/** The chat's own sentences and the way each language writes times and dates. */
import table from "./wording.yml";

export type Language = "vi" | "en";
export type Say = (name: string, values?: Record<string, string | number>) => string;

/** The sentences of one language; an unknown name is an error in the code. */
export function wording(language: Language): Say {
  return (name, values = {}) => {
    const entry = table[name];
    if (!entry) throw new Error(`no wording: ${name}`);
    return entry[language].replace(/\{(\w+)\}/g, (whole, key: string) => String(values[key] ?? whole));
  };
}

const LOCALE = { vi: "vi-VN", en: "en-GB" };
// Making one takes longer than drawing a message.
const clocks = new Map<Language, Intl.DateTimeFormat>();

/** "14:05", in the reader's own time zone. */
export function clock(iso: string, language: Language): string {
  let format = clocks.get(language);
  if (!format) {
    format = new Intl.DateTimeFormat(LOCALE[language], { hour: "2-digit", minute: "2-digit" });
    clocks.set(language, format);
  }
  return format.format(new Date(iso));
}

/** "24/11/2026" or "24 November 2026"; '2026-11' and '2026' stay as exact as they are. */
export function day(date: string, language: Language): string {
  const [year, month, dayOfMonth] = date.slice(0, 10).split("-");
  if (!month) return date;
  if (language === "vi") return [dayOfMonth, month, year].filter(Boolean).join("/");
  const options: Intl.DateTimeFormatOptions = { year: "numeric", month: "long", timeZone: "UTC" };
  if (dayOfMonth) options.day = "numeric";
  return new Intl.DateTimeFormat(LOCALE.en, options).format(new Date(`${year}-${month}-${dayOfMonth ?? "01"}T00:00:00Z`));
}
