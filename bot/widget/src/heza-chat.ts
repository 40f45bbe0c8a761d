/** `<heza-chat>`: a button at the edge of the page and the panel it opens, or the panel alone (`layout="inline"`). */
import { LitElement, html, nothing, type PropertyValues, type TemplateResult } from "lit";
import { property, state } from "lit/decorators.js";
import { applyAccent } from "./accent.js";
import { Announcer } from "./announcer.js";
import { Answers } from "./answers.js";
import { Api } from "./api.js";
import { arrival, type Arrival } from "./arrival.js";
import { Conversation } from "./conversation.js";
import { keepInside } from "./focus.js";
import { Inquiry } from "./inquiry.js";
import { Memory } from "./memory.js";
import { personal, type Kind } from "./personal.js";
import { save } from "./save.js";
import { Scroll } from "./scroll.js";
import { styles } from "./styles.js";
import { transcript } from "./transcript.js";
import { launcher } from "./views/launcher.js";
import type { Deeds } from "./views/message.js";
import type { Question } from "./views/notices.js";
import { panel, type Panel } from "./views/panel.js";
import { wording, type Language, type Say } from "./wording.js";
const PHONE = "(max-width: 30rem), (max-height: 26rem)";
const TOAST_MS = 5_000;
/** Where this file was loaded from: the site that has the gateway. */
const ORIGIN = new URL(import.meta.url).origin;

export class HezaChat extends LitElement {
  static override styles = styles;

  /** Language of the page: `vi` or `en`. */
  @property() override lang = "vi";
  /** Address of the assistant's site, when the script comes from elsewhere. */
  @property() server = ORIGIN;
  /** Main colour, any CSS colour; text on it is made black or white. */
  @property() accent = "";
  /** `light`, `dark` or what the reader's system says. */
  @property({ reflect: true }) theme = "auto";
  /** Side of the button: `right` or `left`. */
  @property({ reflect: true }) position = "right";
  /** `float`, or `inline` to fill the element's own box. */
  @property({ reflect: true }) layout = "float";
  /** A sentence beside the button. */
  @property() greeting = "";
  /** Words that stand in the field when the chat is opened for the first time. */
  @property() start = "";
  @property({ type: Boolean, reflect: true }) open = false;

  @state() private draft = "";
  @state() private warned: Kind[] = [];
  @state() private menu = false;
  @state() private question: Question | null = null;
  @state() private toast = "";
  @state() private greeted = false;

  private api!: Api;
  private memory!: Memory;
  private conversation!: Conversation;
  private inquiry!: Inquiry;
  private chosen: Language | null = null;
  private readonly changed = () => this.requestUpdate();
  private readonly answers = new Answers(() => this.conversation, this.changed);
  private readonly announcer = new Announcer();
  private readonly view = new Scroll();

  /** Open the chat and ask something, as if the investor had typed it. */
  ask(text: string): void {
    this.show();
    this.submit(text);
  }

  /** Open the panel. */
  show(): void {
    this.open = true;
    this.greeted = true;
    this.memory.open = true;
    const talked = this.conversation.pending.length || this.conversation.messages.some((each) => each.author === "user");
    if (this.start && !this.draft && !talked) this.draft = this.start;
    void this.conversation.open();
    void this.updateComplete.then(() => this.focusField());
  }

  /** Close the panel; the conversation goes on. */
  hide(): void {
    this.open = false;
    this.menu = false;
    this.memory.open = false;
    void this.updateComplete.then(() => this.renderRoot.querySelector<HTMLElement>(".launch")?.focus());
  }

  override connectedCallback(): void {
    super.connectedCallback();
    const server = this.server.replace(/\/+$/, "");
    this.memory = new Memory(server);
    this.chosen = this.memory.choice(this.pageLanguage);
    this.api = new Api(server, () => this.language);
    this.conversation = new Conversation(this.api, this.memory, () => this.language, this.changed);
    this.inquiry = new Inquiry(this.api, () => this.conversation.session, this.changed);
    if (this.inline || (this.memory.open && !this.onPhone)) this.open = true;
    const arrived = arrival(server);
    if (arrived) this.arrive(arrived);
    // A talk that goes on is taken up on every page, so that what is new shows at the button.
    else if (this.open || this.conversation.session) void this.conversation.open();
    addEventListener("online", this.back);
    addEventListener("offline", this.changed);
    document.addEventListener("visibilitychange", this.back);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.conversation.close();
    removeEventListener("online", this.back);
    removeEventListener("offline", this.changed);
    document.removeEventListener("visibilitychange", this.back);
  }

