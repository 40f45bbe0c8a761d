/** The conversation as a text file that can be kept: who said what when, and what it rests on. */
import { plain } from "./markdown.js";
import type { Message } from "./types.js";
import { clock, day, type Language, type Say } from "./wording.js";

export function transcript(messages: Message[], language: Language, say: Say): string {
  const parts = messages.map((message) => {
    const name = message.author === "user" ? say("you") : message.author_name || say("assistant");
    const lines = [`[${day(localDate(message.created_at), language)} ${clock(message.created_at, language)}] ${name}`];
    lines.push(message.author === "user" ? message.text : plain(message.text));
    for (const block of message.blocks) {
      if (block.type === "card") lines.push(block.title, ...block.rows.map((row) => `  ${row.label}: ${row.value}`));
      if (block.type === "table") lines.push(...[block.columns, ...block.rows].map((row) => `  ${row.join(" | ")}`));
    }
    for (const source of message.sources) {
      const details = [source.article, source.url, say("as_of", { date: day(source.as_of, language) }), say(source.status)];
      lines.push(`  – ${[source.title, ...details].filter(Boolean).join("; ")}`);
    }
    return lines.join("\n");
  });
  return [say("title"), say("notice"), "", parts.join("\n\n"), ""].join("\n");
}

function localDate(iso: string): string {
  const at = new Date(iso);
  const two = (number: number) => String(number).padStart(2, "0");
  return `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`;
}
