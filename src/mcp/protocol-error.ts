/** An answer of the protocol itself, such as "there is no such resource". The SDK sends its code and its message. */
export class ProtocolError extends Error {
  readonly code: number;
  readonly data: object | undefined;
  constructor(code: number, message: string, data?: object) {
    super(message);
    this.code = code;
    this.data = data;
  }
}

/** What was asked for does not exist, or was asked for in a wrong way. */
export const invalid = (message: string, data?: object) => new ProtocolError(-32602, message, data);

/** It exists but could not be read now; the message explains why. */
export const unavailable = (message: string) => new ProtocolError(-32603, message);
