import { describe, expect, test } from 'vitest';
import { OptionException, parseOptions } from './optionParser.ts';
import type { OptionSpec } from './optionSpec.ts';

const specs: readonly OptionSpec[] = [
  { name: 'topic', description: '', argument: {} },
  { name: 'partitions', description: '', argument: { type: 'Integer' } },
  { name: 'codec', description: '', argument: { isOptional: true } },
  { name: 'timeout', description: '', argument: { type: 'Long', defaultsTo: '1000' } },
  { name: 'sync', description: '' },
  { name: 'server', description: '', argument: {}, requiredUnless: ['old-server'] },
  { name: 'old-server', description: '', argument: {} },
  { name: 'delete', description: '', argument: { separatedBy: ',' } },
  { name: 'members', description: '', availableIf: ['describe'] },
  { name: 'describe', description: '' },
  { name: 'help', description: '', isForHelp: true },
];
const parse = (line: string) => parseOptions(specs, `--server s ${line}`.split(' '));
const refusal = (run: () => unknown): string => {
  try {
    run();
  } catch (problem) {
    if (problem instanceof OptionException) return problem.exception.message ?? '';
    throw problem;
  }
  return 'accepted';
};

describe('the options of a command line', () => {
  test.each(['--topic t', '--topic=t', '-topic t', '-topic=t'])('are understood as %s', (line) => {
    expect(parse(line).valueOf('topic')).toBe('t');
  });

  test('may take a value that looks like an option', () => {
    expect(parse('--partitions -2').integerOf('partitions')).toBe(-2);
  });

  test('take an optional value only when it is none', () => {
    expect(parse('--codec --sync').has('sync')).toBe(true);
    expect(parse('--codec gzip').valueOf('codec')).toBe('gzip');
  });

  test('have their defaults without being given', () => {
    const options = parse('');

    expect([options.has('timeout'), options.integerOf('timeout')]).toEqual([false, 1000]);
  });

  test('hold several values, also separated', () => {
    expect(parse('--delete a,b --delete c').valuesOf('delete')).toEqual(['a', 'b', 'c']);
  });

  test.each([
    ['--nulle-part', 'nulle-part is not a recognized option'],
    ['--part 3', 'part is not a recognized option'],
    ['-x', 'x is not a recognized option'],
    ['--topic', 'Option topic requires an argument'],
    ['--members', 'Option(s) [members] are unavailable given other options on the command line'],
  ])('%s is refused', (line, message) => {
    expect(refusal(() => parse(line))).toBe(message);
  });

  test('that are required are told to be missing, but not beside --help', () => {
    expect(refusal(() => parseOptions(specs, ['--sync']))).toBe('Missing required option(s) [server]');
    expect(refusal(() => parseOptions(specs, ['--old-server', 's']))).toBe('accepted');
    expect(refusal(() => parseOptions(specs, ['--help']))).toBe('accepted');
  });

  test('are converted only when they are asked for', () => {
    const options = parse('--partitions deux --topic a --topic b');

    expect(refusal(() => options.integerOf('partitions'))).toBe("Cannot parse argument 'deux' of option partitions");
    expect(refusal(() => options.valueOf('topic'))).toBe(
      'Found multiple arguments for option topic, but you asked for only one',
    );
  });

  test('may be abbreviated where a tool allows it', () => {
    const options = parseOptions(specs, ['--serv', 's', '--part', '3'], { allowsAbbreviations: true });

    expect(options.integerOf('partitions')).toBe(3);
  });
});
