/** What can be done with an answer: copy it, say whether it helped and what was wrong. */
import { html, nothing, type TemplateResult } from "lit";
import type { Message } from "../types.js";
import { icons } from "./icons.js";
import type { Showing } from "./message.js";

export interface Opinion {
  value: 1 | -1;
  state: "asking" | "sent" | "failed";
}

export function rating(message: Message, showing: Showing): TemplateResult {
  const { say, deeds } = showing;
  const opinion = showing.opinion(message.id);
  const thumb = (value: 1 | -1, name: string, icon: unknown) =>
    html`<button class="icon" aria-label=${say(name)} title=${say(name)} aria-pressed=${opinion?.value === value}
      @click=${() => deeds.rate(message, value)}>${icon}</button>`;
  const copied = showing.copied === message.id;
  const copy = say(copied ? "copied" : "copy");
  return html`<div class="deeds">
      <button class="icon" aria-label=${copy} title=${copy} @click=${() => deeds.copy(message)}>
        ${copied ? icons.check : icons.copy}
      </button>
      ${thumb(1, "helpful", icons.up)} ${thumb(-1, "unhelpful", icons.down)}
      ${opinion && opinion.state !== "asking"
        ? html`<span class="state">${say(opinion.state === "sent" ? "thanks" : "not_rated")}</span>`
        : nothing}
    </div>
    ${opinion?.state === "asking" ? comment(message, showing) : nothing}`;
}

function comment(message: Message, { say, deeds }: Showing): TemplateResult {
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    deeds.comment(message, String(new FormData(event.target as HTMLFormElement).get("comment") ?? "").trim());
  };
  return html`<form class="comment" @submit=${submit}>
    <label>${say("comment_ask")}<textarea name="comment" rows="2" maxlength="1000"></textarea></label>
    <button>${say("comment_send")}</button>
  </form>`;
}
