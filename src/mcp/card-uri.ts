/** Names of the MCP Apps extension (2026-01-26), and the address of our one view. */
export const UI_EXTENSION = "io.modelcontextprotocol/ui";
export const CARD_URI = "ui://woodpecker/card";
export const CARD_TYPE = "text/html;profile=mcp-app";

/** On a tool whose result the card shows; the second key is the one of hosts from before the extension was settled. */
export const cardMeta = { ui: { resourceUri: CARD_URI }, "ui/resourceUri": CARD_URI };