  protected override willUpdate(changes: PropertyValues): void {
    if (changes.has("accent")) applyAccent(this, this.accent);
    this.announcer.hear(this.conversation.messages, this.say);
    if (this.open && !document.hidden && this.newest > this.memory.seen) this.memory.seen = this.newest;
  }

  protected override updated(changes: PropertyValues): void {
    const field = this.renderRoot.querySelector<HTMLElement>(".field textarea");
    if (field && (changes.has("draft") || changes.has("open"))) {
      // As high as its text, up to what its style allows. Each measuring costs a layout.
      field.style.height = "auto";
      field.style.height = `${field.scrollHeight}px`;
    }
    this.view.settle(this.renderRoot.querySelector<HTMLElement>(".talk"), this.newest);
  }

  protected override render(): TemplateResult {
    const shown = this.open || this.inline;
    return html`
      ${this.inline || (this.open && this.onPhone) ? nothing : this.renderLauncher()} ${shown ? panel(this.state()) : nothing}
      <div class="hidden" role="status" aria-live="polite" lang=${this.language}>${this.announcer.words}</div>
    `;
  }

  private renderLauncher(): TemplateResult {
    const unread = (each: { author: string; id: number }) => each.author !== "user" && each.id > this.memory.seen;
    return launcher({
      say: this.say,
      language: this.language,
      open: this.open,
      unread: this.open ? 0 : this.conversation.messages.filter(unread).length,
      greeting: this.greeted || this.conversation.session ? "" : this.greeting,
      toggle: () => (this.open ? this.hide() : this.show()),
      dismiss: () => (this.greeted = true),
    });
  }

  private state(): Panel {
    return {
      conversation: this.conversation,
      answers: this.answers,
      inquiry: this.inquiry,
      say: this.say,
      language: this.language,
      server: this.api.server,
      inline: this.inline,
      modal: !this.inline && this.onPhone,
      following: this.view.following,
      draft: this.draft,
      warned: this.warned,
      menu: this.menu,
      question: this.question,
      toast: this.toast,
      deeds: this.deeds,
      keys: this.keys,
      scrolled: this.scrolled,
      toEnd: () => this.toEnd(),
      write: (draft) => this.write(draft),
      submit: () => this.submit(this.draft),
      sendAnyway: () => this.submit(this.draft, true),
      header: {
        toggleMenu: () => (this.menu = !this.menu),
        close: () => this.hide(),
        switchLanguage: () => this.switchLanguage(),
        person: () => this.submit(this.say("person")),
        inquire: () => this.leaveFor(() => void this.inquiry.open()),
        findInquiry: () => this.leaveFor(() => this.inquiry.find()),
        telegram: () => void this.telegram(),
        transcript: () => this.leaveFor(() => this.keep()),
        export: () => this.leaveFor(() => void this.export()),
        restart: () => this.confirm("restart_ask", () => void this.restart()),
        erase: () => this.confirm("erase_ask", () => void this.erase()),
      },
    };
  }

  private readonly deeds: Deeds = {
    press: (button) => {
      this.view.following = true;
      this.conversation.press(button);
    },
    askAgain: (lost) => this.conversation.askAgain(lost),
    edit: (pending) => {
      this.conversation.withdraw(pending);
      this.write(pending.text);
      this.focusField();
    },
    copy: (message) => void this.answers.copy(message),
    rate: (message, value) => this.answers.rate(message, value),
    comment: (message, comment) => this.answers.comment(message, comment),
  };

  private write(draft: string): void {
    this.draft = draft;
    this.warned = [];
  }

  private submit(text: string, isMeant = false): void {
    const asked = text.trim();
    if (!asked) return;
    const found = isMeant ? [] : personal(asked);
    if (found.length) {
      this.draft = text;
      this.warned = found;
      return;
    }
    if (text === this.draft) this.write("");
    this.menu = false;
    this.view.following = true;
    this.conversation.send(asked);
  }

  private switchLanguage(): void {
    const chosen = this.language === "vi" ? "en" : "vi";
    this.chosen = chosen;
    this.memory.choose(this.pageLanguage, chosen);
    // Nothing said yet: greet in the other language; otherwise the assistant is told.
    if (this.conversation.messages.some((each) => each.author === "user")) this.conversation.send(wording(chosen)("speak"));
    else void this.conversation.restart();
    this.changed();
  }

