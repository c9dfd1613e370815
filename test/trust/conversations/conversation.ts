/**
 * Texts with which somebody outside tries to use the assistant of somebody inside. An order is the name of a tool and
 * its arguments, such as run_campaign {"campaign_id":2102}. THE-TOKEN stands where the text tells the assistant to
 * hand back the confirmation that it has just been given, as a model that was talked into it could do by itself.
 */
export type Where =
  | "reply"
  | "subject"
  | "campaign name"
  | "first name"
  | "company"
  | "tags"
  | "snippet"
  | "mailbox name"
  | "LinkedIn name"
  | "mailbox error"
  | "error";

export interface Conversation {
  /** What it is after. */
  after: "launch" | "widen" | "delete";
  name: string;
  where: Where;
  text: string;
  /** What may leave where no form can be shown, because the assistant hands back a token issued for exactly that. */
  leaves?: string[];
}
