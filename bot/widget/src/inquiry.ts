/** A formal inquiry from first draft to receipt, and looking one up again. */
import { Refused, Unreachable, type Api } from "./api.js";
import type { Both, InquiryDraft, InquiryState, Receipt, Session } from "./types.js";

export type Step = "closed" | "form" | "receipt" | "find" | "found";

export class Inquiry {
  step: Step = "closed";
  busy = false;
  /** Why the last step was refused; '' when the server was not reached. */
  refused: string | null = null;
  draft: InquiryDraft | null = null;
  receipt: Receipt | null = null;
  found: InquiryState | null = null;
  private key = { code: "", pin: "" };
  /** One form is one inquiry, however often it is sent. */
  private clientId = "";

  constructor(
    private readonly api: Api,
    private readonly session: () => Session | null,
    private readonly changed: () => void,
  ) {}

  async open(): Promise<void> {
    this.go("form");
    this.clientId = crypto.randomUUID?.() ?? `${Date.now()}`;
    await this.attempt(async (session) => {
      this.draft = await this.api.draftInquiry(session);
    });
  }

  find(): void {
    this.go("find");
  }

  close(): void {
    this.go("closed");
  }

  async send(summary: Both, contact: { name: string; company: string; email: string; phone: string }, consents: string[]): Promise<void> {
    const version = this.draft?.text_version ?? "";
    await this.attempt(async (session) => {
      const form = { client_id: this.clientId, summary, contact, consents, text_version: version };
      this.receipt = await this.api.sendInquiry(session, form);
      this.step = "receipt";
    });
  }

  async lookUp(code: string, pin: string): Promise<void> {
    await this.attempt(async (session) => {
      this.found = await this.api.lookUpInquiry(session, code, pin);
      this.key = { code, pin };
      this.step = "found";
    });
  }

  async add(text: string): Promise<void> {
    await this.attempt(async (session) => {
      this.found = await this.api.addToInquiry(session, this.key.code, this.key.pin, text);
    });
  }

  private go(step: Step): void {
    this.step = step;
    this.refused = null;
    this.draft = null;
    this.receipt = null;
    this.found = null;
    this.changed();
  }

  private async attempt(work: (session: Session) => Promise<void>): Promise<void> {
    const session = this.session();
    if (this.busy) return;
    this.busy = true;
    this.refused = null;
    this.changed();
    try {
      if (!session) throw new Unreachable();
      await work(session);
    } catch (error) {
      if (!(error instanceof Refused || error instanceof Unreachable)) throw error;
      this.refused = error instanceof Refused ? error.detail : "";
    } finally {
      this.busy = false;
      this.changed();
    }
  }
}
