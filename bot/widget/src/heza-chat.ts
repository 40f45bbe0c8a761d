/** `<heza-chat>`: a button at the edge of the page and the panel it opens, or the panel alone (`layout="inline"`). */
import { LitElement, html, nothing, unsafeCSS, type PropertyValues, type TemplateResult } from "lit";
import { property, state } from "lit/decorators.js";
import { Announcer } from "./announcer.js";
import { Api } from "./api.js";
import { Conversation } from "./conversation.js";
import { applyAccent } from "./accent.js";
import { plain } from "./markdown.js";
import { Memory } from "./memory.js";
import type { Kind } from "./personal.js";
import { keepInside } from "./focus.js";
import { Scroll } from "./scroll.js";
import { save, transcript } from "./transcript.js";
import type { Message } from "./types.js";
import { composer, warnings } from "./views/composer.js";
import { header } from "./views/header.js";
import { launcher } from "./views/launcher.js";
import { message, underWay, type Deeds, type Showing } from "./views/message.js";
import { asking, banner, type Question } from "./views/notices.js";
import type { Opinion } from "./views/rating.js";
import { wording, type Language, type Say } from "./wording.js";
import base from "./styles/base.css";
import panel from "./styles/panel.css";
import talk from "./styles/talk.css";

const PHONE = "(max-width: 30rem), (max-height: 26rem)";
/** Where this file was loaded from: the site that has the gateway. */
const ORIGIN = new URL(import.meta.url).origin;

export class HezaChat extends LitElement {
  static override styles = [base, panel, talk].map(unsafeCSS);

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
  @state() private copied: number | null = null;
  @state() private greeted = false;

  private memory!: Memory;
  private conversation!: Conversation;
  private chosen: Language | null = null;
  private readonly opinions = new Map<number, Opinion>();
  private readonly announcer = new Announcer();
  private readonly view = new Scroll();

  get language(): Language {
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
    if (this.start && !this.draft && !this.conversation.pending.length) this.prefill();
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
    const api = new Api(server, () => this.language);
    this.conversation = new Conversation(api, this.memory, () => this.language, () => this.requestUpdate());
    if (this.inline || (this.memory.open && !matchMedia(PHONE).matches)) this.open = true;
    // A talk that goes on is taken up on every page, so that what is new shows at the button.
    if (this.open || this.conversation.session) void this.conversation.open();
    addEventListener("online", this.online);
    addEventListener("offline", this.online);
    document.addEventListener("visibilitychange", this.online);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.conversation.close();
    removeEventListener("online", this.online);
    removeEventListener("offline", this.online);
    document.removeEventListener("visibilitychange", this.online);
  }

  protected override willUpdate(changes: PropertyValues): void {
    if (changes.has("accent")) applyAccent(this, this.accent);
    this.announcer.hear(this.conversation.messages, this.say);
    const last = this.conversation.messages.at(-1);
    if (this.open && !document.hidden && last && last.id > this.memory.seen) this.memory.seen = last.id;
  }

  protected override updated(): void {
    this.view.settle(this.renderRoot.querySelector<HTMLElement>(".talk"), this.conversation.messages.at(-1)?.id ?? 0);
    this.grow();
  }

  protected override render(): TemplateResult {
    return html`
      ${this.inline || (this.open && matchMedia(PHONE).matches) ? nothing : this.renderLauncher()}
      ${this.open || this.inline ? this.renderPanel() : nothing}
      <div class="hidden" role="status" aria-live="polite" lang=${this.language}>${this.announcer.words}</div>
    `;
  }

  private renderLauncher(): TemplateResult {
    return launcher({
      say: this.say,
      language: this.language,
      open: this.open,
      unread: this.unread(),
      greeting: this.greeted || this.conversation.session ? "" : this.greeting,
      toggle: () => (this.open ? this.hide() : this.show()),
      dismiss: () => (this.greeted = true),
    });
  }

  private renderPanel(): TemplateResult {
    const { conversation, say } = this;
    const showing = this.showing();
    const offline = !navigator.onLine;
    return html`<section class="panel" role=${this.inline ? "region" : "dialog"} aria-labelledby="title"
      aria-modal=${!this.inline && matchMedia(PHONE).matches ? "true" : nothing} lang=${this.language}
      @keydown=${this.keys}>
      ${header({
        say,
        language: this.language,
        mode: conversation.mode,
        officer: conversation.officer,
        closable: !this.inline,
        menu: this.menu,
        privacy: this.page("privacy"),
        toggleMenu: () => (this.menu = !this.menu),
        close: () => this.hide(),
        switchLanguage: () => this.switchLanguage(),
        restart: () => this.confirm("restart_ask", () => this.restart()),
        erase: () => this.confirm("erase_ask", () => this.erase()),
        transcript: () => this.download(),
        person: () => this.submit(say("person")),
      })}
      ${banner({ say, offline, connected: conversation.connected, opening: conversation.opening, renewed: conversation.renewed,
        retry: () => void conversation.open() })}
      <ol class="talk" aria-label=${say("conversation")} tabindex="0" @scroll=${this.scrolled}>
        ${conversation.messages.map((each) => message(each, showing))}
        ${conversation.pending.filter((each) => !this.arrived(each.clientId)).map((each) => underWay(each, showing))}
        ${this.renderTyping()}
      </ol>
      ${this.view.following ? nothing : html`<button class="newest" aria-label=${say("newest")} title=${say("newest")}
        @click=${() => this.toEnd()}>↓</button>`}
      ${this.toast ? html`<p class="toast" role="status">${this.toast}</p>` : nothing}
      ${this.question ? asking(this.question, say) : nothing}
      ${composer({
        draft: this.draft,
        warned: this.warned,
        say,
        privacy: this.page("privacy"),
        write: (draft) => this.write(draft),
        submit: () => this.submit(this.draft),
        edit: () => this.write(this.draft),
        sendAnyway: () => this.submit(this.draft, true),
      })}
    </section>`;
  }

