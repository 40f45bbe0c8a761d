/** Lines about the state of the connection, and questions that need a yes. */
import { html, nothing, type TemplateResult } from "lit";
import type { Opening } from "../conversation.js";
import type { Say } from "../wording.js";
import { icons } from "./icons.js";

export interface Question {
  words: string;
  /** What the yes leads to, when it leaves the page. */
  link?: { url: string; words: string };
  yes(): void;
  no(): void;
}

interface Connection {
  say: Say;
  offline: boolean;
  connected: boolean;
  opening: Opening;
  renewed: boolean;
  retry(): void;
}

export function banner(state: Connection): TemplateResult | typeof nothing {
  const { say } = state;
  if (state.offline) return html`<p class="banner" role="status">${icons.warn}${say("offline")}</p>`;
  if (state.opening === "failed") {
    return html`<p class="banner" role="status">
      ${icons.warn}<span>${say("no_start")}</span> <button @click=${state.retry}>${say("try_again")}</button>
    </p>`;
  }
  if (!state.connected) return html`<p class="banner" role="status">${icons.warn}${say("reconnecting")}</p>`;
  return state.renewed ? html`<p class="banner calm" role="status">${say("renewed")}</p>` : nothing;
}

export function asking(question: Question, say: Say): TemplateResult {
  return html`<div class="question" role="alertdialog" aria-label=${question.words}>
    <p>${question.words}</p>
    ${question.link
      ? html`<a href=${question.link.url} target="_blank" rel="noopener noreferrer" @click=${question.yes}>${question.link.words}</a>`
      : html`<button @click=${question.yes}>${say("yes_do")}</button>`}
    <button class="quiet" @click=${question.no}>${say("no_do")}</button>
  </div>`;
}
