/** Opens files without waiting: a pipe that stands in the place of one would keep even the brake waiting for its other end. */
import { closeSync, constants, fstatSync, openSync, readFileSync } from "node:fs";

const { O_RDONLY, O_WRONLY, O_APPEND, O_CREAT } = constants;
/** Windows has none, nor such pipes. */
const O_NONBLOCK = constants.O_NONBLOCK ?? 0;

export const openReading = (path: string): number => openSync(path, O_RDONLY | O_NONBLOCK);

export const openAppending = (path: string): number =>
  openSync(path, O_WRONLY | O_APPEND | O_CREAT | O_NONBLOCK, 0o600);

/** @throws where it is none, such as a device without an end */
export function readRegularFile(path: string): Buffer {
  const file = openReading(path);
  try {
    if (!fstatSync(file).isFile()) throw new Error(`${path} is not a file`);
    return readFileSync(file);
  } finally {
    closeSync(file);
  }
}
