import { describe, expect, test } from 'vitest';
import type { ArgParser } from './argParser.ts';
import { argumentHelp, parseArguments } from './argParser.ts';
import { ToolExit } from './commandLine.ts';

const parser: ArgParser = {
  prog: 'tool',
  showsDefaults: true,
  args: [
    { flags: ['--topic'], help: 'A topic.', isRequired: true },
    { flags: ['--count'], help: 'How many.', type: 'integer', defaultsTo: '-1' },
    { flags: ['--props'], help: 'Properties.', metavar: 'K=V', takes: 'oneOrMore' },
    { flags: ['--verbose', '-v'], help: 'Say more.', takes: 'none' },
  ],
  groups: [
    {
      isExclusive: true,
      isRequired: true,
      args: [
        { flags: ['--size'], help: 'Its size.', type: 'integer' },
        { flags: ['--file'], help: 'Its file.' },
      ],
    },
  ],
};
const withCommands: ArgParser = {
  prog: 'tool',
  args: [{ flags: ['--server'], help: 'Whom to ask.', isRequired: true }],
  commands: [
    { name: 'list', help: 'Lists.', args: [] },
    { name: 'show', help: 'Shows.', args: [{ flags: ['--id'], help: 'Which.', isRequired: true }] },
  ],
};

function refusal(given: ArgParser, ...argv: string[]): string | undefined {
  try {
    parseArguments(given, argv);
    return undefined;
  } catch (problem) {
    return problem instanceof ToolExit ? problem.stderr.trimEnd().split('\n').at(-1) : undefined;
  }
}

describe('arguments of a command line', () => {
  test('have values, defaults and abbreviations', () => {
    const args = parseArguments(parser, ['--top=t', '--size', '5', '--props', 'a=1', 'b=2', '-v']);
    expect(args.valueOf('--topic')).toBe('t');
    expect(args.valueOf('--count')).toBe('-1');
    expect(args.valuesOf('--props')).toEqual(['a=1', 'b=2']);
    expect(args.has('--verbose')).toBe(true);
    expect(args.has('--count')).toBe(false);
  });

  test("after a command are the command's own", () => {
    const args = parseArguments(withCommands, ['--server', 'here', 'show', '--id', '7']);
    expect(args.command).toBe('show');
    expect(args.valueOf('--server')).toBe('here');
    expect(args.valueOf('--id')).toBe('7');
  });

  test.each([
    [parser, ['--size', '5'], 'argument --topic is required'],
    [parser, ['--topic', 't'], 'one of the arguments --size --file is required'],
    [parser, ['--topic', 't', '--size', '5', '--file', 'f'], 'argument --file: not allowed with argument --size'],
    [parser, ['--topic'], 'argument --topic: expected one argument'],
    [
      parser,
      ['--topic', 't', '--size', 'big'],
      'argument --size: could not convert \'big\' to Integer (For input string: "big")',
    ],
    [parser, ['--nothing'], "unrecognized arguments: '--nothing'"],
    [withCommands, ['--server', 'here'], 'too few arguments'],
    [withCommands, ['list', '--server', 'here'], "unrecognized arguments: '--server'"],
    [withCommands, ['list'], 'argument --server is required'],
  ] as const)('are refused with a reason: %#', (given, argv, reason) => {
    expect(refusal(given, ...argv)).toBe(`tool: error: ${reason}`);
  });
});

describe('help', () => {
  test('shows usage, arguments and defaults', () => {
    expect(argumentHelp(parser)).toBe(
      [
        'usage: tool [-h] --topic TOPIC [--count COUNT] [--props K=V [K=V ...]] [--verbose] (--size SIZE | --file FILE)',
        '',
        'optional arguments:',
        '  -h, --help             show this help message and exit',
        '  --topic TOPIC          A topic.',
        '  --count COUNT          How many. (default: -1)',
        '  --props K=V [K=V ...]  Properties.',
        '  --verbose, -v          Say more.',
        '  --size SIZE            Its size.',
        '  --file FILE            Its file.',
        '',
      ].join('\n'),
    );
  });
});
