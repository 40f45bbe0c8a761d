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
