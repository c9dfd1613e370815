/** Names of this machine, as they stand in URLs and on command lines. */
export const isLoopback = (host: string) =>
  host === "localhost" || host === "[::1]" || host === "::1" || /^127(\.\d{1,3}){3}$/.test(host);