  private renderTyping(): TemplateResult | typeof nothing {
    const staff = this.conversation.staffTypingUntil > Date.now();
    const starting = this.conversation.opening === "starting" && !this.conversation.messages.length;
    if (!staff && !starting && !this.conversation.answering) return nothing;
    return html`<li class="typing">
      <span class="hidden">${this.say(staff ? "typing_staff" : "typing_bot")}</span><i></i><i></i><i></i>
    </li>`;
  }

  private showing(): Showing {
    return {
      server: this.server,
      language: this.language,
      say: this.say,
      deeds: this.deeds,
      copied: this.copied,
      opinion: (id) => this.opinions.get(id),
      unanswered: (each) => this.conversation.unanswered(each),
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
    copy: (each) => void this.copy(each),
    rate: (each, value) => {
      this.opinions.set(each.id, { value, state: value > 0 ? "sent" : "asking" });
      this.rate(each, value, "");
    },
    comment: (each, comment) => {
      this.opinions.set(each.id, { value: -1, state: "sent" });
      if (comment) this.rate(each, -1, comment);
      this.requestUpdate();
    },
  };

  private rate(each: Message, value: 1 | -1, comment: string): void {
    this.requestUpdate();
    this.conversation.rate(each.id, value, comment).catch(() => {
      this.opinions.set(each.id, { value, state: "failed" });
      this.requestUpdate();
    });
  }

  private async copy(each: Message): Promise<void> {
    try {
      await navigator.clipboard.writeText(plain(each.text));
    } catch {
      return;
    }
    this.copied = each.id;
    setTimeout(() => (this.copied = null), 2_000);
  }

  private write(draft: string): void {
    this.draft = draft;
    this.warned = [];
  }

  private submit(text: string, isMeant = false): void {
    const asked = text.trim();
    if (!asked) return;
    const found = isMeant || this.conversation.mode === "closed" ? [] : warnings(asked);
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

  private prefill(): void {
    if (!this.conversation.messages.some((each) => each.author === "user")) this.draft = this.start;
  }

  private switchLanguage(): void {
    this.chosen = this.language === "vi" ? "en" : "vi";
    this.memory.choose(this.pageLanguage, this.chosen);
    const talked = this.conversation.messages.some((each) => each.author === "user");
    // Nothing said yet: greet in the other language; otherwise the assistant is told.
    if (talked) this.conversation.send(wording(this.chosen)("speak"));
    else void this.conversation.restart();
    this.requestUpdate();
  }

  private confirm(name: string, deed: () => void): void {
    this.menu = false;
    const done = () => {
      this.question = null;
      this.focusField();
    };
    this.question = {
      words: this.say(name),
      yes: () => {
        done();
        deed();
      },
      no: done,
    };
  }

  private restart(): void {
    this.opinions.clear();
    void this.conversation.restart();
  }

  private erase(): void {
    this.opinions.clear();
    this.conversation.erase().then(
      () => this.tell("erased"),
      () => this.tell("not_erased"),
    );
  }

  private tell(name: string): void {
    this.toast = this.say(name);
    setTimeout(() => (this.toast = ""), 5_000);
  }

  private download(): void {
    this.menu = false;
    save(transcript(this.conversation.messages, this.language, this.say), "heza-chat.txt");
  }

  private arrived(clientId: string): boolean {
    return this.conversation.messages.some((each) => each.client_id === clientId);
  }

  private unread(): number {
    return this.open ? 0 : this.conversation.messages.filter((each) => each.author !== "user" && each.id > this.memory.seen).length;
  }

  private page(name: string): string {
    return `${this.server}/${name}?language=${this.language}`;
  }

  private readonly online = (): void => {
    if (!document.hidden && navigator.onLine) void this.conversation.catchUp();
    this.requestUpdate();
  };

  private readonly keys = (event: KeyboardEvent): void => {
    if (event.key === "Escape" && !event.isComposing) {
      event.stopPropagation();
      if (this.question) this.question.no();
      else if (this.menu) this.menu = false;
      else if (!this.inline) this.hide();
    } else if (event.key === "Tab" && !this.inline && matchMedia(PHONE).matches) {
      keepInside(this.renderRoot.querySelector(".panel"), event);
    }
  };

  private readonly scrolled = (event: Event): void => {
    const before = this.view.following;
    this.view.moved(event.target as HTMLElement);
    if (this.view.following !== before) this.requestUpdate();
  };

  private toEnd(): void {
    this.view.following = true;
    this.requestUpdate();
  }

  private focusField(): void {
    this.renderRoot.querySelector<HTMLElement>(".field textarea")?.focus();
  }

  /** The field is as high as its text, up to the height its style allows. */
  private grow(): void {
    const field = this.renderRoot.querySelector<HTMLTextAreaElement>(".field textarea");
    if (!field) return;
    field.style.height = "auto";
    field.style.height = `${field.scrollHeight}px`;
  }
}
