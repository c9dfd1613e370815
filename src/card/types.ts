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
  linkedin?: { action?: string };
  versions: Version[];
}

export interface Sequence {
  id?: number;
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
  signature?: string;
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
  days: { date: string; total: number; by_step: Record<string, number> }[];
  days_left_out?: number;
}

export interface Preview {
  emails: Letter[];
  /** Absent where only the e-mails were asked for. */
  calendar?: Calendar;
  assumptions: string[];
  emails_left_out?: number;
}

export interface Check {
  verdict: "ready" | "warnings" | "blocked" | "incomplete";
  findings: Finding[];
  not_sending?: string[];
  left_out?: number;
}

export interface Rate {
  value: number;
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

/** What a person is asked before a campaign starts. */
export interface Launch {
  question: string;
  facts: Record<string, string | number>;
  confirmation: string;
  findings: Finding[];
  /** Why an earlier confirmation did not count. */
  reason?: string;
}

/** How a call of run_campaign ended that asked nothing any more. */
export interface Ended {
  outcome: string;
  status?: string;
  undo?: string;
  next?: string;
  request?: { method: string; path: string };
}

export interface Known {
  campaign_id?: number;
  name?: string;
  status?: string;
  campaign?: Sequence;
  check?: Check;
  preview?: Preview;
  statistics?: Statistics;
  launch?: Launch;
  ended?: Ended;
  failure?: string;
}
