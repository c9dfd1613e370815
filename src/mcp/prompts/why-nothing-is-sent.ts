/** Prompt: why does this campaign not send? */
import type { Prompt } from "./prompt.ts";

export const whyNothingIsSent: Prompt = {
  name: "why_nothing_is_sent",
  title: "Why is nothing sent?",
  description: "Finds out why a campaign does not send, the likeliest reason first. Changes nothing.",
  arguments: {
    campaign: { description: "Its id or name.", required: true, kind: "campaign" },
  },
  needs: ["check_campaign", "get_campaign", "list_campaigns"],
  text: ({ args: { campaign }, has }) => [
    `Nothing seems to be sent by ${campaign}. Please find out why. Only look: change nothing and start nothing.`,
    [
      "check_campaign names the reasons it can see under not_sending, the likeliest first. Follow them up where it helps:",
      "- get_campaign, for the status, the delivery windows and the waits;",
      has("list_mailboxes") && "- list_mailboxes, for mailboxes with an error or at their daily limit;",
      has("search_prospects") &&
        "- search_prospects with status TO-CHECK in this campaign, for people who are set aside, mostly for a missing value;",
      has("get_campaign_statistics") && "- get_campaign_statistics, for what was sent and what is queued;",
      has("list_recent_changes") && "- list_recent_changes, for what was changed through you lately.",
    ]
      .filter(Boolean)
      .join("\n"),
    "Then tell me the reason in one sentence, how you know, and what would fix it, step by step. If several reasons hold, put them in the order in which to deal with them. If nothing is wrong and people are just not due yet, say so and when the next e-mail leaves.",
  ],
};
