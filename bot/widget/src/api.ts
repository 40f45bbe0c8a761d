/** The gateway's HTTP API. Every refusal is a `Refused`, a missing connection is a `Unreachable`. */
import type { InquiryDraft, InquiryForm, InquiryState, Message, Mode, Receipt, Session } from "./types.js";
import type { Language } from "./wording.js";

const TIMEOUT_MS = 30_000;

/** The server answered and said no; `retryAfter` in seconds when it says when to come back. */
export class Refused extends Error {
  constructor(
    readonly status: number,
    readonly detail: string,
    readonly retryAfter: number | null,
  ) {
    super(detail);
  }
}

/** No answer from the server. */
export class Unreachable extends Error {}

export interface Reply {
  mode: Mode;
  /** Where the conversation can be carried to. */
  channels: string[];
  messages: Message[];
}

export class Api {
  constructor(
    /** Origin of the gateway, without a trailing slash. */
    readonly server: string,
    private readonly language: () => Language,
  ) {}

  async start(language: Language): Promise<{ session: Session; reply: Reply }> {
    const body = await this.call("POST", "/conversations", null, { language });
    const { id, token, channels, messages } = body as Session & Reply;
    return { session: { id, token }, reply: { mode: "bot", channels, messages } };
  }

  async send(session: Session, clientId: string, content: { text: string } | { payload: string }): Promise<Reply> {
    return (await this.call("POST", "/messages", session, { client_id: clientId, ...content })) as Reply;
  }

  async history(session: Session, after: number): Promise<Reply> {
    return (await this.call("GET", `/messages?after=${after}`, session)) as Reply;
  }

  async rate(session: Session, messageId: number, value: 1 | -1, comment: string): Promise<void> {
    await this.call("POST", "/feedback", session, { message_id: messageId, value, comment });
  }

  async erase(session: Session): Promise<void> {
    await this.call("DELETE", "/conversations/current", session);
  }

  async draftInquiry(session: Session): Promise<InquiryDraft> {
    return (await this.call("GET", "/inquiries/draft", session)) as InquiryDraft;
  }

  async sendInquiry(session: Session, form: InquiryForm): Promise<Receipt> {
    return (await this.call("POST", "/inquiries", session, form)) as Receipt;
  }

  async lookUpInquiry(session: Session, code: string, pin: string): Promise<InquiryState> {
    return (await this.call("POST", "/inquiries/lookup", session, { code, pin })) as InquiryState;
  }

  async addToInquiry(session: Session, code: string, pin: string, text: string): Promise<InquiryState> {
    return (await this.call("POST", "/inquiries/entries", session, { code, pin, text })) as InquiryState;
  }

  /** A link that opens this conversation in Telegram, once; null when there is no bot. */
  async telegram(session: Session): Promise<string | null> {
    return ((await this.call("POST", "/links", session)) as { telegram: string | null }).telegram;
  }

  /** The conversation that a link from another channel stands for; refused when it was used or is too old. */
  async redeem(code: string): Promise<Session> {
    return (await this.call("POST", "/links/redeem", null, { code })) as Session;
  }

  /** Everything the server holds on this conversation, as JSON text. */
  async export(session: Session): Promise<string> {
    return JSON.stringify(await this.call("GET", "/conversations/current/export", session), null, 2);
  }

  /** The open stream of events after a message; the caller reads the body. */
  async events(session: Session, after: number, signal: AbortSignal): Promise<Response> {
    return await this.request("GET", `/events?after=${after}`, session, undefined, signal);
  }

  private async call(method: string, path: string, session: Session | null, body?: unknown): Promise<unknown> {
    const response = await this.request(method, path, session, body, AbortSignal.timeout(TIMEOUT_MS));
    if (response.status === 204) return null;
    try {
      return await response.json();
    } catch {
      throw new Unreachable();
    }
  }

  private async request(
    method: string,
    path: string,
    session: Session | null,
    body: unknown,
    signal: AbortSignal,
  ): Promise<Response> {
    const headers: Record<string, string> = { "Accept-Language": this.language() };
    if (session) headers["Authorization"] = `Bearer ${session.token}`;
    if (body !== undefined) headers["Content-Type"] = "application/json";
    let response: Response;
    try {
      response = await fetch(`${this.server}/api/v1${path}`, {
        method,
        headers,
        signal,
        credentials: "omit",
        cache: "no-store",
        body: body === undefined ? null : JSON.stringify(body),
      });
    } catch {
      throw new Unreachable();
    }
    if (!response.ok) throw await refusal(response);
    return response;
  }
}

/** A proxy that has lost its server answers too; that is no answer of the gateway. */
async function refusal(response: Response): Promise<Error> {
  const problem = await response.json().catch(() => null);
  const isOurs = problem !== null && typeof problem.detail === "string";
  if (!isOurs && response.status >= 500) return new Unreachable();
  const after = Number(response.headers.get("Retry-After"));
  return new Refused(response.status, isOurs ? problem.detail : "", after > 0 ? after : null);
}
