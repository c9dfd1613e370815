import { MAX_WINDOWS_A_DAY } from "../../../src/model/delivery.ts";
import { MAX_PROSPECTS } from "../../../src/model/prospects.ts";
import { settings } from "../../../src/model/settings.ts";
import { MAX_STEPS } from "../../../src/model/steps.ts";
import { linkedinLimits, MAX_VERSIONS } from "../../../src/model/versions.ts";
import { MAX_PEOPLE } from "../../../src/operations/preview-campaign.ts";
import { MAX_DAYS } from "../../../src/operations/support/period.ts";
import { type Option, options } from "../../../src/settings/options.ts";

const { daily_enroll: daily } = settings.shape;

/** Those with which the operator narrows what may be done, in the words of --help. */
const operators: Option[] = [
  options.access,
  options.toolsets,
  options.campaigns,
  options.mailboxes,
  options.maxProspectsPerCall,
  options.maxProspectsPerDay,
  options.maxRunsPerDay,
  options.maxDailyEnroll,
];

export const limits = [
  "# Limits",
  "",
  "## Of a campaign",
  "",
  `- steps: 1 to ${MAX_STEPS}; versions of a step: 1 to ${MAX_VERSIONS}`,
  `- delivery windows: at most ${MAX_WINDOWS_A_DAY} a day, not overlapping, none across midnight`,
  `- daily_enroll (opening e-mails a day): ${daily.minValue} to ${daily.maxValue}`,
  `- characters of LinkedIn texts: connection note ${linkedinLimits.CONNECTION_REQUEST}, direct message ${linkedinLimits.DIRECT_MESSAGE}, InMail ${linkedinLimits.INMAIL_MESSAGE} with a subject of ${linkedinLimits.INMAIL_SUBJECT}`,
  "- steps and settings can change in DRAFT and EDITED only; a step is added at the end",
  "",
  "## Of a call",
  "",
  `- people in one save_prospects: ${MAX_PROSPECTS}`,
  `- people shown by preview_campaign: ${MAX_PEOPLE}`,
  `- days in a period of get_campaign_statistics: ${MAX_DAYS}, the last of them today (UTC)`,
  "",
  "## Of Woodpecker's API",
  "",
  "It works on one request of an account at a time, keeps six more waiting and drops the rest. This server sends one at a",
  "time; another program that uses the same account makes it wait. Pausing and stopping go first.",
  "",
  "## That the operator of this server can set",
  "",
  ...operators.map(({ env, about }) => `- ${env}: ${about}`),
  "",
].join("\n");
