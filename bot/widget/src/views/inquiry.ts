/** The sheet over the talk for formal inquiries: form with consent, receipt, looking up. */
import { html, nothing, type TemplateResult } from "lit";
import type { Inquiry } from "../inquiry.js";
import { clock, day, type Language, type Say } from "../wording.js";
import { text } from "./text.js";

interface Showing {
  inquiry: Inquiry;
  language: Language;
  say: Say;
  server: string;
}

export function inquirySheet(showing: Showing): TemplateResult | typeof nothing {
  const { inquiry, say } = showing;
  if (inquiry.step === "closed") return nothing;
  const title = say(inquiry.step === "find" || inquiry.step === "found" ? "inquiry_find" : "inquiry");
  return html`<section class="sheet" role="dialog" aria-label=${title} tabindex="-1" aria-busy=${inquiry.busy}>
    <button class="back" @click=${() => inquiry.close()}>← ${say("back")}</button>
    <h3>${title}</h3>
    ${inquiry.refused === null ? nothing : html`<p class="caution" role="alert">${inquiry.refused || say("inquiry_failed")}</p>`}
    ${{ form, receipt, find, found, closed: () => nothing }[inquiry.step](showing)}
  </section>`;
}

function form({ inquiry, language, say }: Showing): TemplateResult | typeof nothing {
  const { draft } = inquiry;
  if (!draft) return nothing;
  const other = language === "vi" ? "en" : "vi";
  const submit = (event: SubmitEvent) => {
    const data = fields(event);
    const summary = { ...draft.summary, [language]: data("summary"), [other]: data("other") || data("summary") };
    const contact = { name: data("name"), company: data("company"), email: data("email"), phone: data("phone") };
    const consents = draft.consents.map((consent) => consent.purpose).filter((purpose) => data(purpose));
    void inquiry.send(summary, contact, consents);
  };
  const field = (name: string, type: string, complete: string, required: boolean) =>
    html`<label>${say(`inquiry_${name}`)}<input name=${name} type=${type} autocomplete=${complete} maxlength="120" ?required=${required} /></label>`;
  return html`<form @submit=${submit}>
    <p>${say("inquiry_lead")}</p>
    <label>${say("inquiry_summary")}<textarea name="summary" rows="5" maxlength="4000" required lang=${language} .value=${draft.summary[language]}></textarea></label>
    <details>
      <summary>${say("inquiry_other")}</summary>
      <textarea name="other" rows="5" maxlength="4000" lang=${other} aria-label=${say("inquiry_other")} .value=${draft.summary[other]}></textarea>
    </details>
    ${field("name", "text", "name", true)} ${field("email", "email", "email", false)}
    ${field("company", "text", "organization", false)} ${field("phone", "tel", "tel", false)}
    ${draft.consents.map(
      (consent) => html`<label class="tick">
        <input type="checkbox" name=${consent.purpose} ?required=${consent.required} />
        <span>${consent.text[language]}${consent.required ? nothing : html` <small>(${say("inquiry_optional")})</small>`}</span>
      </label>`,
    )}
    <button class="main" ?disabled=${inquiry.busy}>${say("inquiry_send")}</button>
  </form>`;
}

function receipt({ inquiry, say, server }: Showing): TemplateResult | typeof nothing {
  const { receipt } = inquiry;
  if (!receipt) return nothing;
  return html`<div role="status">
    ${text(receipt.text, server, say)}
    <dl class="key">
      <div><dt>${say("inquiry_code")}</dt><dd>${receipt.code}</dd></div>
      ${receipt.pin ? html`<div><dt>${say("inquiry_pin")}</dt><dd>${receipt.pin}</dd></div>` : nothing}
    </dl>
    ${receipt.pin ? html`<p>${say("inquiry_keep")}</p>` : nothing}
  </div>`;
}

function find({ inquiry, say }: Showing): TemplateResult {
  const submit = (event: SubmitEvent) => {
    const data = fields(event);
    void inquiry.lookUp(data("code"), data("pin"));
  };
  return html`<form @submit=${submit}>
    <label>${say("inquiry_code")}<input name="code" maxlength="64" autocomplete="off" required /></label>
    <label>${say("inquiry_pin")}<input name="pin" maxlength="64" autocomplete="off" required /></label>
    <button class="main" ?disabled=${inquiry.busy}>${say("inquiry_show")}</button>
  </form>`;
}

function found({ inquiry, language, say }: Showing): TemplateResult | typeof nothing {
  const { found } = inquiry;
  if (!found) return nothing;
  const submit = (event: SubmitEvent) => {
    const data = fields(event);
    const target = event.target as HTMLFormElement;
    void inquiry.add(data("text")).then(() => inquiry.refused === null && target.reset());
  };
  return html`<p class="label">${say(`state_${found.state}`)}</p>
    <p><b>${found.code}</b> · ${say("inquiry_due", { date: day(found.due_on, language) })}</p>
    <p class="said">${language === "vi" ? found.summary_vi : found.summary_en}</p>
    ${found.entries.map(
      (entry) => html`<p class="said ${entry.by_staff ? "answer" : ""}">
        <b>${say(entry.by_staff ? "inquiry_answered" : "inquiry_added")}</b>
        <time datetime=${entry.at}>${day(entry.at, language)} ${clock(entry.at, language)}</time><br />${entry.text}
      </p>`,
    )}
    ${found.state === "closed"
      ? nothing
      : html`<form @submit=${submit}>
          <label>${say("inquiry_add")}<textarea name="text" rows="3" maxlength="4000" required></textarea></label>
          <button class="main" ?disabled=${inquiry.busy}>${say("send")}</button>
        </form>`}`;
}

/** The values of a form that is about to be sent by us, not by the browser. */
function fields(event: SubmitEvent): (name: string) => string {
  event.preventDefault();
  const data = new FormData(event.target as HTMLFormElement);
  return (name) => String(data.get(name) ?? "").trim();
}
