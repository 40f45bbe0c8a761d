/** Server-sent events read from a fetch body: the browser's EventSource cannot send a token. */

export interface ServerEvent {
  name: string;
  data: string;
  id: string;
}

/** The events of a stream as they come; ends when the stream does. */
export async function* events(body: ReadableStream<Uint8Array>): AsyncGenerator<ServerEvent> {
  const reader = body.getReader();
  const decoder = new TextDecoder();
  let buffer = "";
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      buffer += decoder.decode(value, { stream: true });
      const parts = buffer.split(/\r?\n\r?\n/);
      buffer = parts.pop() ?? "";
      for (const part of parts) {
        const event = parse(part);
        if (event) yield event;
      }
    }
  } finally {
    reader.cancel().catch(() => undefined);
  }
}

function parse(part: string): ServerEvent | null {
  const event: ServerEvent = { name: "message", data: "", id: "" };
  const data: string[] = [];
  for (const line of part.split(/\r?\n/)) {
    const colon = line.indexOf(":");
    if (colon < 1) continue;
    const field = line.slice(0, colon);
    const value = line.slice(colon + 1).replace(/^ /, "");
    if (field === "event") event.name = value;
    else if (field === "data") data.push(value);
    else if (field === "id") event.id = value;
  }
  if (!data.length) return null;
  event.data = data.join("\n");
  return event;
}
