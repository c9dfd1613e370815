/** Ends a prospect's way through a campaign. */
import type { Enrolment, EnrolmentStatus } from "../state.ts";
import { isQueued, type Progress, planEnd, type Run } from "./progress.ts";

/** Takes a prospect out of the queue, for whatever reason. */
export function settle(
  run: Run,
  progress: Progress,
  enrolment: Enrolment,
  status: EnrolmentStatus,
  now: number,
): void {
  if (isQueued(enrolment, progress.steps)) progress.queued--;
  enrolment.status = status;
  const prospect = run.state.prospects.get(enrolment.prospectId);
  if (prospect) prospect.updated = new Date(now);
  planEnd(run, progress);
}
