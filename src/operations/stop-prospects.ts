/** Stops people: they are paused in the campaigns in which they would still get e-mails. */
import { z } from "zod/v3";
import { operation } from "../calls/operation.ts";
import { readAddress } from "../model/addresses.ts";
import { id, line } from "../values/fields.ts";
import { readAs } from "../values/lenient.ts";
import type { Api } from "../woodpecker/client.ts";
import { type Gathered, gather } from "./support/gather.ts";
import { type Named, nameable } from "./support/named-people.ts";
import { type Membership, pausePlaces, placesToPause, type Standing, standing } from "./support/pausing.ts";
import { sayStopped, stoppedOutput, told } from "./support/stopped.ts";

/** Reading, pausing and looking again have to fit into the time of a call. */
const [READ_MS, LOOK_MS] = [20_000, 42_000];
/** Beyond so many people looking at each takes longer than reading all that were named once more. */
const MANY = 500;
const LAG_MS = 1_000;

export const stopProspects = operation({
  name: "stop_prospects",
  title: "Stop prospects",
  effect: "halt",
  ignoresUnknown: true,
  toolset: "prospects",
  description:
    "Stop e-mails to these people: pauses them in every Woodpecker campaign, or in campaign_ids, where they would still get some. Enrols and deletes nobody. Needs no consent, goes first, safe to repeat.",
  input: {
    emails: z
      .array(readAs(line(320), readAddress))
      .max(500)
      .optional()
      .describe("Their addresses."),
    prospect_ids: z.array(id()).max(500).optional().describe("Their ids."),
    domains: z.array(line(253)).max(50).optional().describe("Everybody at exactly these domains."),
    campaign_ids: z.array(id()).max(100).optional().describe("Only in these campaigns."),
  },
  output: stoppedOutput,
  rules: ({ emails = [], prospect_ids = [], domains = [] }) =>
    emails.length + prospect_ids.length + domains.length > 0
      ? []
      : [{ path: ["emails"], message: "is missing; give emails, prospect_ids or domains" }],
  async prepare(input, api) {
    const named = nameable(input);
    const started = Date.now();
    return { named, started, gathered: await gather(api, named.selection, started + READ_MS) };
  },
  async run(_input, api, { named, started, gathered }, { progress, pause }) {
    const places = placesToPause(gathered.people.values(), named.selection.campaignIds);
    const answered = await pausePlaces(api, places, (done) =>
      progress(done, places.length, `${done} of ${places.length} paused`),
    );
    const end = started + LOOK_MS;
    let found = await lookAgain(api, answered, named, end);
    if (found.still.some(({ reason }) => reason === undefined)) {
      // An answer may be read from a copy that lags behind.
      await pause(LAG_MS);
      found = await lookAgain(api, answered, named, end);
    }
    return told(named, gathered, places, found);
  },
  text: sayStopped,
});

/** What reading back does not reach is said so, and is no failure. */
async function lookAgain(
  api: Api,
  places: readonly Membership[],
  { selection }: Named,
  end: number,
): Promise<Standing> {
  if (places.length === 0) return { stopped: [], still: [], unseen: [] };
  const ids = [...new Set(places.map(({ person }) => person))];
  const again =
    ids.length > MANY ? selection : { ids, emails: [], domains: [], campaignIds: selection.campaignIds };
  const seen = await gather(api, again, end).catch((): Gathered => ({ people: new Map(), unread: [] }));
  return standing(places, seen);
}
