/** The settings of a campaign in one line, without those that are off or empty. */
import { oneLine } from "../../values/foreign.ts";
import type { Loose } from "../../values/loose.ts";

/** What every campaign has where nothing else is said (docs/woodpecker-api.md). */
const usual = { catch_all_verification_mode: "BALANCED" } as Loose;

const isSet = (value: unknown) => value !== false && value !== null && String(value) !== "";

/** Without those that are off, empty or as everywhere: what a campaign that was just made is told by. */
export const settingsSaid = (settings: Loose): Loose =>
  Object.fromEntries(
    Object.entries(settings).filter(([field, value]) => isSet(value) && usual[field] !== value),
  );

/** @returns nothing where nothing is set */
export function settingsLine(settings: Loose | undefined): string[] {
  const shown = Object.entries(settings ?? {})
    .filter(([, value]) => isSet(value))
    .map(([field, value]) =>
      oneLine(
        `${field} ${typeof value === "string" ? value : JSON.stringify(value)}`,
        Number.POSITIVE_INFINITY,
      ),
    );
  return shown.length > 0 ? [`Settings: ${shown.join(", ")}`] : [];
}
