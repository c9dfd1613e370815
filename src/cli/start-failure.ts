/** Why the process could not start, in one line for a person, and the exit code: 2 where a setting fixes it, 1 where none does. */
interface ListenError extends NodeJS.ErrnoException {
  port?: number;
  address?: string;
  hostname?: string;
}

export function startFailure(error: unknown): { line: string; code: number } {
  const { code = "", name, message, port, address, hostname } = error as ListenError;
  // By its name: each file of the bundle has the class once more.
  const advice = name === "UsageError" ? message : cannotListen[code]?.({ port, address, hostname });
  if (advice !== undefined) return { line: advice, code: 2 };
  if (code === "MODULE_NOT_FOUND" || code === "ERR_MODULE_NOT_FOUND") {
    return {
      line: "a file of this program is missing; install it again, or build it with npm run build",
      code: 1,
    };
  }
  return { line: `could not start: ${message.split("\n")[0]}`, code: 1 };
}

type Place = Pick<ListenError, "port" | "address" | "hostname">;

const cannotListen: Record<string, (place: Place) => string> = {
  EADDRINUSE: ({ address, port = 0 }) =>
    `port ${port} of ${address} is taken by another program, perhaps by this one, started before; end that one, or choose another port, such as ${port < 65_535 ? port + 1 : port - 1}, or 0 for any free one (--port; for the metrics --metrics-port)`,
  EACCES: ({ port }) =>
    `port ${port} may not be opened by this user; choose one above 1023, such as --port 3000`,
  EADDRNOTAVAIL: ({ address }) =>
    `this computer does not have the address ${address}; use --host 127.0.0.1 for this computer alone, or --host 0.0.0.0 for all its addresses`,
  ENOTFOUND: ({ hostname }) =>
    `--host ${hostname}: there is no address of this name; use --host 127.0.0.1 for this computer alone`,
};
