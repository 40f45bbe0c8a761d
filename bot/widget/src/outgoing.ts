/** Messages on their way, one after another, until each is answered, refused or lost. */
import { Refused, Unreachable } from "./api.js";
import type { Memory } from "./memory.js";
import { pause } from "./stream.js";
import type { Pending } from "./types.js";

const TRIES = 6;
const FIRST_WAIT_MS = 1_000;
const LONGEST_WAIT_MS = 10_000;
/** Come back later: over the rate, or the server is busy. */
const LATER = [429, 503];

export class Outgoing {
  waiting: Pending[];
  private running = false;

  constructor(
    private readonly memory: Memory,
    /** Resolves when answered; throws Refused or Unreachable. A repeat with the same id is harmless. */
    private readonly deliver: (pending: Pending) => Promise<void>,
    private readonly changed: () => void,
  ) {
    this.waiting = memory.pending;
  }

  get busy(): boolean {
    return this.waiting.some((pending) => pending.state === "sending");
  }

  has(clientId: string | null): boolean {
    return this.waiting.some((pending) => pending.clientId === clientId);
  }

  add(content: { text: string; payload?: string }): void {
    const pending: Pending = {
      clientId: crypto.randomUUID?.() ?? `${Date.now()}-${Math.random().toString(36).slice(2)}`,
      at: new Date().toISOString(),
      state: this.running ? "unsent" : "sending",
      ...content,
    };
    this.waiting = [...this.waiting, pending];
    this.kept();
    void this.work();
  }

  /** Put a lost or unanswered message to the server once more, under its own id. */
  again(message: { clientId: string; text: string }): void {
    const lost = this.waiting.find((pending) => pending.clientId === message.clientId);
    if (lost) lost.state = "unsent";
    else this.waiting = [...this.waiting, { ...message, at: new Date().toISOString(), state: "unsent" }];
    this.kept();
    void this.work();
  }

  /** What a reload interrupted is put again; the server answers what it has answered already. */
  resume(isKnown: (clientId: string) => boolean): void {
    if (this.running) return;
    for (const pending of this.waiting) if (pending.state === "sending") pending.state = "unsent";
    this.waiting = this.waiting.filter((pending) => pending.state !== "refused" || !isKnown(pending.clientId));
    this.kept();
    void this.work();
  }

  drop(clientId: string): void {
    this.waiting = this.waiting.filter((pending) => pending.clientId !== clientId);
    this.kept();
  }

  clear(): void {
    this.waiting = [];
    this.kept();
  }

  private async work(): Promise<void> {
    if (this.running) return;
    this.running = true;
    try {
      for (let next = this.next(); next; next = this.next()) await this.settle(next);
    } finally {
      this.running = false;
    }
  }

  private next(): Pending | undefined {
    return this.waiting.find((pending) => pending.state === "unsent" || pending.state === "sending");
  }

  private async settle(pending: Pending): Promise<void> {
    let wait = FIRST_WAIT_MS;
    for (let tries = 0; tries < TRIES && this.has(pending.clientId); ) {
      this.mark(pending, navigator.onLine ? "sending" : "unsent");
      try {
        await this.deliver(pending);
        this.drop(pending.clientId);
        return;
      } catch (error) {
        if (error instanceof Refused && !LATER.includes(error.status)) {
          this.mark(pending, "refused", error.detail);
          return;
        }
        if (!(error instanceof Refused || error instanceof Unreachable)) throw error;
        const later = error instanceof Refused ? error.retryAfter : null;
        this.mark(pending, "unsent", error instanceof Refused ? error.detail : undefined);
        // Without a network there is nothing to count.
        if (navigator.onLine && !later) tries += 1;
        await pause(later ? later * 1_000 : wait);
        wait = Math.min(wait * 2, LONGEST_WAIT_MS);
      }
    }
    if (this.has(pending.clientId)) this.mark(pending, "lost");
  }

  private mark(pending: Pending, state: Pending["state"], detail?: string): void {
    pending.state = state;
    if (detail) pending.detail = detail;
    else delete pending.detail;
    this.kept();
  }

  private kept(): void {
    this.memory.pending = this.waiting;
    this.changed();
  }
}
