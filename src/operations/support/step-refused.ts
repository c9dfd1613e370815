/** Woodpecker appends behind, and deletes, only a step that nobody has got; after a refusal without a reason its counters are looked at. */
import { type Campaign, readRow } from "../../woodpecker/campaigns.ts";
import type { Api } from "../../woodpecker/client.ts";
import { ApiFailure } from "../../woodpecker/failure.ts";

/** @returns the same failure, with what the counters say of the step */
export async function withCounters(
  error: unknown,
  api: Pick<Api, "get" | "getCounted" | "send">,
  { id }: Campaign,
  number: number,
): Promise<unknown> {
  if (!(error instanceof ApiFailure) || error.facts.outcome !== "rejected" || error.facts.http !== 409)
    return error;
  const row = await readRow(api, id).catch(() => undefined);
  const sent = row?.counters?.steps.find(({ step }) => step === number)?.sent;
  if (sent === undefined) return error;
  const seen =
    sent > 0
      ? `By its counters step ${number} was sent ${sent === 1 ? "once" : `${sent} times`} already: that is why.`
      : `By its counters nobody has got step ${number} yet, so that is not why.`;
  return new ApiFailure({ ...error.facts, seen });
}
