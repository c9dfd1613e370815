/** Prompt: from a brief to a checked DRAFT. */
import type { Prompt } from "./prompt.ts";

export const draftCampaign: Prompt = {
  name: "draft_campaign",
  title: "Draft a campaign from a brief",
  description: "Writes a sequence from a brief, checks it, shows it, and makes a DRAFT of it. Sends nothing.",
  arguments: {
    brief: {
      description: "Who is written to, what is offered, what they should do, and the tone.",
      required: true,
      kind: "text",
    },
    mailbox: { description: "The mailbox to send from: its id or address.", kind: "mailbox" },
    timezone: {
      description: "The time zone of the delivery windows, such as Europe/Berlin.",
      kind: "timezone",
    },
  },
  needs: ["create_campaign", "check_campaign", "preview_campaign", "list_mailboxes"],
  text: ({ args: { brief, mailbox, timezone } }) => [
    "Please draft a Woodpecker campaign from the brief at the end.",
    [
      mailbox
        ? `Send from mailbox ${mailbox}; look it up with list_mailboxes and tell me if it cannot send.`
        : "Look at list_mailboxes. If more than one mailbox could be meant, ask me which.",
      timezone
        ? `The delivery windows are in ${timezone}.`
        : "Ask me for the time zone if the brief does not say.",
    ].join(" "),
    "Write few and short e-mails: one thought and one question each, in my words and not in advertising's. Give each snippet a fallback, and each e-mail a way to opt out. A follow-up without a subject stays in the thread. Use only facts from the brief; where one is missing, ask me or leave it out.",
    "Then go in this order:\n1. check_campaign with the draft; fix what it finds.\n2. preview_campaign with the draft; show me the e-mails as people would get them, the waits between them, and what you assumed.\n3. When I say that it is good, create_campaign. Tell me its id and what is still open, such as adding people.",
    "It stays a DRAFT. Whether it starts, and when, I decide later.",
    `The brief:\n${brief}`,
  ],
};
