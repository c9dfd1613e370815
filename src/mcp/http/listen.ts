/** Starts to listen, for the server and for its metrics. */
import type { AddressInfo, Server } from "node:net";

/** @returns the port, also where 0 let the system choose. @throws where it cannot listen */
export async function listen(server: Server, host: string, port: number): Promise<number> {
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, host, resolve);
  });
  return (server.address() as AddressInfo).port;
}
