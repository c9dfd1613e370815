/** Shares as people read them, made from counts, so that nothing is rounded twice. */

/** "3.4 %" */
export const asPercent = (share: number): string => `${(share * 100).toFixed(1)} %`;

/** "3.4 % (1 of 29 sent e-mails)" */
export const shareOf = (count: number, all: number, what?: string): string =>
  `${asPercent(count / all)} (${count} of ${all}${what ? ` ${what}` : ""})`;
