import { describe, expect, test } from 'vitest';
import {
  acceptedAcl,
  addressIdentity,
  isGranted,
  permissions,
  superIdentity,
  withoutDigests,
} from './accessControl.ts';
import { digestOf } from './authentication.ts';

const proved = (nameAndPassword: string) => ({ scheme: 'digest', id: digestOf(nameAndPassword) });
const entry = (scheme: string, id: string, perms: number = permissions.read) => ({ scheme, id, perms });

describe('a list of permissions', () => {
  test.each([
    ['world', 'anyone', true],
    ['ip', '127.0.0.1', true],
    ['ip', '127.0.0.9', false],
    ['ip', '127.3.0.1/8', true],
    ['ip', '128.0.0.0/1', false],
    ['ip', '10.0.0.0/0', true],
    ['digest', 'a:b', false],
  ])('of %s:%s grants what it names to a client of this machine: %s', (scheme, id, granted) => {
    expect(isGranted([entry(scheme, id)], permissions.read, [addressIdentity])).toBe(granted);
    expect(isGranted([entry(scheme, id)], permissions.write, [addressIdentity])).toBe(false);
  });

  test('that is empty grants everything', () => {
    expect(isGranted([], permissions.admin, [])).toBe(true);
  });

  test.each(['a:b', ':b', 'a:b:'])('may name digest:%s, which Java splits into two', (id) => {
    expect(acceptedAcl([entry('digest', id)], [])).not.toBeNull();
  });

  test('is kept without its duplicates', () => {
    expect(acceptedAcl([entry('world', 'anyone'), entry('world', 'anyone')], [])).toEqual([entry('world', 'anyone')]);
  });

  test.each([
    ['world', 'all'],
    ['auth', ''],
    ['ip', '127.0.0'],
    ['ip', '127.0.0.1/33'],
    ['ip', '127.0.0.256'],
    ['digest', 'a'],
    ['digest', 'a:'],
    ['digest', ':'],
    ['digest', 'a:b:c'],
    ['sasl', 'a'],
  ])('of %s:%s is refused', (scheme, id) => {
    expect(acceptedAcl([entry(scheme, id)], [addressIdentity])).toBeNull();
  });

  test('of a digest grants to who has proved that name with that password, and to the server itself', () => {
    const acl = [entry('digest', digestOf('alice:secret'))];

    expect(isGranted(acl, permissions.read, [addressIdentity, proved('alice:secret')])).toBe(true);
    expect(isGranted(acl, permissions.read, [addressIdentity, proved('alice:other')])).toBe(false);
    expect(isGranted(acl, permissions.write, [superIdentity])).toBe(true);
  });

  test('that names auth is kept with all the names that have been proved', () => {
    const [alice, bob] = [proved('alice:secret'), proved('bob:secret')];
    const kept = acceptedAcl([entry('auth', '', 31), entry('world', 'anyone')], [addressIdentity, alice, bob]);

    expect(kept).toHaveLength(3);
    expect(kept).toEqual(
      expect.arrayContaining([
        { ...alice, perms: 31 },
        { ...bob, perms: 31 },
      ]),
    );
    expect(kept?.at(-1)).toEqual(entry('world', 'anyone'));
  });

  test('shows no digest to who may not change it', () => {
    expect(withoutDigests([entry('digest', digestOf('alice:secret')), entry('world', 'anyone')])).toEqual([
      entry('digest', 'alice:x'),
      entry('world', 'anyone'),
    ]);
  });
});
