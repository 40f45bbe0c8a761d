/** Keeps the focus inside a panel that covers the page. */

const FOCUSABLE = "a[href], button:not([disabled]), textarea, summary, [tabindex='0']";

/** Turn Tab at the last element to the first one, and back. */
export function keepInside(panel: Element | null, event: KeyboardEvent): void {
  const all = [...(panel?.querySelectorAll<HTMLElement>(FOCUSABLE) ?? [])].filter((each) => each.checkVisibility());
  const first = all[0];
  const last = all.at(-1);
  const focused = (panel?.getRootNode() as ShadowRoot | undefined)?.activeElement;
  const next = event.shiftKey ? (focused === first ? last : null) : focused === last ? first : null;
  if (!next) return;
  event.preventDefault();
  next.focus();
}
