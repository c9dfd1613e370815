/** Takes a campaign to EDITED, in which it sends nothing and its steps can change. */
import { requests } from "../woodpecker/requests.ts";
import { haltOperation } from "./support/halt.ts";

export const makeCampaignEditable = haltOperation({
  name: "make_campaign_editable",
  title: "Make campaign editable",
  description:
    "Put a started Woodpecker campaign into EDITED. Sending stops at once, until run_campaign, which asks a person: say so and ask once, before this, then make every edit.",
  request: requests.makeEditable,
  goal: "EDITED",
  silent: ["DRAFT", "EDITED"],
  verb: "opening",
  warning: "Sending stops at once; when all edits are made, run_campaign asks a person before it goes on.",
  next: (id) =>
    `It sends nothing until run_campaign ${id}, which asks a person first; make every edit before that.`,
});
