/**
 * Messages on stdin and stdout, one a line. In place of the SDKs' own transports, which drop what they cannot read without an
 * answer: a client would wait for ever. What is a message of the protocol, the SDK of the client's era says.
 */
const MAX_LINE_BYTES = 8 * 1024 * 1024;

export interface Wire {
  send(message: object): Promise<void>;
  /** Told of what cannot be read. */
  failed(error: Error): void;
}

interface Reader {
  read(message: unknown): void;
  failed(error: Error): void;
  tooLarge(): void;
}

export function createWire({ stdin, stdout }: typeof process, reader: Reader): Wire {
  let pending: Buffer[] = [];
  let size = 0;
  let sending: Promise<void> = Promise.resolve();

  function receive(chunk: Buffer): void {
    let from = 0;
    for (let end = chunk.indexOf(10); end !== -1; end = chunk.indexOf(10, from)) {
      const line = Buffer.concat([...pending, chunk.subarray(from, end)]);
      [pending, size, from] = [[], 0, end + 1];
      take(line.toString("utf8"));
    }
    pending.push(chunk.subarray(from));
    size += chunk.length - from;
    if (size <= MAX_LINE_BYTES) return;
    stdin.off("data", receive);
    stdin.pause();
    pending = [];
    reader.tooLarge();
  }

  function take(line: string): void {
    let message: unknown;
    try {
      // Some shells put a byte order mark before the first line.
      message = JSON.parse(line.replace(/^\ufeff/, ""));
    } catch (error) {
      reader.failed(error as Error);
      return;
    }
    reader.read(message);
  }

  stdin.on("data", receive);
  return {
    failed: reader.failed,
    /** One after the other: a client that reads slowly gets one waiting write, not a listener for each. */
    send(message) {
      sending = sending.then(
        () =>
          new Promise((resolve) => {
            if (stdout.write(`${JSON.stringify(message)}\n`)) resolve();
            else stdout.once("drain", resolve);
          }),
      );
      return sending;
    },
  };
}

/** A request that is malformed is answered, when it says under which id. */
export function refuseMalformed(wire: Wire, read: unknown, why: Error): void {
  const { id, method } = (read ?? {}) as { id?: unknown; method?: unknown };
  if (method !== undefined && (typeof id === "string" || typeof id === "number")) {
    const error = {
      code: -32600,
      message: "This is not a request of JSON-RPC 2.0, or has members that it has not.",
    };
    wire.send({ jsonrpc: "2.0", id, error });
  }
  wire.failed(why);
}
