/**
 * The configuration of an ensemble as clients are told it: its version and the addresses that they connect to. Follows
 * `org.apache.zookeeper.server.util.ConfigUtils` (3.8.4).
 */
export function clientConfigText(config: string): string {
  const entries = config.split('\n').map((line) => /^\s*([^=:\s]+)\s*[=:]\s*(.*)$/.exec(line));
  const valueOf = (name: string): string => entries.find((entry) => entry?.[1] === name)?.[2] ?? '';
  const addresses = entries
    .filter((entry) => entry?.[1]?.startsWith('server.') === true)
    .map((entry) => entry?.[2]?.split(';')[1] ?? '');
  return `${valueOf('version')} ${addresses.join(',')}`;
}
