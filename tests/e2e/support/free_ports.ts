import { createServer, type AddressInfo } from "node:net";

/** Ports of loopback on which nobody listens, for programs that cannot choose one themselves. */
export async function freePorts(count: number): Promise<number[]> {
  const servers = Array.from({ length: count }, () => createServer());
  await Promise.all(servers.map((each) => new Promise<void>((done) => each.listen(0, "127.0.0.1", done))));
  const ports = servers.map((each) => (each.address() as AddressInfo).port);
  await Promise.all(servers.map((each) => new Promise((done) => each.close(done))));
  return ports;
}
