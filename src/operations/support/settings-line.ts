/** The settings of a campaign in one line, without those that are off or empty. */
import { oneLine } from "../../values/foreign.ts";
import type { Loose } from "../../values/loose.ts";

const isSet = (value: unknown) =>
  value !== false && value !== null && value !== "" && !(Array.isArray(value) && value.length === 0);

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
