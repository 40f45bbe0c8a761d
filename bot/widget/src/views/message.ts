/** One message of the talk, and one that is still under way. */
import { html, nothing, type TemplateResult } from "lit";
import { guard } from "lit/directives/guard.js";
import type { Button, Message, Pending } from "../types.js";
import { clock, type Language, type Say } from "../wording.js";
import { block } from "./blocks.js";
import { icons } from "./icons.js";
import { rating, type Opinion } from "./rating.js";
import { sources } from "./sources.js";
import { text } from "./text.js";

export interface Deeds {
  press(button: Button): void;
  askAgain(message: Message | Pending): void;
  edit(pending: Pending): void;
  copy(message: Message): void;
  rate(message: Message, value: 1 | -1): void;
  comment(message: Message, comment: string): void;
}

export interface Showing {
  server: string;
  language: Language;
  say: Say;
  deeds: Deeds;
  copied: number | null;
  opinion(id: number): Opinion | undefined;
  unanswered(message: Message): boolean;
}

/** Drawn anew only when something of it has changed: a long talk must not slow down its next answer. */
export function message(message: Message, showing: Showing): unknown {
  const { language, copied } = showing;
  const shown = [message, language, copied === message.id, showing.opinion(message.id), showing.unanswered(message)];
  return guard(shown, () => drawn(message, showing));
}

function drawn(message: Message, showing: Showing): TemplateResult {
  const { say, language, server, deeds } = showing;
  const spoken = message.language ?? language;
  if (message.author === "user") {
    return html`<li class="user" lang=${spoken} data-id=${message.id}>
      ${head(say("you"), message.created_at, language)}
      <div class="bubble">${message.text}</div>
      ${showing.unanswered(message) ? lost(say, () => deeds.askAgain(message)) : nothing}
    </li>`;
  }
  const isAnswer = message.author === "assistant" && message.reply_to !== null;
  return html`<li class=${message.author} lang=${spoken} data-id=${message.id}>
    ${head(message.author_name || say("assistant"), message.created_at, language)}
    <div class="bubble">
      ${text(message.text, server, say)} ${message.blocks.map((each) => block(each, server, say))}
      ${sources(message.sources, server, language, say)}
    </div>
    ${isAnswer ? rating(message, showing) : nothing}
    ${message.buttons.length
      ? html`<div class="replies">
          ${message.buttons.map((button) => html`<button @click=${() => deeds.press(button)}>${button.title}</button>`)}
        </div>`
      : nothing}
  </li>`;
}

export function underWay(pending: Pending, showing: Showing): TemplateResult {
  const { say, language, deeds } = showing;
  return html`<li class="user ${pending.state}">
    ${head(say("you"), pending.at, language)}
    <div class="bubble">${pending.text}</div>
    ${pending.state === "lost" ? lost(say, () => deeds.askAgain(pending)) : nothing}
    ${pending.state === "unsent" ? html`<p class="state">${pending.detail ?? say("unsent")}</p>` : nothing}
    ${pending.state === "refused"
      ? html`<p class="state">${icons.warn}${pending.detail} <button @click=${() => deeds.edit(pending)}>${say("edit")}</button></p>`
      : nothing}
  </li>`;
}

function head(name: string, at: string, language: Language): TemplateResult {
  return html`<p class="head" lang=${language}><b>${name}</b> <time datetime=${at}>${clock(at, language)}</time></p>`;
}

function lost(say: Say, again: () => void): TemplateResult {
  return html`<p class="state">${icons.warn}${say("lost")} <button @click=${again}>${say("ask_again")}</button></p>`;
}
