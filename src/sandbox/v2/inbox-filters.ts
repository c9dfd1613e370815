/** The query parameters that filter the inbox. */
import { incorrect, refused } from "../reply.ts";
import { type Enrolment, type Message, type State, smtpMailbox } from "../state.ts";

type MessageFilter = (message: Message) => boolean;
type Reader = (value: string, state: State) => MessageFilter | undefined;

const hasOptedOut = ({ touches }: Enrolment): boolean => touches.some(({ optedOutAt }) => optedOutAt);

// Underscores here, hyphens in v1. Nothing says how those who opted out and the other blacklisted are told apart.
const STATUSES = new Map<string, (enrolment: Enrolment) => boolean>([
  ["RESPONDED", ({ status }) => status === "REPLIED"],
  ["AUTOREPLIED", ({ status }) => status === "AUTOREPLIED"],
  ["BOUNCED", ({ status }) => status === "BOUNCED"],
  ["BLACKLISTED", (enrolment) => enrolment.status === "BLACKLIST" && !hasOptedOut(enrolment)],
  ["OPT_OUT", hasOptedOut],
]);
const LEVELS = ["INTERESTED", "MAYBE_LATER", "NOT_INTERESTED", "NOT_MARKED"];
const EXCLUSIVE = ["prospect_status", "prospect_interest_level", "out_of_campaign"];

const PHRASES = { most: 20, shortest: 3 };

const enrolmentOf = (state: State, { campaignId, prospectId }: Message): Enrolment | undefined =>
  state.campaigns.get(campaignId)?.enrolments.find((enrolment) => enrolment.prospectId === prospectId);

const isFlag = (value: string): boolean => value === "true" || value === "false";

const ofCampaigns: Reader = (value) => {
  const ids = value.split(",");
  if (!ids.every((id) => /^\d+$/.test(id))) return undefined;
  return ({ campaignId }) => ids.includes(String(campaignId));
};

/** undefined: the parameter cannot have this value. */
const READERS: Record<string, Reader> = {
  prospect_status(value, state) {
    const names = value.split(",");
    if (!names.every((name) => STATUSES.has(name))) return undefined;
    return (message) => {
      const enrolment = enrolmentOf(state, message);
      return enrolment !== undefined && names.some((name) => STATUSES.get(name)?.(enrolment));
    };
  },
  prospect_interest_level(value, state) {
    const wanted = value.split(",");
    if (!wanted.every((level) => LEVELS.includes(level))) return undefined;
    return (message) => {
      const interest = enrolmentOf(state, message)?.interest ?? "NOT-MARKED";
      return wanted.includes(interest.replaceAll("-", "_"));
    };
  },
  out_of_campaign(value, state) {
    return value === "YES" ? ({ campaignId }) => !state.campaigns.has(campaignId) : undefined;
  },
  mailbox_ids(value, state) {
    const ids = value.split(",");
    if (!ids.every((id) => /^\d+$/.test(id))) return undefined;
    // The IMAP side of the pair: an SMTP id finds nothing.
    return ({ mailboxId }) => ids.includes(String(smtpMailbox(state, mailboxId)?.details.imap_id));
  },
  // Two readers of the page write the same filter with and without the plural, and the next as read or unread.
  campaign_ids: ofCampaigns,
  campaign_id: ofCampaigns,
  search_phrases(value) {
    const phrases = value.split(",").map((phrase) => phrase.toLowerCase());
    if (phrases.length > PHRASES.most || phrases.some(({ length }) => length < PHRASES.shortest))
      return undefined;
    return ({ subject, html }) =>
      phrases.some((phrase) => `${subject}\n${html}`.toLowerCase().includes(phrase));
  },
  read(value) {
    return isFlag(value) ? ({ read }) => String(read) === value : undefined;
  },
  unread(value) {
    return isFlag(value) ? ({ read }) => String(!read) === value : undefined;
  },
};

/** @throws what is wrong with one of them */
export function readInboxFilters(state: State, query: URLSearchParams): MessageFilter[] {
  if (EXCLUSIVE.filter((name) => query.has(name)).length > 1)
    throw refused(400, `Only one of ${EXCLUSIVE.join(", ")} can be used`);
  const given = Object.entries(READERS).filter(([name]) => query.has(name));
  return given.map(([name, read]) => {
    // Whether a list is repeated or written with commas is not documented, so both are accepted.
    const filter = read(query.getAll(name).join(","), state);
    if (!filter) throw incorrect(name);
    return filter;
  });
}
