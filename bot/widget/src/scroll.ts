/** Where the list of messages stands: at its end, unless what is new is longer than the view. */

/** Nearer to the end than this, new messages pull the view along. */
const NEAR_END_PX = 120;
const MARGIN_PX = 12;

export class Scroll {
  /** Whether the reader is at the end, so that new messages may move the view. */
  following = true;
  private shown = 0;
  private placed = -1;

  /** After a change; `newest` is the id of the last message. A long answer is read from its question on. */
  settle(list: HTMLElement | null, newest: number): void {
    if (!list) return;
    const fresh = newest > this.shown ? firstAfter(list, this.shown) : null;
    // A talk that is taken up again is shown at its end, first words from their beginning.
    const anchor = this.shown || !list.querySelector(".user") ? fresh : null;
    this.shown = newest;
    if (!this.following) return;
    const end = list.scrollHeight - list.clientHeight;
    const start = anchor ? anchor.offsetTop - list.offsetTop - MARGIN_PX : end;
    list.scrollTop = Math.min(start, end);
    this.following = start >= end;
    this.placed = list.scrollTop;
  }

  /** The reader has moved the view. */
  moved(list: HTMLElement): void {
    // Our own moving is reported as well; a text shown from its beginning must not jump to its end.
    if (list.scrollTop === this.placed) return;
    this.following = list.scrollHeight - list.scrollTop - list.clientHeight < NEAR_END_PX;
  }
}

/** The first message after `id`, or the investor's own just before it. */
function firstAfter(list: HTMLElement, id: number): HTMLElement | null {
  const all = [...list.querySelectorAll<HTMLElement>(":scope > [data-id]")];
  const at = all.findIndex((each) => Number(each.dataset["id"]) > id);
  const before = all[at - 1];
  return before?.classList.contains("user") ? before : (all[at] ?? null);
}
