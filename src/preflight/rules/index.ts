/** Every rule, in the order in which they are likely to be why Woodpecker refuses a campaign or people get a bad one. */
import type { Rule } from "../finding.ts";
import { chatRules } from "./chat.ts";
import { codeRules } from "./code.ts";
import { damageRules } from "./damage.ts";
import { deliveryRules } from "./delivery.ts";
import { holidayRules } from "./holidays.ts";
import { htmlRules } from "./html.ts";
import { linkedinRules } from "./linkedin.ts";
import { linkRules } from "./links.ts";
import { mailboxRules } from "./mailboxes.ts";
import { markdownRules } from "./markdown.ts";
import { messageRules } from "./messages.ts";
import { modelRules } from "./model.ts";
import { oddPeopleRules } from "./odd-people.ts";
import { optOutRules } from "./opt-out.ts";
import { otherToolRules } from "./other-tools.ts";
import { placeholderRules } from "./placeholders.ts";
import { prospectRules } from "./prospects.ts";
import { repetitionRules } from "./repetition.ts";
import { sequenceRules } from "./sequence.ts";
import { settingsRules } from "./settings.ts";
import { snippetRules } from "./snippets.ts";
import { spintaxRules } from "./spintax.ts";
import { subjectRules } from "./subjects.ts";
import { zoneFitRules } from "./zone-fit.ts";

export const rules: readonly Rule[] = [
  ...modelRules,
  ...mailboxRules,
  ...linkedinRules,
  ...snippetRules,
  ...spintaxRules,
  ...otherToolRules,
  ...damageRules,
  ...chatRules,
  ...codeRules,
  ...placeholderRules,
  ...markdownRules,
  ...htmlRules,
  ...optOutRules,
  ...deliveryRules,
  ...holidayRules,
  ...zoneFitRules,
  ...sequenceRules,
  ...prospectRules,
  ...oddPeopleRules,
  ...repetitionRules,
  ...subjectRules,
  ...messageRules,
  ...linkRules,
  ...settingsRules,
];
