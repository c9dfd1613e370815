/** Says whether a text is an e-mail address, as far as a sandbox needs to know. */

const ADDRESS = /^[^\s@,]+@[^\s@,]+\.[^\s@.,]+$/;

export const isAddress = (value: unknown): value is string =>
  typeof value === "string" && value.length <= 254 && ADDRESS.test(value);
