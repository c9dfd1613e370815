/** A file of JSON as it is committed. */
export const json = (value: unknown) => `${JSON.stringify(value, null, 2)}\n`;
