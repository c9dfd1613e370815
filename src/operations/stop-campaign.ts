/** Stops one campaign; what it shares with pausing stands in support/halt.ts. */
import { requests } from "../woodpecker/requests.ts";
import { haltOperation } from "./support/halt.ts";

export const stopCampaign = haltOperation({
  name: "stop_campaign",
  title: "Stop campaign",
  description:
    "Stop a Woodpecker campaign that is done with: it sends no more. Loses nothing, needs no consent. For a break: pause_campaign.",
  several: true,
  request: requests.stop,
  goal: "STOPPED",
  ignoresUnknown: true,
  silent: ["STOPPED"],
  verb: "stopping",
});
