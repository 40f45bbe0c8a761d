/** What the investor does with answers: copies them, says whether they helped. */
import type { Conversation } from "./conversation.js";
import { plain } from "./markdown.js";
import type { Message } from "./types.js";
import type { Opinion } from "./views/rating.js";

const COPIED_MS = 2_000;

export class Answers {
  /** Id of the answer that was copied just now. */
  copied: number | null = null;
  private readonly opinions = new Map<number, Opinion>();

  constructor(
    private readonly conversation: () => Conversation,
    private readonly changed: () => void,
  ) {}

  opinion(id: number): Opinion | undefined {
    return this.opinions.get(id);
  }

  /** A thumb counts at once; a thumb down may be followed by a comment. */
  rate(message: Message, value: 1 | -1): void {
    this.opinions.set(message.id, { value, state: value > 0 ? "sent" : "asking" });
    this.put(message, value, "");
  }

  comment(message: Message, comment: string): void {
    this.opinions.set(message.id, { value: -1, state: "sent" });
    if (comment) this.put(message, -1, comment);
    this.changed();
  }

  async copy(message: Message): Promise<void> {
    try {
      await navigator.clipboard.writeText(plain(message.text));
    } catch {
      return;
    }
    this.copied = message.id;
    this.changed();
    setTimeout(() => {
      this.copied = null;
      this.changed();
    }, COPIED_MS);
  }

  clear(): void {
    this.opinions.clear();
  }

  private put(message: Message, value: 1 | -1, comment: string): void {
    this.changed();
    this.conversation()
      .rate(message.id, value, comment)
      .catch(() => {
        this.opinions.set(message.id, { value, state: "failed" });
        this.changed();
      });
  }
}
