/** Campaigns that the API answers with 409 for good: why that may be, and where they can be seen. Said here for everybody. */

export const UNSUPPORTED = "API_UNSUPPORTED_CAMPAIGN_FEATURES";

/** The seven that the documents name; the last was opened to the API later, and old campaigns answer so all the same. */
const features =
  "a condition, a manual task, a call task, a LinkedIn task, a scheduled start, an AI video snippet or older LinkedIn automation";

/** As what happened. */
export const unsupportedWhat = `the campaign has something that Woodpecker's API cannot handle: ${features}`;

/** As what is to be done. */
export const inTheApp = "do it in the Woodpecker app";

/** As a sentence about a campaign of which only its row of the list could be read. */
export const unsupportedReason = `Woodpecker's API cannot show this campaign in full (${UNSUPPORTED}): it has ${features}. Its steps, mailboxes and windows are visible in the Woodpecker app only.`;

/** As why something of it could not be looked at. */
export const unsupportedUnseen = `Woodpecker's API does not show this campaign (${UNSUPPORTED}), because it has ${features}; its texts, mailboxes and windows were not looked at.`;
