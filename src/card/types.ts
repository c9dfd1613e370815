/** What the card knows: fields of the results of tools, as far as it shows them. */

export type Loose = Record<string, unknown>;

export interface ToolResult {
  _meta?: Record<string, unknown>;
  structuredContent?: Loose | undefined;
  content?: { type: string; text?: string }[] | undefined;
  isError?: boolean | undefined;
}

export type Severity = "error" | "could_not_check" | "warning" | "info";

export interface Finding {
  severity: Severity;
  path: string;
  step?: number;
  version?: string;
  message: string;
  remedy: string;
  /** All it was found at; the path is the first. */
  places?: unknown[];
}

export interface Wait {
  value: number;
  range: string;
}

export interface Window {
  days: string[];
  from: string;
  to: string;
}

export interface Version {
  version: string;
  subject?: string;
  message?: string;
}

export interface SequenceStep {
  step: number;
  type: string;
  wait?: Wait;
  delivery_times?: Window[];
  linkedin?: { action?: string; account?: number };
  versions: Version[];
}

export interface Sequence {
  name?: string;
  status?: string;
  steps: SequenceStep[];
  /** Why not all of it could be shown. */
  reason?: string;
}

export interface Letter {
  step: number;
  version: string;
  email: string;
  subject: string;
  text: string;
  html: string;
  holes: string[];
  thread?: boolean;
  variant?: number;
  cut?: boolean;
}

export interface Calendar {
  timezone: string;
  first_send?: string;
  last_send?: string;
  total: number;
  never?: number;
  /** Of the total, those on LinkedIn. */
  linkedin?: number;
  days: { date: string; total: number; by_step: Record<string, number>; holiday?: string }[];
  days_left_out?: number;
}

export interface Preview {
  emails: Letter[];
  /** Absent where only the e-mails were asked for. */
  calendar?: Calendar;
  assumptions: string[];
  emails_left_out?: number;
  set_aside?: { email: string; step: number; missing: string[] }[];
}

export interface Check {
  verdict: "ready" | "warnings" | "blocked" | "incomplete";
  findings: Finding[];
  not_sending?: string[];
  left_out?: number;
}

export interface Rate {
  numerator: number;
  denominator: number;
  of: string;
}

export interface Comparison {
  step: number;
  metric: string;
  versions: { version: string; rate: number; low: number; high: number }[];
  verdict: string;
}

export interface Statistics {
  counters: Record<string, number>;
  rates: Record<string, Rate>;
  steps: Record<string, unknown>[];
  comparisons?: Comparison[];
  period?: { from: string; to: string };
}

/** A campaign of a question about several, or of what came of it. */
export interface OneOfSeveral {
  campaign_id: number;
  outcome: string;
  name?: string;
  status?: string;
  reason?: string;
}

/** What a person is asked before something is sent or deleted. */
export interface Launch {
  /** The tool that asks, and that their word goes to. */
  tool?: string;
  question: string;
  facts: Record<string, string | number>;
  confirmation?: string;
  findings: Finding[];
  campaigns?: OneOfSeveral[];
  /** Why an earlier confirmation did not count. */
  reason?: string;
}

export interface BeforeAfter {
  step?: number;
  version?: string;
  field?: string;
  what?: string;
  before?: unknown;
  after?: unknown;
}

/** How a call ended that asked nothing any more. */
export interface Ended {
  outcome: string;
  status?: string;
  undo?: unknown;
  next?: string;
  request?: { method: string; path: string };
  campaigns?: OneOfSeveral[];
  changed?: (BeforeAfter | string)[];
}

export interface ReportRow {
  id: number;
  name: string;
  status: string;
  people?: number;
  sent: number;
  /** The others are left out where nothing was counted. */
  delivered?: number;
  opened?: unknown;
  replied?: number;
  interested?: number;
  bounced?: number;
  opted_out?: number;
}

export interface Report {
  campaigns: ReportRow[];
  best?: { id?: number; reason?: string };
  worst?: { id?: number; reason?: string };
  news?: Record<string, unknown>;
  period?: { from: string; to: string };
  not_read?: { id: number; name?: string; reason: string }[];
  left_out?: number;
}

export interface Known {
  campaign_id?: number;
  name?: string;
  status?: string;
  account?: string;
  campaign?: Sequence;
  check?: Check;
  preview?: Preview;
  statistics?: Statistics;
  report?: Report;
  launch?: Launch;
  ended?: Ended;
  failure?: string;
}
