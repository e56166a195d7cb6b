import { describe, expect, test } from 'vitest';
import { acceptedAcl, isGranted, permissions } from './accessControl.ts';

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
    expect(isGranted([entry(scheme, id)], permissions.read)).toBe(granted);
    expect(isGranted([entry(scheme, id)], permissions.write)).toBe(false);
  });

  test('that is empty grants everything', () => {
    expect(isGranted([], permissions.admin)).toBe(true);
  });

  test.each(['a:b', ':b', 'a:b:'])('may name digest:%s, which Java splits into two', (id) => {
    expect(acceptedAcl([entry('digest', id)])).not.toBeNull();
  });

  test('is kept without its duplicates', () => {
    expect(acceptedAcl([entry('world', 'anyone'), entry('world', 'anyone')])).toEqual([entry('world', 'anyone')]);
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
    expect(acceptedAcl([entry(scheme, id)])).toBeNull();
  });
});
