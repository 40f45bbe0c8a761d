/** What the gateway's API gives and takes (docs/architecture.md). */
export type Author = "user" | "assistant" | "staff" | "system";
export type Mode = "bot" | "waiting" | "human" | "closed";
export type Status = "confirmed" | "cited" | "unconfirmed";

export interface Button {
  title: string;
  payload: string;
}

export interface Source {
  record: string;
  title: string;
  article: string | null;
  url: string | null;
  as_of: string;
  status: Status;
}

export type Block =
  | { type: "card"; title: string; rows: { label: string; value: string }[] }
  | { type: "table"; columns: string[]; rows: string[][] }
  | { type: "image"; url: string; title: string }
  | { type: "location"; title: string; lat: number; lon: number }
  | { type: "file"; url: string; title: string };

export interface Message {
  id: number;
  author: Author;
  author_name: string;
  language: "vi" | "en" | null;
  created_at: string;
  text: string;
  buttons: Button[];
  blocks: Block[];
  sources: Source[];
  reply_to: number | null;
  client_id: string | null;
}

export interface Session {
  id: string;
  token: string;
}

/** A message on its way. `lost` and `refused` wait for the investor. */
export interface Pending {
  clientId: string;
  text: string;
  payload?: string;
  at: string;
  state: "sending" | "unsent" | "lost" | "refused";
  detail?: string;
}

export interface Both {
  vi: string;
  en: string;
}

/** What the form of a formal inquiry starts with. */
export interface InquiryDraft {
  summary: Both;
  consents: { purpose: string; text: Both; required: boolean }[];
  text_version: string;
}

export interface InquiryForm {
  client_id: string;
  summary: Both;
  contact: { name: string; company: string; email: string; phone: string };
  consents: string[];
  text_version: string;
}

/** The PIN is null when the same form is sent again. */
export interface Receipt {
  code: string;
  pin: string | null;
  due_on: string;
  text: string;
}

export interface InquiryState {
  code: string;
  state: "received" | "in_progress" | "answered" | "closed";
  received_at: string;
  due_on: string;
  summary_vi: string;
  summary_en: string;
  entries: { by_staff: boolean; text: string; at: string }[];
}
