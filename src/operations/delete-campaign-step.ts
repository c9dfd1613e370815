/** Deletes one step, which takes its versions with it; a person is asked first. */
import { operation } from "../calls/operation.ts";
import type { StepView } from "../model/tree.ts";
import { unfit } from "../values/fault.ts";
import { campaignId, whole } from "../values/fields.ts";
import { inPrompt, quoted } from "../values/foreign.ts";
import { readCampaign } from "../woodpecker/campaigns.ts";
import { requests } from "../woodpecker/requests.ts";
import {
  counted,
  editDone,
  edited,
  editedText,
  firstEmail,
  readEditable,
  stepOf,
} from "./support/editing.ts";
import { withCounters } from "./support/step-refused.ts";

export const deleteCampaignStep = operation({
  name: "delete_campaign_step",
  title: "Delete campaign step",
  effect: "delete",
  toolset: "campaigns",
  description:
    "Delete a step of a Woodpecker campaign for good. Not the first EMAIL step, nor one that somebody has got. Needs DRAFT or EDITED. A person must agree first: in a form, or with confirmation_required, whose facts you show.",
  look: "get_campaign shows how it stands",
  input: { campaign_id: campaignId, step: whole(1, 16).describe("Number of the step.") },
  output: edited,
  hints: {
    VALIDATION_FAILURE: "Woodpecker deletes only EMAIL steps that nobody has got yet.",
  },
  async prepare({ campaign_id, step: number }, api) {
    const campaign = await readEditable(api, campaign_id);
    const step = stepOf(campaign, number);
    if (step === firstEmail(campaign.steps)) {
      throw unfit(["step"], `: step ${number} is the first EMAIL step, which Woodpecker does not delete`);
    }
    return { campaign, step };
  },
  before: ({ campaign }) => campaign,
  question: (_input, { campaign, step }) => ({
    sentence: "Delete this step for good? Its texts are gone with it; later steps move up.",
    name: campaign.name,
    facts: {
      campaign: campaign.id,
      name: inPrompt(campaign.name),
      status: campaign.status,
      step: `${step.step} of ${campaign.steps.length} (${step.type})`,
      versions: step.versions
        .map(({ version, subject }) => `${version} ${quoted(subject ?? "in the thread")}`)
        .join(", "),
    },
    state: campaign.steps,
  }),
  async run({ campaign_id, step: number }, api, { campaign, step }) {
    try {
      await api.send(requests.deleteStep(campaign_id, step.id as string));
    } catch (error) {
      throw await withCounters(error, api, campaign, number);
    }
    return editDone(campaign, [deleted(number, step)]);
  },
  readBack: true,
  async verify({ campaign_id, step: number }, api, { campaign, step }) {
    const { steps } = await readCampaign(api, campaign_id);
    if (steps.some((one) => one.id === step.id)) return { seen: `Step ${number} is still there.` };
    return { output: editDone(campaign, [deleted(number, step)]) };
  },
  text: editedText,
});

const deleted = (number: number, { type, versions }: StepView) => ({
  step: number,
  field: "step",
  before: `${type} of ${counted(versions.length, "version")}`,
  after: undefined,
});
