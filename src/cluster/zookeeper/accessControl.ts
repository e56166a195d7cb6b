/**
 * Who may do what with a znode: the check that goes before each request, and the lists that a client may leave. Follows
 * `ZooKeeperServer#checkACL`, `PrepRequestProcessor#fixupACL`, `DigestAuthenticationProvider` and `IPAuthenticationProvider` (3.8.4).
 */
import { javaStringHash } from '../../kafka/javaHash.ts';
import { javaHashOrder } from '../../kafka/javaHashMap.ts';
import type { Acl, ZkIdentity } from '../protocol/zookeeper.ts';

/** Bits of `ZooDefs.Perms`. */
export const permissions = { read: 1, write: 2, create: 4, delete: 8, admin: 16 } as const;

/** What every client is from the start: all come from the machine itself. */
export const addressIdentity: ZkIdentity = { scheme: 'ip', id: '127.0.0.1' };
/** Of the server itself, which may do everything. */
export const superIdentity: ZkIdentity = { scheme: 'super', id: '' };

/** Whether a list grants one of these permissions to who has these names; an empty list grants everything. */
export const isGranted = (acl: readonly Acl[], wanted: number, identities: readonly ZkIdentity[]): boolean =>
  acl.length === 0 ||
  identities.includes(superIdentity) ||
  acl.some((entry) => (entry.perms & wanted) !== 0 && isOfClient(entry, identities));

const isOfClient = ({ scheme, id }: Acl, identities: readonly ZkIdentity[]): boolean =>
  (scheme === 'world' && id === 'anyone') ||
  identities.some((own) => own.scheme === scheme && (scheme === 'ip' ? matchesAddress(own.id, id) : own.id === id));

function matchesAddress(address: string, id: string): boolean {
  const range = rangeOf(id);
  const client = rangeOf(address);
  if (range === null || client === null) return false;
  return range.address.every((byte, index) => {
    const bits = Math.min(8, Math.max(0, range.bits - index * 8));
    const mask = 0xff & ~((1 << (8 - bits)) - 1);
    return (byte & mask) === (client.address[index]! & mask);
  });
}

/** The list as a server keeps it: without duplicates, `auth` as the names that who asks has proved; null where it refuses it. */
export function acceptedAcl(acl: readonly Acl[], identities: readonly ZkIdentity[]): readonly Acl[] | null {
  const kept: Acl[] = [];
  for (const [index, entry] of acl.entries()) {
    if (acl.findIndex((other) => isSame(entry, other)) !== index) continue;
    const meant =
      entry.scheme === 'auth' ? provedOf(identities).map((own) => ({ perms: entry.perms, ...own })) : [entry];
    if (meant.length === 0 || (entry.scheme !== 'auth' && !isKnown(entry))) return null;
    kept.push(...meant);
  }
  return kept.length > 0 ? kept : null;
}

/** An address proves nothing. The names of a connection are a set of Java's. */
function provedOf(identities: readonly ZkIdentity[]): readonly ZkIdentity[] {
  const hashOf = ({ scheme, id }: ZkIdentity): number =>
    (Math.imul(37, Math.imul(37, 17) + javaStringHash(scheme)) + javaStringHash(id)) | 0;
  return javaHashOrder(identities, hashOf).filter(({ scheme }) => scheme === 'digest');
}

/** The list as one sees it who may read it and not change it: without what is kept of passwords. */
export const withoutDigests = (acl: readonly Acl[]): readonly Acl[] =>
  acl.map((entry) => (entry.scheme === 'digest' ? { ...entry, id: entry.id.replace(/:.*/, ':x') } : entry));

const isSame = (one: Acl, other: Acl): boolean =>
  one.perms === other.perms && one.scheme === other.scheme && one.id === other.id;

const isKnown = ({ scheme, id }: Acl): boolean =>
  (scheme === 'world' && id === 'anyone') ||
  (scheme === 'ip' && rangeOf(id) !== null) ||
  (scheme === 'digest' && hasTwoParts(id));

/** As Java splits, which drops what is empty at the end: `a:` has one part, `a:b:` two. */
const hasTwoParts = (id: string): boolean => id.replace(/:+$/, '').split(':').length === 2;

/** `a.b.c.d` or `a.b.c.d/bits`. */
function rangeOf(text: string): { readonly address: readonly number[]; readonly bits: number } | null {
  const [address = '', bits = '32', ...rest] = text.split('/');
  const bytes = address.split('.');
  const isInRange = (number: string, most: number): boolean =>
    /^[+-]?\d+$/.test(number) && Number(number) >= 0 && Number(number) <= most;
  if (rest.length > 0 || bytes.length !== 4 || !bytes.every((byte) => isInRange(byte, 255)) || !isInRange(bits, 32))
    return null;
  return { address: bytes.map(Number), bits: Number(bits) };
}
