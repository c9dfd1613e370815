/** Names and addresses of a machine, as they stand in URLs and on command lines. */

/** One of this machine, which nobody else reaches. */
export const isLoopback = (host: string) =>
  host === "localhost" || host === "[::1]" || host === "::1" || /^127(\.\d{1,3}){3}$/.test(host);

/** An address of IPv6 stands in brackets there. */
export const hostInUrl = (host: string) => (host.includes(":") && !host.startsWith("[") ? `[${host}]` : host);
