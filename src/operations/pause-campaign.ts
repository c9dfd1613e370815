/** Pauses one campaign; what it shares with stopping stands in support/halt.ts. */
import { requests } from "../woodpecker/requests.ts";
import { haltOperation } from "./support/halt.ts";

export const pauseCampaign = haltOperation({
  name: "pause_campaign",
  title: "Pause campaign",
  description:
    "Pause a running Woodpecker campaign: nobody is contacted until run_campaign. Loses nothing, needs no consent, goes first, safe to repeat.",
  several: true,
  request: requests.pause,
  goal: "PAUSED",
  // A campaign that is COMPLETED would send again as soon as somebody is added, so pausing it is no empty wish.
  silent: ["PAUSED", "STOPPED", "DRAFT", "EDITED"],
  verb: "pausing",
  ignoresUnknown: true,
});
