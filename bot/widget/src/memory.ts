/** What the browser keeps: the session for all tabs, messages under way and whether the chat is open for this one. */
import type { Pending, Session } from "./types.js";
import type { Language } from "./wording.js";

export class Memory {
  /** What could not be stored: storage may be forbidden or full; the chat then lives as long as the page. */
  private readonly held = new Map<string, unknown>();

  constructor(private readonly server: string) {}

  get session(): Session | null {
    return this.read<Session>(() => localStorage, "session");
  }

  set session(session: Session | null) {
    this.write(() => localStorage, "session", session);
  }

  /** Call `changed` when another tab has changed the session and this one can read it; returns how to end that. */
  onSession(changed: () => void): () => void {
    const hear = (event: StorageEvent) => {
      if (event.key === this.key("session")) changed();
    };
    addEventListener("storage", hear);
    return () => removeEventListener("storage", hear);
  }

  /** Id of the last message the investor has seen. */
  get seen(): number {
    return this.read<number>(() => localStorage, "seen") ?? 0;
  }

  set seen(id: number) {
    this.write(() => localStorage, "seen", id);
  }

  /** The language chosen in the chat; it holds for pages in the language it was chosen on. */
  choice(page: Language): Language | null {
    const kept = this.read<{ page: Language; chosen: Language }>(() => localStorage, "language");
    return kept?.page === page ? kept.chosen : null;
  }

  choose(page: Language, chosen: Language): void {
    this.write(() => localStorage, "language", { page, chosen });
  }

  get pending(): Pending[] {
    return this.read<Pending[]>(() => sessionStorage, "pending") ?? [];
  }

  set pending(pending: Pending[]) {
    this.write(() => sessionStorage, "pending", pending.length ? pending : null);
  }

  get open(): boolean {
    return this.read<boolean>(() => sessionStorage, "open") ?? false;
  }

  set open(open: boolean) {
    this.write(() => sessionStorage, "open", open || null);
  }

  private read<T>(storage: () => Storage, name: string): T | null {
    if (this.held.has(name)) return this.held.get(name) as T | null;
    try {
      return JSON.parse(storage().getItem(this.key(name)) ?? "null") as T | null;
    } catch {
      // Forbidden, or something else stands there.
      return null;
    }
  }

  private write(storage: () => Storage, name: string, value: unknown): void {
    try {
      if (value === null) storage().removeItem(this.key(name));
      else storage().setItem(this.key(name), JSON.stringify(value));
      this.held.delete(name);
    } catch {
      this.held.set(name, value);
    }
  }

  private key(name: string): string {
    return `heza-chat:${this.server}:${name}`;
  }
}
