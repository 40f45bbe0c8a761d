/** Markdown trees as templates: no HTML is ever made from a string. */
import { html, nothing, type TemplateResult } from "lit";
import { parse, safe, type Inline } from "../markdown.js";
import type { Say } from "../wording.js";
import { icons } from "./icons.js";

type Rendered = string | TemplateResult | Rendered[];

/** A message's text. Links to the page's own site stay in its tab. */
export function text(markdown: string, server: string, say: Say): TemplateResult[] {
  const nodes = (tree: Inline[]): Rendered[] =>
    tree.map((node) => {
      if (typeof node === "string") return node;
      if ("bold" in node) return html`<strong>${nodes(node.bold)}</strong>`;
      const url = safe(node.url, server);
      return url ? link(url, nodes(node.link), say) : nodes(node.link);
    });
  const lines = (tree: Inline[][]) => tree.map((line, at) => html`${at ? html`<br />` : nothing}${nodes(line)}`);
  return parse(markdown).map((block) => {
    if (block.type === "text") {
      return block.caution
        ? html`<p class="caution">${icons.warn}<span>${lines(block.lines)}</span></p>`
        : html`<p>${lines(block.lines)}</p>`;
    }
    const items = block.items.map((item) => html`<li>${nodes(item)}</li>`);
    return block.ordered ? html`<ol start=${block.start}>${items}</ol>` : html`<ul>${items}</ul>`;
  });
}

/** A link that says when it leaves the page. */
export function link(url: string, content: unknown, say: Say): TemplateResult {
  return new URL(url).origin === location.origin
    ? html`<a href=${url}>${content}</a>`
    : html`<a href=${url} target="_blank" rel="noopener noreferrer">${content}<span class="hidden"> (${say("new_tab")})</span></a>`;
}
