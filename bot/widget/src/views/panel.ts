/** The panel: header, notices, the talk or a sheet over it, the field. */
import { html, nothing, type TemplateResult } from "lit";
import type { Answers } from "../answers.js";
import type { Conversation } from "../conversation.js";
import type { Inquiry } from "../inquiry.js";
import type { Kind } from "../personal.js";
import type { Language, Say } from "../wording.js";
import { composer } from "./composer.js";
import { header, type HeaderDeeds } from "./header.js";
import { icons } from "./icons.js";
import { inquirySheet } from "./inquiry.js";
import { message, underWay, type Deeds, type Showing } from "./message.js";
import { asking, banner, type Question } from "./notices.js";

export interface Panel {
  conversation: Conversation;
  answers: Answers;
  inquiry: Inquiry;
  say: Say;
  language: Language;
  server: string;
  inline: boolean;
  /** Covers the page. */
  modal: boolean;
  following: boolean;
  draft: string;
  warned: Kind[];
  menu: boolean;
  question: Question | null;
  toast: string;
  header: HeaderDeeds;
  deeds: Deeds;
  keys(event: KeyboardEvent): void;
  scrolled(event: Event): void;
  toEnd(): void;
  write(draft: string): void;
  submit(): void;
  sendAnyway(): void;
}

export function panel(state: Panel): TemplateResult {
  const { conversation, inquiry, say, language } = state;
  const privacy = `${state.server}/privacy?language=${language}`;
  const { mode, channels, officer, opening, connected, renewed } = conversation;
  const retry = () => void conversation.open();
  return html`<section class="panel" role=${state.inline ? "region" : "dialog"} aria-labelledby="title"
    aria-modal=${state.modal ? "true" : nothing} lang=${language} @keydown=${state.keys}>
    ${header({ say, language, mode, officer, closable: !state.inline, menu: state.menu, privacy, channels, deeds: state.header })}
    ${banner({ say, offline: !navigator.onLine, connected, opening, renewed, retry })}
    ${inquiry.step === "closed" ? talk(state) : inquirySheet({ inquiry, language, say, server: state.server })}
    ${state.toast ? html`<p class="toast" role="status">${state.toast}</p>` : nothing}
    ${state.question ? asking(state.question, say) : nothing}
    ${inquiry.step === "closed"
      ? composer({
          draft: state.draft,
          warned: state.warned,
          say,
          privacy,
          write: state.write,
          submit: state.submit,
          edit: () => state.write(state.draft),
          sendAnyway: state.sendAnyway,
        })
      : nothing}
  </section>`;
}

function talk(state: Panel): TemplateResult {
  const { conversation, answers, say } = state;
  const showing: Showing = {
    server: state.server,
    language: state.language,
    say,
    deeds: state.deeds,
    copied: answers.copied,
    opinion: (id) => answers.opinion(id),
    unanswered: (each) => conversation.unanswered(each),
  };
  const arrived = new Set(conversation.messages.map((each) => each.client_id));
  const pending = conversation.pending.filter((each) => !arrived.has(each.clientId));
  return html`<ol class="talk" aria-label=${say("conversation")} tabindex="0" @scroll=${state.scrolled}>
      ${conversation.messages.map((each) => message(each, showing))} ${pending.map((each) => underWay(each, showing))}
      ${typing(conversation, say)}
    </ol>
    ${state.following
      ? nothing
      : html`<button class="newest" aria-label=${say("newest")} title=${say("newest")} @click=${state.toEnd}>${icons.arrow}</button>`}`;
}

function typing(conversation: Conversation, say: Say): TemplateResult | typeof nothing {
  const staff = conversation.staffTypingUntil > Date.now();
  const starting = conversation.opening === "starting" && !conversation.messages.length;
  if (!staff && !starting && !conversation.answering) return nothing;
  return html`<li class="typing">
    <span class="hidden">${say(staff ? "typing_staff" : "typing_bot")}</span><i></i><i></i><i></i>
  </li>`;
}
