/** The campaigns of the seeded account, one for each status. */
import type { CampaignBody, DeliveryTime, EmailVersionBody, Status, StepBody } from "../campaign.ts";
import type { StoredCampaign } from "../state.ts";
import { JOURNEYS } from "./journeys.ts";

export interface SeededCampaign {
  id: number;
  status: Status;
  createdDaysAgo: number;
  /** When the most recent touches happened. */
  lastTouchDaysAgo: number;
  /** What was done with it in the app. */
  inApp?: Partial<Pick<StoredCampaign, "folder" | "copies" | "conditional" | "inActiveWorkflow">>;
  journeys: readonly string[];
  body: CampaignBody;
}

const OPT_OUT = '<div><br /></div><div><a href="{{UNSUBSCRIBE}}">unsubscribe</a></div>';
const SETTINGS = { gdpr_unsubscribe: true, list_unsubscribe: true };
const HELLO = '<div>Hi {{FIRST_NAME | "there"}},</div><div><br /></div>';

const weekdays = (from: string, to: string): DeliveryTime => ({
  MONDAY: [{ from, to }],
  TUESDAY: [{ from, to }],
  WEDNESDAY: [{ from, to }],
  THURSDAY: [{ from, to }],
  FRIDAY: [{ from, to }],
});

export const mail = (subject: string | null, text: string): EmailVersionBody => ({
  subject,
  message: `${HELLO}<div>${text}</div>${OPT_OUT}`,
  signature: "SENDER",
  track_opens: true,
});

/** A step, and how many days the one after it waits. */
export const email = (wait: number, ...versions: EmailVersionBody[]): StepBody => ({
  type: "EMAIL",
  delivery_time: weekdays("08:00", "17:00"),
  body: { versions },
  followup_after: { range: "DAY", value: wait },
});

const visit = (wait: number): StepBody => ({
  type: "LINKEDIN",
  body: { action_type: "VISIT_PROFILE", linkedin_account_id: 77, versions: [{ message: "" }] },
  followup_after: { range: "DAY", value: wait },
});

export function sequence(
  name: string,
  mailboxes: number[],
  timezone: string,
  daily_enroll: number,
  steps: StepBody[],
): CampaignBody {
  const followup = steps.reduceRight((after, step) => ({ ...step, followup: after }));
  return {
    name,
    email_account_ids: mailboxes,
    settings: { ...SETTINGS, timezone, daily_enroll },
    steps: { type: "START", followup },
  };
}

// Where a {{COMPANY}} has no fallback, prospects without a company are parked for checking once it is their turn.
export const SEEDED_CAMPAIGNS: SeededCampaign[] = [
  {
    id: 2101,
    status: "RUNNING",
    createdDaysAgo: 26,
    lastTouchDaysAgo: 1,
    inApp: { folder: { id: 31, name: "Northwind" }, inActiveWorkflow: true },
    journeys: JOURNEYS.running,
    body: sequence("Warehouse leads, DACH", [501], "Europe/Berlin", 15, [
      email(
        3,
        mail("Stock counts at {{COMPANY}}", "how long does a full count take at {{COMPANY}} today?"),
        mail(
          '{{FIRST_NAME | "Hello"}}, a question about counting',
          "do the shelves at {{COMPANY}} ever disagree with the system?",
        ),
      ),
      email(
        4,
        mail(
          null,
          'we wrote down <a href="{{CLICK=https://northwind.example/counts}}">what a count costs</a>. Is it close?',
        ),
      ),
      email(1, mail(null, "shall I ask again in the next quarter, or is this not for you?")),
    ]),
  },
  {
    id: 2102,
    status: "PAUSED",
    createdDaysAgo: 33,
    lastTouchDaysAgo: 8,
    inApp: { folder: { id: 32, name: "Brightlane" } },
    journeys: JOURNEYS.paused,
    body: sequence("Contractor payroll, Nordics", [502], "Europe/Stockholm", 10, [
      email(
        2,
        mail("Paying contractors abroad", "how do you pay the people who are not on your payroll?"),
        mail('Contractors at {{COMPANY | "your company"}}', "who checks the invoices of your contractors?"),
      ),
      visit(2),
      email(1, mail(null, "a short note in case the first one got lost.")),
    ]),
  },
  {
    id: 2103,
    status: "STOPPED",
    createdDaysAgo: 48,
    lastTouchDaysAgo: 20,
    inApp: {
      copies: { bcc: "crm@northwind.example", cc: "fairs@northwind.example" },
      conditional: true,
    },
    journeys: JOURNEYS.stopped,
    body: sequence("Trade fair visitors", [501, 502], "Europe/Warsaw", 20, [
      email(5, mail("Good to meet you at the fair", "you asked for the price list. Here is how we count.")),
      email(1, mail(null, "did the price list answer your question?")),
    ]),
  },
  {
    id: 2104,
    status: "DRAFT",
    createdDaysAgo: 2,
    lastTouchDaysAgo: 0,
    inApp: { folder: { id: 31, name: "Northwind" } },
    journeys: JOURNEYS.draft,
    body: sequence("Retail planners, spring", [501], "Europe/London", 25, [
      email(3, mail("Spring stock at {{COMPANY}}", "which line ran out first at {{COMPANY}} last spring?")),
      email(1, mail(null, "would ten minutes next week be too soon?")),
    ]),
  },
  {
    id: 2105,
    status: "EDITED",
    createdDaysAgo: 19,
    lastTouchDaysAgo: 6,
    inApp: { folder: { id: 32, name: "Brightlane" } },
    journeys: JOURNEYS.edited,
    body: sequence("Agencies, second wave", [502], "America/New_York", 12, [
      email(
        4,
        mail("Freelancers on one invoice", "how many freelancer invoices reach you in a month?"),
        // Left without a subject in the middle of an edit, so the campaign cannot run again yet.
        mail(null, "one invoice instead of forty: is that worth a look?"),
      ),
      email(1, mail(null, "if somebody else looks after this, who would it be?")),
    ]),
  },
  {
    id: 2106,
    status: "COMPLETED",
    createdDaysAgo: 60,
    lastTouchDaysAgo: 12,
    journeys: JOURNEYS.completed,
    body: sequence("Beta users, thank you round", [504], "Europe/Lisbon", 30, [
      email(3, mail("Thank you for the beta", "your notes changed the import. What is still missing?")),
      email(
        1,
        mail(
          null,
          'the <a href="{{CLICK=https://northwind.example/beta}}">release notes</a> name what came from you.',
        ),
      ),
    ]),
  },
];
