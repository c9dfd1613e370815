/** Keeps connections that ask for nothing from shutting out those that do. */
import type { Server } from "node:http";
import type { Socket } from "node:net";

/** Above this number, the connection that has been idle longest is closed. */
const MAX_CONNECTIONS = 200;
/** Where all are busy: above this number, a new connection is closed at once. */
const MOST_CONNECTIONS = 400;

export function limitConnections(listener: Server): void {
  /** Idle ones, longest first. */
  const idle = new Set<Socket>();
  let open = 0;
  listener.maxConnections = MOST_CONNECTIONS;
  listener.on("connection", (socket) => {
    open += 1;
    idle.add(socket);
    socket.on("close", () => {
      open -= 1;
      idle.delete(socket);
    });
    if (open <= MAX_CONNECTIONS) return;
    const [oldest] = idle;
    if (oldest && oldest !== socket) oldest.destroy();
  });
  listener.on("request", ({ socket }, response) => {
    idle.delete(socket);
    response.on("close", () => {
      if (!socket.destroyed) idle.add(socket);
    });
  });
}
