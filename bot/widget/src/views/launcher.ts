/** The button at the edge of the page, with what is unread and a greeting. */
import { html, nothing, type TemplateResult } from "lit";
import type { Language, Say } from "../wording.js";
import { icons } from "./icons.js";

export interface Launcher {
  say: Say;
  language: Language;
  open: boolean;
  unread: number;
  greeting: string;
  toggle(): void;
  dismiss(): void;
}

export function launcher({ say, language, open, unread, greeting, toggle, dismiss }: Launcher): TemplateResult {
  const name = open ? say("close") : say("launch");
  return html`<aside class="edge" aria-label=${say("title")} lang=${language}>
    ${greeting
      ? html`<p class="greeting">
          <span>${greeting}</span>
          <button class="icon" aria-label=${say("no_do")} @click=${dismiss}>${icons.close}</button>
        </p>`
      : nothing}
    <button class="launch" aria-expanded=${open} aria-label=${unread ? `${name}, ${say("unread", { count: unread })}` : name}
      @click=${toggle}>
      ${open ? icons.close : html`${icons.chat}<span class="name">${name}</span>`}
      ${unread ? html`<span class="badge" aria-hidden="true">${unread > 9 ? "9+" : unread}</span>` : nothing}
    </button>
  </aside>`;
}
