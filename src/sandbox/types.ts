/** What a test may ask of a sandbox and gets from it: options, recorded requests, prepared failures. */

export type Dialect = "code" | "type";

/** What documents and observers disagree about. */
export interface Forms {
  /** Bodies of v2 business errors: as on the developer pages ("code", default) or in the help article ("type"). */
  dialect: Dialect;
  /**
   * What adding a step, changing a step and changing a version answer, which is undocumented: the whole campaign
   * as deleting a step does (default), or nothing as run and pause do.
   */
  editBodies: "campaign" | "empty";
  /** What a v1 list answers where nothing matches: 204 (default), or 200 with an object that holds a message. */
  noMatch: "empty" | "message";
  /** How a message of the inbox names its campaign: in a list `campaigns` (default), or as one object `campaign`. */
  inboxCampaign: "list" | "single";
  /** What stands for a prospect's date that was never set: "" as recorded in 2017 (default), or null. */
  unsetDates: "empty" | "null";
  /** How often a report is still in progress when it is asked for; default 2. */
  reportPolls: number;
  /** HTTP status of an import of which nobody was taken: 400 was recorded by a user, 200 stands in a client's tests. Default 400. */
  refusedImport: 200 | 400;
  /** Pausing colleagues: a list of statuses beside null, as live answers have it (default), or the documented boolean. */
  sameDomain: "list" | "boolean";
}

/** How an account differs from an ordinary one; left out is no difference. */
export interface Account {
  /** The key is an agency's: it sees two client companies, 7001 with the seeded account and 7002 without campaigns. */
  agency?: boolean;
  /** false: the plan lacks the feature, so create and run answer 403. */
  features?: boolean;
  /** The limits on sending are four times the usual ones: 2000 a day for the account, 200 for a mailbox. */
  raised?: boolean;
  /** One mailbox is frozen, one is disconnected and one warms up at five a day. */
  unhealthy?: boolean;
  /** Three more campaigns run, from mailboxes that others use, and some people are in several of them. */
  busy?: boolean;
}

export interface SandboxOptions extends Partial<Forms>, Account {
  /** Default 127.0.0.1. */
  host?: string;
  /** Default 0: any free port. */
  port?: number;
  /** How long one request is worked on; default 0. */
  serviceMs?: number;
  /** How long a queued request waits before it is dropped; default 15000. */
  queueMs?: number;
  /** "account" (default): a small lived-in account; "empty": mailboxes and LinkedIn seats only. */
  seed?: "account" | "empty";
  /** Decides what the people in the sandbox do; default 1. */
  randomSeed?: number;
  /** Where the sandbox's own time starts; default now. */
  now?: () => Date;
}

export interface SandboxRequest {
  method: string;
  path: string;
  /** Without the question mark. */
  query: string;
  headers: Record<string, string>;
  /** Parsed JSON; the raw text where it is not JSON; undefined where there was none. */
  body: unknown;
  /** 0 until it is answered, so for ever where the answer is dropped. */
  status: number;
}

export interface SandboxFailure {
  method?: string;
  path?: RegExp;
  /** Default 1. */
  times?: number;
  /** Default 500; without meaning where the answer is dropped. */
  status?: number;
  /** "commit": the request is carried out first, and only its answer is replaced by this one. */
  after?: "commit";
  /** Instead of an answer the connection breaks. */
  drop?: true;
  /**
   * A string is sent as it is, anything else as JSON. Left out: the body that is documented for this status
   * whatever the route (401, 500, overload), otherwise none.
   */
  body?: unknown;
  headers?: Record<string, string>;
}

export interface Sandbox {
  /** http://127.0.0.1:PORT, with the API under /rest/v1 and /rest/v2. */
  origin: string;
  /** The one accepted x-api-key. */
  key: string;
  /** Everything that arrived, oldest first, bounded to the last 10000. */
  requests: SandboxRequest[];
  /** The requests other than GET that were carried out. */
  writes(): SandboxRequest[];
  /** The next matching requests get this answer and, unless it comes after the commit, have no effect. */
  failNext(failure: SandboxFailure): void;
  /**
   * Lets hours go by, in which running campaigns send and people react. Over HTTP the same is
   * POST /sandbox/advance {"hours": n} with the key; it is not part of the API and is not listed in requests.
   */
  advance(hours: number): void;
  /** A copy of the stored campaign in the API's shape, also where the API itself refuses to show it. */
  campaign(id: number): unknown;
  /** Ends at once, also with open keep-alive sockets. */
  close(): Promise<void>;
}
