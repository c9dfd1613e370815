/** The start-up line or a setting is wrong; the process ends with 2 and this one line. */
export class UsageError extends Error {
  override readonly name = "UsageError";
}
