/** The chat's icons, drawn on a 24 × 24 grid; decoration only, their buttons carry the names. */
import { svg, type TemplateResult } from "lit";

const icon = (shape: TemplateResult) =>
  svg`<svg viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="1.8" stroke-linecap="round"
    stroke-linejoin="round" aria-hidden="true" focusable="false">${shape}</svg>`;

export const icons = {
  // Two piers, a bridge and the water under it.
  mark: icon(svg`<path d="M6 4v11M18 4v11M6 9.5c4 2.2 8 2.2 12 0" stroke-width="2.4"/>
    <path d="M3 19.5c1.5-1.3 3-1.3 4.5 0s3 1.3 4.5 0 3-1.3 4.5 0 3 1.3 4.5 0"/>`),
  chat: icon(svg`<path d="M20 11.500a7.5 7.5 0 0 1-10.9 6.700L4 20l1.8-5A7.5 7.5 0 1 1 20 11.500Z"/>`),
  close: icon(svg`<path d="m6 6 12 12M18 6 6 18"/>`),
  more: icon(svg`<path d="M5 12h.01M12 12h.01M19 12h.01" stroke-width="2.8"/>`),
  send: icon(svg`<path d="M12 19V5M6 11l6-6 6 6"/>`),
  up: icon(svg`<path d="M7 11v9H4v-9zM7 11l4-7c1.5 0 2.4 1.1 2 2.600L12.2 10H18a2 2 0 0 1 2 2.400l-1.2 6A2 2 0 0 1 16.8 20H7"/>`),
  down: icon(svg`<path d="M17 13V4h3v9zM17 13l-4 7c-1.5 0-2.4-1.1-2-2.600l.8-3.400H6a2 2 0 0 1-2-2.400l1.2-6A2 2 0 0 1 7.2 4H17"/>`),
  copy: icon(svg`<rect x="9" y="9" width="11" height="11" rx="2"/><path d="M15 9V6a2 2 0 0 0-2-2H6a2 2 0 0 0-2 2v7a2 2 0 0 0 2 2h3"/>`),
  check: icon(svg`<path d="m5 12.5 4.5 4.500L19 7.5"/>`),
  restart: icon(svg`<path d="M4.5 12a7.5 7.5 0 1 0 2.3-5.400L4.5 8.800M4.5 4.500v4.300h4.3"/>`),
  download: icon(svg`<path d="M12 4v11M7.5 11l4.5 4.5 4.5-4.500M5 20h14"/>`),
  erase: icon(svg`<path d="M5 7h14M10 7V4.500h4V7M7 7l.8 12.500h8.400L17 7M10.5 11v5M13.5 11v5"/>`),
  person: icon(svg`<circle cx="12" cy="8" r="3.7"/><path d="M5 20c.7-3.8 3.4-5.7 7-5.700s6.3 1.9 7 5.7"/>`),
  mail: icon(svg`<rect x="3.5" y="5.5" width="17" height="13" rx="2"/><path d="m4.5 7.5 7.5 6 7.5-6"/>`),
  find: icon(svg`<circle cx="11" cy="11" r="6"/><path d="m15.5 15.5 4.5 4.5"/>`),
  data: icon(svg`<path d="M8 4.500C5.5 4.5 6.5 12 4 12c2.5 0 1.5 7.5 4 7.500M16 4.500c2.5 0 1.5 7.5 4 7.5-2.5 0-1.5 7.5-4 7.500M12 12h.01"/>`),
  shield: icon(svg`<path d="M12 3.5 5 6v5.500c0 4.3 2.8 7.3 7 9 4.2-1.7 7-4.7 7-9V6z"/>`),
  globe: icon(svg`<circle cx="12" cy="12" r="8.5"/><path d="M3.5 12h17M12 3.500c3 3 3 14 0 17M12 3.500c-3 3-3 14 0 17"/>`),
  source: icon(svg`<path d="M7 3.500h7l4 4V20.500H7zM14 3.500v4h4M10 12h5M10 16h5"/>`),
  pin: icon(svg`<path d="M12 21c4.5-4.7 6.7-8 6.7-11a6.7 6.7 0 0 0-13.4 0c0 3 2.2 6.3 6.7 11Z"/><circle cx="12" cy="10" r="2.3"/>`),
  plane: icon(svg`<path d="M20.5 4 3.500 11l5.500 2.200L11.500 20l3.200-4.500M20.5 4l-3 14.500-8.500-5.300z"/>`),
  warn: icon(svg`<path d="M12 4 2.8 19.500h18.400zM12 10v4.500M12 17.300h.01"/>`),
  arrow: icon(svg`<path d="M12 5v14M6 13l6 6 6-6"/>`),
};
