import { describe, expect, test } from 'vitest';
import { parseCommandLine } from './cliOptions.ts';

const options = { letters: 'sRv:', names: ['file'], group: { options: { s: 'one', R: 'two' }, isRequired: false } };
const parse = (line: string) => parseCommandLine(line.split(' '), options);

describe('options of a command of the ZooKeeper shell', () => {
  test('are found anywhere', () => {
    const line = parse('set /a -v 3 x -s');
    expect(line.args).toEqual(['set', '/a', 'x']);
    expect([line.valueOf('v'), line.has('s')]).toEqual(['3', true]);
  });

  test('may stand behind one dash, the last with its value', () => {
    expect(parse('set -sv7 /a').valueOf('v')).toBe('7');
  });

  test('of several letters have a value', () => {
    expect(parse('set -file f').valueOf('file')).toBe('f');
  });

  test('take a word with a dash for a value where it is no option', () => {
    expect(parse('set -v -1 /a').valueOf('v')).toBe('-1');
  });

  test('end at two dashes', () => {
    expect(parse('set -- -s').args).toEqual(['set', '-s']);
  });

  test.each([
    ['set -v', 'org.apache.commons.cli.MissingArgumentException: Missing argument for option: v'],
    ['set -v -s', 'org.apache.commons.cli.MissingArgumentException: Missing argument for option: v'],
    ['set -x', 'org.apache.commons.cli.UnrecognizedOptionException: Unrecognized option: -x'],
    ['set --long', 'org.apache.commons.cli.UnrecognizedOptionException: Unrecognized option: --long'],
    [
      'set -s -R',
      "org.apache.commons.cli.AlreadySelectedException: The option 'R' was specified but an option from this group has already been selected: 's'",
    ],
  ])('are refused in %s', (line, message) => {
    expect(() => parse(line)).toThrow(message);
  });
});
