/** The Markdown of messages – bold, lists, links, line breaks – as a small tree. Nothing else has a meaning. */

export type Inline = string | { bold: Inline[] } | { link: Inline[]; url: string };
export type Paragraph =
  | { type: "text"; lines: Inline[][]; caution: boolean }
  | { type: "list"; ordered: boolean; start: number; items: Inline[][] };

const ITEM = /^\s*(?:[-*•]|(\d{1,3})[.)])\s+(.*)$/;
const CAUTION = /^⚠\uFE0F?\s*/;

/** The blocks of a text; a list may follow a line without a blank one between. */
export function parse(text: string): Paragraph[] {
  const blocks: Paragraph[] = [];
  let current: Paragraph | null = null;
  for (const line of text.replace(/\r\n?/g, "\n").split("\n")) {
    const item = ITEM.exec(line);
    if (!line.trim()) {
      // Items with blank lines between them are still one list.
      if (current?.type === "text") current = null;
    } else if (item) {
      const ordered = item[1] !== undefined;
      if (current?.type !== "list" || current.ordered !== ordered) {
        current = { type: "list", ordered, start: Number(item[1] ?? 1), items: [] };
        blocks.push(current);
      }
      current.items.push(inline(item[2] ?? ""));
    } else {
      const caution = CAUTION.test(line);
      if (current?.type !== "text" || current.caution !== caution || caution) {
        current = { type: "text", lines: [], caution };
        blocks.push(current);
      }
      current.lines.push(inline(line.replace(CAUTION, "").trim()));
    }
  }
  return blocks;
}

const LINK = /\[([^\][]+)\]\(([^()\s]*(?:\([^()\s]*\)[^()\s]*)*)\)/;
const BARE = /https?:\/\/[^\s<>"]*[^\s<>".,;:!?)\]*]/;
const BOLD = /\*\*(\S(?:[^]*?\S)??)\*\*/;

function inline(text: string): Inline[] {
  let first: { at: number; length: number; node: Inline } | null = null;
  const take = (match: RegExpExecArray | null, node: (match: RegExpExecArray) => Inline) => {
    if (match && (first === null || match.index < first.at)) {
      first = { at: match.index, length: match[0].length, node: node(match) };
    }
  };
  take(BOLD.exec(text), (match) => ({ bold: inline(match[1] ?? "") }));
  take(LINK.exec(text), (match) => ({ link: [match[1] ?? ""], url: match[2] ?? "" }));
  take(BARE.exec(text), (match) => ({ link: [match[0]], url: match[0] }));
  if (first === null) return text ? [text] : [];
  const { at, length, node } = first as { at: number; length: number; node: Inline };
  return [...(at ? [text.slice(0, at)] : []), node, ...inline(text.slice(at + length))];
}

/** The address of a link, or null when it is none that may be followed; paths belong to `server`. */
export function safe(url: string, server: string): string | null {
  // A second slash or a backslash would leave the server.
  if (/^\/(?![/\\])/.test(url)) return new URL(url, server).href;
  if (!/^(https?:\/\/|mailto:|tel:)/i.test(url)) return null;
  try {
    return new URL(url).href;
  } catch {
    return null;
  }
}

/** The text without marks, for the clipboard, the announcer and transcripts. */
export function plain(text: string): string {
  const words = (nodes: Inline[]): string =>
    nodes.map((node) => (typeof node === "string" ? node : words("bold" in node ? node.bold : node.link))).join("");
  return parse(text)
    .map((block) =>
      block.type === "text"
        ? block.lines.map(words).join("\n")
        : block.items.map((item, at) => `${block.ordered ? `${block.start + at}.` : "•"} ${words(item)}`).join("\n"),
    )
    .join("\n");
}
