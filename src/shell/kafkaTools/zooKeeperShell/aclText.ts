/** Lists of permissions as ZooKeeper's shell prints and reads them. Follows `org.apache.zookeeper.cli.AclParser` and `ZKUtil` (3.8.4). */
import type { Acl } from '../../../cluster/protocol/zookeeper.ts';

/** In the order in which they are printed. */
const letters = [
  ['c', 4],
  ['d', 8],
  ['r', 1],
  ['w', 2],
  ['a', 16],
] as const;

export const aclText = ({ scheme, id, perms }: Acl): string =>
  `'${scheme},'${id}\n: ${letters.map(([letter, bit]) => ((perms & bit) === 0 ? '' : letter)).join('')}\n`;

/** `scheme:id:perms,…`; `problems` are printed on stderr, and what they are about is left out. */
export function parseAcl(text: string): { readonly acl: readonly Acl[]; readonly problems: readonly string[] } {
  const acl: Acl[] = [];
  const problems: string[] = [];
  for (const entry of text.split(',')) {
    const [first, last] = [entry.indexOf(':'), entry.lastIndexOf(':')];
    if (first === last) {
      problems.push(`${entry} does not have the form scheme:id:perm`);
      continue;
    }
    let perms = 0;
    for (const letter of entry.slice(last + 1)) {
      const bit = letters.find(([known]) => known === letter)?.[1];
      if (bit === undefined) problems.push(`Unknown perm type: ${letter}`);
      else perms |= bit;
    }
    acl.push({ perms, scheme: entry.slice(0, first), id: entry.slice(first + 1, last) });
  }
  return { acl, problems };
}
