/** Every rule, in the order in which they are likely to be why Woodpecker refuses a campaign or people get a bad one. */
import type { Rule } from "./finding.ts";
import { damageRules } from "./rules/damage.ts";
import { deliveryRules } from "./rules/delivery.ts";
import { htmlRules } from "./rules/html.ts";
import { linkedinRules } from "./rules/linkedin.ts";
import { linkRules } from "./rules/links.ts";
import { mailboxRules } from "./rules/mailboxes.ts";
import { messageRules } from "./rules/messages.ts";
import { modelRules } from "./rules/model.ts";
import { optOutRules } from "./rules/opt-out.ts";
import { otherToolRules } from "./rules/other-tools.ts";
import { placeholderRules } from "./rules/placeholders.ts";
import { prospectRules } from "./rules/prospects.ts";
import { repetitionRules } from "./rules/repetition.ts";
import { settingsRules } from "./rules/settings.ts";
import { snippetRules } from "./rules/snippets.ts";
import { spintaxRules } from "./rules/spintax.ts";
import { subjectRules } from "./rules/subjects.ts";

export const rules: readonly Rule[] = [
  ...modelRules,
  ...mailboxRules,
  ...linkedinRules,
  ...snippetRules,
  ...spintaxRules,
  ...otherToolRules,
  ...damageRules,
  ...placeholderRules,
  ...htmlRules,
  ...optOutRules,
  ...deliveryRules,
  ...prospectRules,
  ...repetitionRules,
  ...subjectRules,
  ...messageRules,
  ...linkRules,
  ...settingsRules,
];