  private leaveFor(deed: () => void): void {
    this.menu = false;
    deed();
    void this.updateComplete.then(() => this.renderRoot.querySelector<HTMLElement>(".sheet")?.focus());
  }

  private confirm(name: string, deed: () => void, link?: Question["link"]): void {
    this.menu = false;
    const no = () => {
      this.question = null;
      this.focusField();
    };
    const yes = () => {
      no();
      deed();
    };
    this.question = { words: this.say(name), yes, no, ...(link && { link }) };
    void this.updateComplete.then(() => this.renderRoot.querySelector<HTMLElement>(".question :is(a, button)")?.focus());
  }

  /** Somebody follows a link; what this browser holds already is not put aside without asking. */
  private arrive(arrived: Arrival): void {
    this.open = true;
    this.greeted = true;
    this.memory.open = true;
    if (!this.conversation.session) return void this.carryOver(arrived);
    void this.conversation.open();
    this.confirm("link_ask", () => void this.carryOver(arrived));
  }

  private async carryOver({ code, then }: Arrival): Promise<void> {
    this.answers.clear();
    const carried = await this.attempt(() => this.conversation.carryOver(code), "link_void");
    if (!carried) await this.conversation.open();
    else if (then === "inquiry") this.leaveFor(() => void this.inquiry.open());
  }

  private async restart(): Promise<void> {
    this.answers.clear();
    await this.conversation.restart();
  }

  private async erase(): Promise<void> {
    this.answers.clear();
    await this.attempt(() => this.conversation.erase(), "not_erased", "erased");
  }

  private async export(): Promise<void> {
    const { session } = this.conversation;
    if (!session) return;
    await this.attempt(async () => save(await this.api.export(session), "heza-data.json", "application/json"), "not_fetched");
  }

  /** A link to follow, since a window opened after waiting for the server would be blocked. */
  private async telegram(): Promise<void> {
    this.menu = false;
    const { session } = this.conversation;
    if (!session) return;
    await this.attempt(async () => {
      const url = await this.api.telegram(session);
      if (url) this.confirm("telegram_ask", () => undefined, { url, words: this.say("telegram_open") });
    }, "not_fetched");
  }

  private keep(): void {
    save(transcript(this.conversation.messages, this.language, this.say), "heza-chat.txt", "text/plain");
  }

  /** Do something and say how it went; whether it went well. */
  private async attempt(deed: () => Promise<void>, failure: string, success?: string): Promise<boolean> {
    let name = success;
    let done = true;
    try {
      await deed();
    } catch {
      name = failure;
      done = false;
    }
    if (name) {
      this.toast = this.say(name);
      setTimeout(() => (this.toast = ""), TOAST_MS);
    }
    return done;
  }

  /** The network, or the reader, is back. */
  private readonly back = (): void => {
    if (!document.hidden && navigator.onLine) void this.conversation.catchUp();
    this.changed();
  };

  private readonly keys = (event: KeyboardEvent): void => {
    if (event.key === "Escape" && !event.isComposing) {
      event.stopPropagation();
      if (this.question) this.question.no();
      else if (this.menu) this.menu = false;
      else if (this.inquiry.step !== "closed") this.inquiry.close();
      else if (!this.inline) this.hide();
    } else if (event.key === "Tab" && !this.inline && this.onPhone) {
      keepInside(this.renderRoot.querySelector(".panel"), event);
    }
  };

  private readonly scrolled = (event: Event): void => {
    const before = this.view.following;
    this.view.moved(event.target as HTMLElement);
    if (this.view.following !== before) this.changed();
  };

  private toEnd(): void {
    this.view.following = true;
    this.changed();
  }

  private focusField(): void {
    this.renderRoot.querySelector<HTMLElement>(".field textarea")?.focus();
  }

  private get language(): Language {
    return this.chosen ?? this.pageLanguage;
  }

  private get pageLanguage(): Language {
    return this.lang.toLowerCase().startsWith("en") ? "en" : "vi";
  }

  private get say(): Say {
    return wording(this.language);
  }

  private get inline(): boolean {
    return this.layout === "inline";
  }

  private get onPhone(): boolean {
    return matchMedia(PHONE).matches;
  }

  private get newest(): number {
    return this.conversation.messages.at(-1)?.id ?? 0;
  }
}
