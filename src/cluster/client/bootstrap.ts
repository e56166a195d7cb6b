/** The first addresses of a client: `bootstrap.servers`, as `org.apache.kafka.clients.ClientUtils` reads them (3.9.0). */
import type { ClientLog } from './clientStep.ts';
import { configException, type JavaException } from './javaException.ts';
import type { Node } from './node.ts';

export type Bootstrap =
  | { readonly outcome: 'resolved'; readonly nodes: readonly Node[]; readonly logs: readonly ClientLog[] }
  | { readonly outcome: 'failed'; readonly exception: JavaException; readonly logs: readonly ClientLog[] };

const hostAndPort = /^.*?\[?([0-9a-zA-Z\-%._:]*)\]?:([0-9]+)$/;

/** Nodes −1, −2… in the order of the list; names that do not resolve are left out with a warning. */
export function parseBootstrapServers(servers: readonly string[]): Bootstrap {
  const logs: ClientLog[] = [];
  const nodes: Node[] = [];
  const fail = (message: string): Bootstrap => ({ outcome: 'failed', exception: configException(message), logs });
  for (const server of servers) {
    if (server === '') continue;
    const [, host, port] = hostAndPort.exec(server) ?? [];
    if (host === undefined || port === undefined || host === '') {
      return fail(`Invalid url in bootstrap.servers: ${server}`);
    }
    if (Number(port) > 65_535) return fail(`Invalid port in bootstrap.servers: ${server}`);
    if (addressOf(host) === null) {
      logs.push({
        level: 'WARN',
        text: `Couldn't resolve server ${server} from bootstrap.servers as DNS resolution failed for ${host}`,
        class: 'org.apache.kafka.clients.ClientUtils',
      });
      continue;
    }
    nodes.push({ id: -1 - nodes.length, host, port: Number(port), rack: null });
  }
  if (nodes.length === 0) return fail('No resolvable bootstrap urls given in bootstrap.servers');
  return { outcome: 'resolved', nodes, logs };
}

const ipv4 = /^\d{1,3}(\.\d{1,3}){3}$/;

/** The name service of the one virtual machine: it knows itself and addresses. Null: unknown host. */
export function addressOf(host: string): string | null {
  if (host.toLowerCase() === 'localhost') return '127.0.0.1';
  if (host === '::1') return '0:0:0:0:0:0:0:1';
  return ipv4.test(host) && host.split('.').every((octet) => Number(octet) <= 255) ? host : null;
}

/** Nothing but this machine answers; packets to another address get lost. */
export function isThisMachine(address: string): boolean {
  return address.startsWith('127.') || address === '0.0.0.0' || address === '0:0:0:0:0:0:0:1';
}

/** `InetSocketAddress#toString`: `localhost/127.0.0.1:9092`; without a name `/127.0.0.1:9092`. */
export function socketAddressText({ host, port }: Node): string {
  const address = addressOf(host);
  if (address === null) return `${host}:${port}`;
  return address === host ? `/${address}:${port}` : `${host}/${address}:${port}`;
}
