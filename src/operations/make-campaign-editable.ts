/** Takes a campaign to EDITED, in which it sends nothing and its steps can change. */
import { requests } from "../woodpecker/requests.ts";
import { haltOperation } from "./support/halt.ts";

export const makeCampaignEditable = haltOperation({
  name: "make_campaign_editable",
  title: "Make campaign editable",
  description:
    "Put a started Woodpecker campaign into EDITED, so that its settings and steps can change. Sending stops at once and stays off until run_campaign: do this only when the person wants the campaign edited.",
  request: requests.makeEditable,
  goal: "EDITED",
  silent: ["DRAFT", "EDITED"],
  verb: "opening",
  next: (id) => `It sends nothing until run_campaign ${id}.`,
});
