/** The launch card: a page that hosts with MCP Apps show for the tools that name it (src/card). */
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { CARD_TYPE, CARD_URI, isCard } from "../card-uri.ts";
import type { Resource } from "./resource.ts";

/** It asks for no origin at all: without a policy of its own a host lets it load nothing. */
const looks = { ui: { prefersBorder: true } };

export const card: Resource = {
  uri: CARD_URI,
  alsoAt: isCard,
  name: "launch-card",
  title: "Launch card",
  description:
    "Sequence, e-mails, findings, calendar and statistics to look at, with the decision before a launch.",
  mimeType: CARD_TYPE,
  _meta: looks,
  read: async () => [{ mimeType: CARD_TYPE, text: await page(), _meta: looks }],
};

/** Beside the program; run from its sources, where the build has put it. */
const page = () =>
  readFile(join(import.meta.dirname, "card.html"), "utf8").catch(() =>
    readFile(join(import.meta.dirname, "../../../dist/card.html"), "utf8"),
  );
