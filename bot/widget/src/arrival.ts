/** A link that carries a conversation from another channel over to the website: `?link=CODE`, works once. */

export interface Arrival {
  code: string;
  /** What is opened as soon as the conversation is there: `inquiry`, or nothing. */
  then: string;
}

/** What the address of the page brings, if it is a page of the assistant's own site; the address is rid of it. */
export function arrival(server: string): Arrival | null {
  const address = new URL(location.href);
  const code = address.searchParams.get("link");
  if (!code || address.origin !== server) return null;
  const then = address.searchParams.get("then") ?? "";
  for (const name of ["link", "then"]) address.searchParams.delete(name);
  history.replaceState(history.state, "", address.href);
  return { code, then };
}
