/** What the statuses of Woodpecker mean. Source: docs/woodpecker-api.md, Campaigns: statuses and Prospects: reading. */
export const campaignStatusMeanings = {
  RUNNING: "sends, within its delivery windows",
  DRAFT: "was never started; sends nothing",
  EDITED: "was started and is being edited; sends nothing until run_campaign",
  PAUSED: "paused by hand or by the bounce shield; sends nothing until run_campaign",
  STOPPED:
    "stopped by hand, or by Woodpecker because a mailbox was disconnected; sends nothing until run_campaign",
  COMPLETED:
    "has nobody left to write to; adding people makes it RUNNING again, and it then sends without run_campaign",
} as const;

const keysOf = <T extends object>(meanings: T) =>
  Object.keys(meanings) as [keyof T & string, ...(keyof T & string)[]];

export const statuses = keysOf(campaignStatusMeanings);

const globalMeanings = {
  ACTIVE: "may be written to",
  BOUNCED: "an e-mail came back; not written to",
  REPLIED: "answered; gets no more follow-ups",
  BLACKLIST: "opted out, or was put on the blacklist; never written to",
  INVALID: "the address does not exist; not written to",
} as const;

/** Of a person in a campaign; the first five are also those of a person in the account. */
export const prospectStatusMeanings = {
  ...globalMeanings,
  "TO-CHECK": "set aside, mostly because a snippet without a fallback has no value for them",
  "TO-REVIEW": "set aside until somebody decides in the Woodpecker app",
  AUTOREPLIED: "an automatic reply came",
  PAUSED: "gets no e-mails of this campaign for now",
} as const;

export const globalStatuses = keysOf(globalMeanings);
export const prospectStatuses = keysOf(prospectStatusMeanings);

/** In these a campaign sends nothing, whoever is enrolled. Any other status, also one that is not known here, may send. */
export const standsStill = (status: string): boolean =>
  status === "DRAFT" || status === "EDITED" || status === "PAUSED" || status === "STOPPED";

/** Of a person in a campaign: e-mails may still leave, by themselves or as soon as somebody sets something right. */
export const mayGetMail = (status: string): boolean =>
  status === "ACTIVE" || status === "TO-CHECK" || status === "TO-REVIEW" || status === "AUTOREPLIED";
