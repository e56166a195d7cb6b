/** `zookeeper.connect`: the servers of an ensemble and a chroot. Follows `org.apache.zookeeper.client.ConnectStringParser` (3.8). */

export interface ZkAddress {
  readonly host: string;
  readonly port: number;
}
export interface ConnectString {
  readonly servers: readonly ZkAddress[];
  /** '' when there is none; without a final slash. */
  readonly chroot: string;
}

export function parseConnectString(text: string): ConnectString {
  const slash = text.indexOf('/');
  const servers = (slash < 0 ? text : text.slice(0, slash))
    .split(',')
    .map((server) => server.trim())
    .filter((server) => server !== '')
    .map((server) => {
      const colon = server.lastIndexOf(':');
      if (colon < 0) return { host: server, port: 2181 };
      return { host: server.slice(0, colon), port: Number.parseInt(server.slice(colon + 1), 10) };
    });
  const chroot = slash < 0 ? '' : text.slice(slash).replace(/\/$/, '');
  return { servers, chroot };
}

/** As it is written; '' where there is none. */
export function chrootOf(text: string): string {
  const slash = text.indexOf('/');
  return slash < 0 || slash === text.length - 1 ? '' : text.slice(slash);
}

/** The virtual machine is the only host there is. */
export const isResolvable = ({ host }: ZkAddress): boolean =>
  host === 'localhost' || host === '127.0.0.1' || host === '0.0.0.0';

/** As Java 17 prints a socket address. */
export function printAddress(address: ZkAddress): string {
  const { host, port } = address;
  if (!isResolvable(address)) return `${host}/<unresolved>:${port}`;
  return host === 'localhost' ? `localhost/127.0.0.1:${port}` : `/${host}:${port}`;
}
