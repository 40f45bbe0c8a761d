/** Tabs of one website share a conversation: one of them holds the stream and tells the others what it hears. */
import type { Message, Mode } from "./types.js";

export type News =
  | { type: "message"; message: Message }
  | { type: "mode"; mode: Mode }
  | { type: "typing"; until: string }
  | { type: "session" };

export class Tabs {
  private readonly channel: BroadcastChannel | null;

  constructor(
    private readonly server: string,
    hear: (news: News) => void,
  ) {
    this.channel = "BroadcastChannel" in globalThis ? new BroadcastChannel(`heza-chat:${server}`) : null;
    if (this.channel) this.channel.onmessage = (event: MessageEvent<News>) => hear(event.data);
  }

  tell(news: News): void {
    this.channel?.postMessage(news);
  }

  /** Run `work` in one tab at a time; in this one now when the browser has no locks. */
  async alone(name: string, work: () => Promise<void>, signal?: AbortSignal): Promise<void> {
    if (!navigator.locks) return await work();
    try {
      const options = signal ? { signal } : {};
      await navigator.locks.request(`heza-chat:${this.server}:${name}`, options, work);
    } catch (error) {
      // Given up while waiting for its turn.
      if (!signal?.aborted) throw error;
    }
  }

  close(): void {
    this.channel?.close();
  }
}
