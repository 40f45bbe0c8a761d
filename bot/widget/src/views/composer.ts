/** Where the investor writes: the field, the counter, the warning before personal data leaves. */
import { html, nothing, type TemplateResult } from "lit";
import type { Kind } from "../personal.js";
import type { Say } from "../wording.js";
import { icons } from "./icons.js";

export const LIMIT = 1000;
const COUNT_FROM = 800;

export interface Composer {
  draft: string;
  warned: Kind[];
  say: Say;
  privacy: string;
  write(draft: string): void;
  submit(): void;
  edit(): void;
  sendAnyway(): void;
}

export function composer(state: Composer): TemplateResult {
  const { draft, say, warned } = state;
  const length = [...draft.trim()].length;
  const over = length > LIMIT;
  const keys = (event: KeyboardEvent) => {
    // Enter ends a word of an input method before it sends the message.
    if (event.key !== "Enter" || event.shiftKey || event.isComposing || event.keyCode === 229) return;
    event.preventDefault();
    state.submit();
  };
  const submit = (event: Event) => {
    event.preventDefault();
    state.submit();
  };
  return html`<form class="composer" @submit=${submit}>
    ${warned.length
      ? html`<div class="warning" role="alert">
          ${icons.shield}
          <p>${say("personal", { kinds: warned.map((kind) => say(`personal_${kind}`)).join(", ") })}</p>
          <button type="button" @click=${state.edit}>${say("edit")}</button>
          <button type="button" class="quiet" @click=${state.sendAnyway}>${say("send_anyway")}</button>
        </div>`
      : nothing}
    <div class="field">
      <textarea rows="1" aria-label=${say("write_here")} placeholder=${say("placeholder")} enterkeyhint="send"
        aria-invalid=${over} aria-describedby="count" .value=${draft} @keydown=${keys}
        @input=${(event: Event) => state.write((event.target as HTMLTextAreaElement).value)}></textarea>
      <button class="send" aria-label=${say("send")} title=${say("send")} ?disabled=${!length || over}>${icons.send}</button>
    </div>
    <p class="foot">
      <span>${say("notice")} <a href=${state.privacy} target="_blank" rel="noopener">${say("privacy")}</a></span>
      <span id="count" class=${over ? "over" : ""}>${length >= COUNT_FROM ? say("count", { count: length, limit: LIMIT }) : nothing}</span>
    </p>
  </form>`;
}
