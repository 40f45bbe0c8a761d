/** What a screen reader is told: each new message of the other side once, politely. */
import { plain } from "./markdown.js";
import type { Message } from "./types.js";
import type { Say } from "./wording.js";

export class Announcer {
  words = "";
  private last = -1;

  /** Called with all messages whenever something changed; history is not read out. */
  hear(messages: Message[], say: Say): void {
    const newest = messages.at(-1)?.id ?? -1;
    if (newest < this.last) this.last = -1;
    if (this.last >= 0 && newest > this.last) {
      const heard = messages.filter((each) => each.id > this.last && each.author !== "user");
      if (heard.length) {
        this.words = heard.map((each) => `${each.author_name || say("assistant")}: ${plain(each.text)}`).join("\n");
      }
    }
    this.last = newest;
  }
}
