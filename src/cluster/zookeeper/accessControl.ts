/**
 * Who may do what with a znode: the check that goes before each request, and the lists that a client may leave. Every client of the lab
 * comes from the machine itself and has proved no other name. Follows `ZooKeeperServer#checkACL`, `PrepRequestProcessor#fixupACL` and
 * `IPAuthenticationProvider` (3.8.4).
 */
import type { Acl } from '../protocol/zookeeper.ts';

/** Bits of `ZooDefs.Perms`. */
export const permissions = { read: 1, write: 2, create: 4, delete: 8, admin: 16 } as const;

/** The address that every client comes from. */
const clientAddress = '127.0.0.1';

/** Whether a list grants one of these permissions to a client; an empty list grants everything. */
export const isGranted = (acl: readonly Acl[], wanted: number): boolean =>
  acl.length === 0 || acl.some((entry) => (entry.perms & wanted) !== 0 && isOfClient(entry));

const isOfClient = ({ scheme, id }: Acl): boolean =>
  scheme === 'world' ? id === 'anyone' : matchesAddress(scheme, id);

function matchesAddress(scheme: string, id: string): boolean {
  const range = scheme === 'ip' ? rangeOf(id) : null;
  const client = rangeOf(clientAddress);
  if (range === null || client === null) return false;
  return range.address.every((byte, index) => {
    const bits = Math.min(8, Math.max(0, range.bits - index * 8));
    const mask = 0xff & ~((1 << (8 - bits)) - 1);
    return (byte & mask) === (client.address[index]! & mask);
  });
}

/** The list as a server keeps it: without duplicates; null where it refuses it. */
export function acceptedAcl(acl: readonly Acl[]): readonly Acl[] | null {
  const kept = acl.filter((entry, index) => acl.findIndex((other) => isSame(entry, other)) === index);
  return kept.length > 0 && kept.every(isKnown) ? kept : null;
}

const isSame = (one: Acl, other: Acl): boolean =>
  one.perms === other.perms && one.scheme === other.scheme && one.id === other.id;

/** `auth` stands for the names that the client has proved: none. */
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
