/** Numbers as people read them. */
export const quantile = (values, part) => {
  const all = values.toSorted((a, b) => a - b);
  return all[Math.min(all.length - 1, Math.floor(all.length * part))];
};
export const median = (values) => quantile(values, 0.5);

/** The middle half: what one slow run on a busy machine does not change. */
export const spread = (values, digits = 2) =>
  `${quantile(values, 0.25).toFixed(digits)}-${quantile(values, 0.75).toFixed(digits)}`;

export const whole = (value) => Math.round(value).toLocaleString("en-US");

export function table(head, rows) {
  const line = (cells) => `| ${cells.join(" | ")} |`;
  return [line(head), line(head.map(() => "---")), ...rows.map(line)].join("\n");
}

/** Runs `task`, and gives back a word in place of its result when it cannot be done. */
export async function attempt(task) {
  try {
    return await task();
  } catch (error) {
    return { failed: error instanceof Error ? error.message : String(error) };
  }
}
