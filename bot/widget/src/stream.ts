/** Keeps a stream of events open: resumes after the last message, waits longer after each failure. */
import { Refused, type Api } from "./api.js";
import { events } from "./sse.js";
import type { Message, Mode, Session } from "./types.js";

const FIRST_WAIT_MS = 1_000;
const LONGEST_WAIT_MS = 30_000;
/** The server sends a ping every 15 s; without one for three times as long the line is dead. */
const SILENCE_MS = 45_000;

export interface Listener {
  message(message: Message): void;
  mode(mode: Mode): void;
  typing(until: string): void;
  connected(is: boolean): void;
  /** The conversation does not exist any more. */
  gone(): void;
}

/** Run until `signal` is aborted; `after` tells the last message that is known. */
export async function follow(
  api: Api,
  session: Session,
  after: () => number,
  listener: Listener,
  signal: AbortSignal,
): Promise<void> {
  let wait = FIRST_WAIT_MS;
  while (!signal.aborted) {
    try {
      for await (const event of heard(api, session, after(), signal)) {
        wait = FIRST_WAIT_MS;
        listener.connected(true);
        if (event.name === "message") listener.message(JSON.parse(event.data));
        else if (event.name === "mode") listener.mode(JSON.parse(event.data).mode);
        else if (event.name === "typing") listener.typing(JSON.parse(event.data).until);
      }
    } catch (error) {
      if (error instanceof Refused && error.status === 401) {
        listener.gone();
        return;
      }
    }
    if (signal.aborted) return;
    listener.connected(false);
    await pause(wait * (0.5 + Math.random() / 2), signal);
    wait = Math.min(wait * 2, LONGEST_WAIT_MS);
  }
}

async function* heard(api: Api, session: Session, after: number, signal: AbortSignal) {
  const line = new AbortController();
  const cut = () => line.abort();
  signal.addEventListener("abort", cut);
  let watch = setTimeout(cut, SILENCE_MS);
  try {
    const response = await api.events(session, after, line.signal);
    if (!response.body) return;
    for await (const event of events(response.body)) {
      clearTimeout(watch);
      watch = setTimeout(cut, SILENCE_MS);
      yield event;
    }
  } finally {
    clearTimeout(watch);
    signal.removeEventListener("abort", cut);
    line.abort();
  }
}

/** Wait, but not longer than until the network is back. */
export function pause(milliseconds: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer);
      removeEventListener("online", done);
      signal?.removeEventListener("abort", done);
      resolve();
    };
    const timer = setTimeout(done, milliseconds);
    addEventListener("online", done);
    signal?.addEventListener("abort", done);
  });
}
