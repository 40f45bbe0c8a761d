/** Cards, tables, pictures, places and files of a message. */
import { html, nothing, type TemplateResult } from "lit";
import { safe } from "../markdown.js";
import type { Block } from "../types.js";
import type { Say } from "../wording.js";
import { icons } from "./icons.js";
import { link } from "./text.js";

export function block(block: Block, server: string, say: Say): TemplateResult | typeof nothing {
  switch (block.type) {
    case "card":
      return html`<section class="card">
        <h3>${block.title}</h3>
        <dl>
          ${block.rows.map((row) => html`<div><dt>${row.label}</dt><dd>${row.value}</dd></div>`)}
        </dl>
      </section>`;
    case "table":
      return table(block);
    case "location":
      return html`<section class="card place">
        ${icons.pin}
        <h3>${block.title}</h3>
        <p>${block.lat}, ${block.lon} · ${link(mapOf(block.lat, block.lon), say("open_map"), say)}</p>
      </section>`;
    case "image": {
      const url = own(block.url, server);
      return url ? html`<figure><img src=${url} alt=${block.title} loading="lazy" /></figure>` : nothing;
    }
    case "file": {
      const url = own(block.url, server);
      return url ? html`<p class="file">${icons.download}${link(url, block.title || say("open_file"), say)}</p>` : nothing;
    }
    default:
      // A kind that a later server knows.
      return nothing;
  }
}

function table(block: Extract<Block, { type: "table" }>): TemplateResult {
  const head = block.columns.map((column) => html`<th scope="col">${column}</th>`);
  const rows = block.rows.map(
    (row) => html`<tr>${row.map((cell, at) => (at ? html`<td>${cell}</td>` : html`<th scope="row">${cell}</th>`))}</tr>`,
  );
  const label = block.columns.filter(Boolean).join(", ");
  return html`<div class="table" role="region" tabindex="0" aria-label=${label}>
    <table><thead><tr>${head}</tr></thead><tbody>${rows}</tbody></table>
  </div>`;
}

/** Pictures and files come from our own server only. */
function own(address: string, server: string): string | null {
  const url = safe(address, server);
  return url && new URL(url).origin === new URL(server).origin ? url : null;
}

function mapOf(lat: number, lon: number): string {
  return `https://www.openstreetmap.org/?mlat=${Number(lat)}&mlon=${Number(lon)}#map=13/${Number(lat)}/${Number(lon)}`;
}
