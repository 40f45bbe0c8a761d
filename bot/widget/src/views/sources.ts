/** What an answer rests on: one line with date and label, unfolded to the documents. */
import { html, nothing, type TemplateResult } from "lit";
import { safe } from "../markdown.js";
import type { Source, Status } from "../types.js";
import { day, type Language, type Say } from "../wording.js";
import { icons } from "./icons.js";
import { link } from "./text.js";

/** The weaker label speaks for all. */
const WEAKEST: Status[] = ["unconfirmed", "cited", "confirmed"];

export function sources(list: Source[], server: string, language: Language, say: Say): TemplateResult | typeof nothing {
  if (!list.length) return nothing;
  const status = WEAKEST.find((each) => list.some((source) => source.status === each)) ?? "unconfirmed";
  const dates = [...new Set(list.map((source) => source.as_of))].sort();
  const count = list.length === 1 ? say("sources_one") : say("sources_many", { count: list.length });
  const records = [...new Set(list.map((source) => source.record))];
  return html`<details class="sources">
    <summary>
      ${icons.source}<span>${count}${dates[0] ? html` · ${say("as_of", { date: day(dates[0], language) })}` : nothing}</span>
      <span class="label ${status}">${say(status)}</span>
    </summary>
    <ul>
      ${list.map((source) => html`<li>${title(source, server, say)}${source.article ? html`<small>${source.article}</small>` : nothing}</li>`)}
    </ul>
    ${records.length === 1 && records[0]
      ? html`<p>${link(`${server}/records/${encodeURIComponent(records[0])}?language=${language}`, say("record_page"), say)}</p>`
      : nothing}
  </details>`;
}

function title(source: Source, server: string, say: Say): TemplateResult | string {
  const url = source.url && safe(source.url, server);
  return url ? link(url, source.title, say) : source.title;
}
