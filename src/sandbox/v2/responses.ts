/** GET /rest/v2/prospects/{prospect_id}/responses: what one prospect answered. */
import { incorrect, notFound, type Reply } from "../reply.ts";
import type { Call } from "../router.ts";
import { smtpMailbox } from "../state.ts";

/** The replies of one prospect, oldest first. */
export function listResponses({ state, params, query }: Call): Reply {
  const id = params.prospect_id ?? "";
  if (!/^\d+$/.test(id)) throw incorrect("prospect_id");
  const prospect = state.prospects.get(Number(id));
  if (!prospect) throw notFound();
  const campaigns = query.get("campaign_id")?.split(",");
  if (campaigns?.every((campaign) => /^\d+$/.test(campaign)) === false) throw incorrect("campaign_id");
  const responses = state.messages
    .filter((message) => message.prospectId === prospect.id)
    .filter(({ campaignId }) => campaigns?.includes(String(campaignId)) ?? true)
    .sort((a, b) => a.at.getTime() - b.at.getTime())
    .map((message) => ({
      response_id: message.id,
      campaign_id: message.campaignId,
      step: message.step,
      // The page does not say what is in there; here it is the address that had written.
      campaign_email_sent: smtpMailbox(state, message.mailboxId)?.details.email ?? "",
      subject: message.subject,
      message: message.html,
      delivered: message.at.toISOString().slice(0, 19),
      secondary_prospect_email: null,
    }));
  return { status: 200, body: { prospect_id: prospect.id, email: prospect.email, responses } };
}
