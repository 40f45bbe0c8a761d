/** The top of the panel: who answers, language, further deeds, close. */
import { html, nothing, type TemplateResult } from "lit";
import type { Mode } from "../types.js";
import type { Language, Say } from "../wording.js";
import { icons } from "./icons.js";

export interface HeaderDeeds {
  toggleMenu(): void;
  close(): void;
  switchLanguage(): void;
  person(): void;
  inquire(): void;
  findInquiry(): void;
  telegram(): void;
  transcript(): void;
  export(): void;
  restart(): void;
  erase(): void;
}

export interface Header {
  say: Say;
  language: Language;
  mode: Mode;
  officer: string;
  closable: boolean;
  menu: boolean;
  privacy: string;
  channels: string[];
  deeds: HeaderDeeds;
}

export function header(state: Header): TemplateResult {
  const { say, language, deeds } = state;
  const other = language === "vi" ? "en" : "vi";
  return html`<div class="header">
    <span class="mark">${icons.mark}</span>
    <div class="who">
      <h2 id="title">${say("title")}</h2>
      <p class=${state.mode}>${presence(state)}</p>
    </div>
    <button class="icon language" lang=${other} aria-label="${other.toUpperCase()} – ${say("switch_language")}" title=${say("switch_language")}
      @click=${deeds.switchLanguage}>${other.toUpperCase()}</button>
    <button class="icon" aria-label=${say("menu")} title=${say("menu")} aria-expanded=${state.menu} aria-controls="menu"
      @click=${deeds.toggleMenu}>${icons.more}</button>
    ${state.closable
      ? html`<button class="icon close" aria-label=${say("close")} title=${say("close")} @click=${deeds.close}>${icons.close}</button>`
      : nothing}
    ${menu(state)}
  </div>`;
}

function presence({ mode, officer, say }: Header): string {
  if (mode === "human") return say("human", { name: officer || say("officer") });
  return mode === "waiting" ? say("waiting") : say("automated");
}

function menu(state: Header): TemplateResult {
  const { say, deeds } = state;
  const item = (icon: unknown, name: string, deed: () => void) =>
    html`<li><button @click=${deed}>${icon}${say(name)}</button></li>`;
  return html`<ul id="menu" ?hidden=${!state.menu}>
    ${state.mode === "bot" || state.mode === "closed" ? item(icons.person, "person", deeds.person) : nothing}
    ${item(icons.mail, "inquiry", deeds.inquire)} ${item(icons.find, "inquiry_find", deeds.findInquiry)}
    ${state.channels.includes("telegram") ? item(icons.plane, "telegram", deeds.telegram) : nothing}
    ${item(icons.download, "transcript", deeds.transcript)} ${item(icons.restart, "restart", deeds.restart)}
    ${item(icons.data, "my_data", deeds.export)} ${item(icons.erase, "erase", deeds.erase)}
    <li><a href=${state.privacy} target="_blank" rel="noopener">${icons.shield}${say("privacy")}</a></li>
  </ul>`;
}
