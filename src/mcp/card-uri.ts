/** Names of the MCP Apps extension (2026-01-26), and the address of our one view. */
export const UI_EXTENSION = "io.modelcontextprotocol/ui";
const CARD = "ui://woodpecker/card";

/** What the page holds, in short: put in by the build. Run from its sources there is none. */
declare const CARD_VERSION: string | undefined;

/** Hosts keep a page by its address, so another page has another one. */
export const CARD_URI = typeof CARD_VERSION === "string" ? `${CARD}/${CARD_VERSION}` : CARD;

/** The plain address, and that of another version: a host that asks for it would else show nothing. */
export const isCard = (uri: string) => uri === CARD || /^ui:\/\/woodpecker\/card\/[0-9a-f]+$/.test(uri);

export const CARD_TYPE = "text/html;profile=mcp-app";

/** On a tool whose result the card shows. */
export const cardMeta = { ui: { resourceUri: CARD_URI } };

/** @param capabilities as the client declares them */
export function showsCard(capabilities: object = {}): boolean {
  const { extensions } = capabilities as { extensions?: object };
  return extensions !== undefined && UI_EXTENSION in extensions;
}
