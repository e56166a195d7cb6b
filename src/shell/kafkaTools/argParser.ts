/**
 * The other parser of Kafka's tools: argparse4j 0.7.0, with sub-commands, groups of which one is required, and its own help.
 *
 * Follows `ArgumentParserImpl`, `ArgumentImpl`, `TextHelper` of net.sourceforge.argparse4j.
 */
import { ToolExit } from './commandLine.ts';
import { didYouMean } from './didYouMean.ts';
import { lineBreakPieces } from './lineBreaks.ts';
import { parseJavaInteger } from './optionParser.ts';

export interface ArgSpec {
  /** `--topic`; the short one first. */
  readonly flags: readonly string[];
  readonly help: string;
  /** Other than the name in capitals. */
  readonly metavar?: string;
  /** None: stands alone. */
  readonly takes?: 'one' | 'oneOrMore' | 'none';
  readonly type?: 'integer' | 'long' | 'double';
  readonly choices?: readonly string[];
  readonly isRequired?: boolean;
  /** As the help shows it. */
  readonly defaultsTo?: string;
  /** Accepted, not shown. */
  readonly isHidden?: boolean;
}

export interface ArgGroup {
  readonly title?: string;
  readonly description?: string;
  /** Of these only one may be given. */
  readonly isExclusive: boolean;
  readonly isRequired: boolean;
  readonly args: readonly ArgSpec[];
}

export interface ArgParser {
  readonly prog: string;
  readonly description?: string;
  /** The help tells defaults. */
  readonly showsDefaults?: boolean;
  readonly args: readonly ArgSpec[];
  readonly groups?: readonly ArgGroup[];
  readonly commands?: readonly ArgCommand[];
  /** Over the commands in the help; each is then shown as COMMAND. */
  readonly commandsTitle?: string;
}
export interface ArgCommand {
  readonly name: string;
  readonly help: string;
  /** Stands in the command's own help. */
  readonly description?: string;
  readonly args: readonly ArgSpec[];
  readonly groups?: readonly ArgGroup[];
}

export interface ParsedArgs {
  readonly command: string | null;
  has(flag: string): boolean;
  /** Undefined: neither given nor defaulted. */
  valueOf(flag: string): string | undefined;
  valuesOf(flag: string): readonly string[];
}

/** The terminals of the machine are 200 columns wide; argparse4j leaves five of them free. */
const WIDTH = 195;
const INDENT = 25;

const helpArg: ArgSpec = { flags: ['-h', '--help'], help: 'show this help message and exit', takes: 'none' };

/** A parser or one of its sub-commands, with what stands above it. */
interface Level {
  readonly parser: ArgParser;
  readonly command: ArgCommand | null;
  readonly args: readonly ArgSpec[];
  readonly groups: readonly ArgGroup[];
}
const topLevel = (parser: ArgParser): Level => ({
  parser,
  command: null,
  args: [helpArg, ...parser.args],
  groups: parser.groups ?? [],
});
const levelOf = (parser: ArgParser, command: ArgCommand): Level => ({
  parser,
  command,
  args: [helpArg, ...command.args],
  groups: command.groups ?? [],
});
const allArgs = ({ args, groups }: Level): readonly ArgSpec[] => [...args, ...groups.flatMap((group) => group.args)];

const nameOf = ({ flags }: ArgSpec): string => flags.join('/');
const destOf = ({ flags }: ArgSpec): string => flags.find((flag) => flag.startsWith('--')) ?? flags[0] ?? '';
const takes = ({ takes: given = 'one' }: ArgSpec): 'one' | 'oneOrMore' | 'none' => given;

// Parsing

/** Throws a `ToolExit`: for `--help` with the help, else with the usage and what is wrong. */
export function parseArguments(parser: ArgParser, argv: readonly string[]): ParsedArgs {
  const parsed = new Parsed(parser);
  let level = topLevel(parser);
  let deferred: ToolExit | null = null;
  let used = new Set<ArgSpec>();
  let at = 0;
  while (at < argv.length) {
    const term = argv[at]!;
    if (isFlag(term)) {
      const equals = term.indexOf('=');
      const flag = equals === -1 ? term : term.slice(0, equals);
      const arg = findArg(level, flag);
      if (arg === undefined) throw unrecognizedFlag(level, term);
      at++;
      // The tools leave with 1 after whatever ends the parsing.
      if (arg === helpArg) throw new ToolExit(1, { stdout: helpText(level) });
      checkExclusive(level, arg, used);
      used.add(arg);
      const embedded = equals === -1 ? null : term.slice(equals + 1);
      at = takeValues(parsed, level, { arg, argv, at, embedded });
    } else {
      const command = level.command === null ? findCommand(parser, term) : undefined;
      if (command === undefined) {
        if (level.command === null && parser.commands !== undefined) {
          const names = parser.commands.map(({ name }) => `'${name}'`).join(', ');
          const suggestion = didYouMean(
            term,
            parser.commands.map(({ name }) => ({ body: name, shown: name })),
          );
          throw problem(level, `invalid choice: '${term}' (choose from ${names})`, undefined, suggestion);
        }
        throw problem(level, `unrecognized arguments: '${argv.slice(at).join(' ')}'`);
      }
      deferred ??= missing(level, used);
      used = new Set();
      level = levelOf(parser, command);
      parsed.command = command.name;
      parsed.addDefaults(level);
      at++;
    }
  }
  if (parser.commands !== undefined && level.command === null) throw problem(level, 'too few arguments');
  deferred ??= missing(level, used);
  if (deferred !== null) throw deferred;
  return parsed;
}

class Parsed implements ParsedArgs {
  command: string | null = null;
  readonly given = new Map<string, string[]>();
  readonly #defaults = new Map<string, string>();

  constructor(parser: ArgParser) {
    this.addDefaults(topLevel(parser));
  }
  addDefaults(level: Level): void {
    for (const arg of allArgs(level)) {
      if (arg.defaultsTo !== undefined && takes(arg) !== 'none') this.#defaults.set(destOf(arg), arg.defaultsTo);
    }
  }
  has(flag: string): boolean {
    return this.given.has(flag);
  }
  valueOf(flag: string): string | undefined {
    return this.given.get(flag)?.at(-1) ?? this.#defaults.get(flag);
  }
  valuesOf(flag: string): readonly string[] {
    return this.given.get(flag) ?? [];
  }
}

const isFlag = (term: string): boolean => term.startsWith('-') && term.length > 1 && !/^-\d+$/.test(term);

/** An abbreviation will do when it is no other's as well. */
function findArg(level: Level, flag: string): ArgSpec | undefined {
  const args = allArgs(level);
  const exact = args.find(({ flags }) => flags.includes(flag));
  if (exact !== undefined) return exact;
  const flags = args.flatMap((arg) => arg.flags.map((name) => ({ arg, name })));
  const candidates = flags.filter(({ name }) => name.startsWith(flag));
  if (candidates.length <= 1) return candidates[0]?.arg;
  const names = candidates.map(({ name }) => name).sort();
  throw problem(level, `ambiguous option: ${flag} could match ${names.join(', ')}`);
}

/** A command may be abbreviated, too. */
function findCommand(parser: ArgParser, term: string): ArgCommand | undefined {
  const commands = parser.commands ?? [];
  const exact = commands.find(({ name }) => name === term);
  if (exact !== undefined || term === '') return exact;
  const candidates = commands.filter(({ name }) => name.startsWith(term));
  if (candidates.length <= 1) return candidates[0];
  const names = candidates.map(({ name }) => name).sort();
  throw problem(topLevel(parser), `ambiguous command: ${term} could match ${names.join(', ')}`);
}

function unrecognizedFlag(level: Level, term: string): ToolExit {
  const body = term.replace(/^-+/, '');
  const flags = allArgs(level).flatMap((arg) => arg.flags);
  const candidates = flags.map((flag) => ({ body: flag.replace(/^-+/, ''), shown: flag }));
  const suggestion =
    body.length < 2
      ? ''
      : didYouMean(
          body,
          candidates.filter((candidate) => candidate.body.length > 1),
        );
  return problem(level, `unrecognized arguments: '${term}'`, undefined, suggestion);
}

function checkExclusive(level: Level, arg: ArgSpec, used: ReadonlySet<ArgSpec>): void {
  const group = level.groups.find(({ isExclusive, args }) => isExclusive && args.includes(arg));
  const other = group?.args.find((one) => one !== arg && used.has(one));
  if (other !== undefined) throw problem(level, `not allowed with argument ${nameOf(other)}`, arg);
}

function takeValues(
  parsed: Parsed,
  level: Level,
  { arg, argv, at, embedded }: { arg: ArgSpec; argv: readonly string[]; at: number; embedded: string | null },
): number {
  const values: string[] = [];
  let next = at;
  if (takes(arg) === 'none') {
    if (embedded !== null) throw problem(level, `ignore implicit argument '${embedded}'`, arg);
  } else if (embedded !== null) values.push(embedded);
  else {
    const limit = takes(arg) === 'one' ? 1 : Infinity;
    while (values.length < limit && next < argv.length && !isFlag(argv[next]!)) values.push(argv[next++]!);
    if (values.length === 0) {
      const message = limit === 1 ? 'expected one argument' : 'expected at least 1 argument';
      throw problem(level, message, arg);
    }
  }
  for (const value of values) checkValue(level, arg, value);
  parsed.given.set(destOf(arg), values);
  return next;
}

function checkValue(level: Level, arg: ArgSpec, value: string): void {
  const { type, choices } = arg;
  const isNumber =
    type === undefined ||
    (type === 'double'
      ? value.trim() !== '' && !Number.isNaN(Number(value))
      : parseJavaInteger(value, type === 'long' ? 64 : 32) !== undefined);
  if (!isNumber) {
    const kind = { integer: 'Integer', long: 'Long', double: 'Double' }[type];
    throw problem(level, `could not convert '${value}' to ${kind} (For input string: "${value}")`, arg);
  }
  if (choices !== undefined && !choices.includes(value)) {
    throw problem(level, `invalid choice: '${value}' (choose from {${choices.join(',')}})`, arg);
  }
}

/** Of several that are missing the last is told. */
function missing(level: Level, used: ReadonlySet<ArgSpec>): ToolExit | null {
  const wanted = level.args.filter((arg) => arg.isRequired === true && !used.has(arg)).at(-1);
  if (wanted !== undefined) return problem(level, `argument ${nameOf(wanted)} is required`);
  for (const { isExclusive, isRequired, args } of level.groups) {
    if (!isExclusive || !isRequired || args.some((arg) => used.has(arg))) continue;
    const names = args.filter(({ isHidden }) => isHidden !== true).map(nameOf);
    return problem(level, `one of the arguments ${names.join(' ')} is required`);
  }
  return null;
}

function problem(level: Level, message: string, arg?: ArgSpec, suggestion = ''): ToolExit {
  const about = arg === undefined ? '' : `argument ${nameOf(arg)}: `;
  return new ToolExit(1, { stderr: `${usageOf(level)}${level.parser.prog}: error: ${about}${message}\n${suggestion}` });
}

/** What a tool itself finds wrong with its arguments (`ArgumentParser#handleError`). */
export const argumentProblem = (parser: ArgParser, message: string): ToolExit => problem(topLevel(parser), message);

// Help

export const argumentHelp = (parser: ArgParser): string => helpText(topLevel(parser));

const metavarOf = (arg: ArgSpec): string =>
  arg.metavar ??
  (arg.choices === undefined
    ? destOf(arg).replace(/^-+/, '').replaceAll('-', '_').toUpperCase()
    : `{${arg.choices.join(',')}}`);

function syntaxOf(arg: ArgSpec, flag = arg.flags[0] ?? ''): string {
  const metavar = metavarOf(arg);
  const kind = takes(arg);
  return kind === 'none' ? flag : kind === 'one' ? `${flag} ${metavar}` : `${flag} ${metavar} [${metavar} ...]`;
}
const bracketed = (arg: ArgSpec): string => (arg.isRequired === true ? syntaxOf(arg) : `[${syntaxOf(arg)}]`);

/** `(--a A`, `|`, `--b B)`: parts between which a line may be broken. */
function exclusiveSyntax({ isRequired, args }: ArgGroup): readonly string[] {
  const shown = args.filter(({ isHidden }) => isHidden !== true);
  if (shown.length === 1) return [isRequired ? syntaxOf(shown[0]!) : bracketed(shown[0]!)];
  return shown.flatMap((arg, index) => {
    const open = index > 0 ? '' : isRequired ? '(' : '[';
    const close = index < shown.length - 1 ? '' : isRequired ? ')' : ']';
    return [...(index > 0 ? ['|'] : []), `${open}${syntaxOf(arg)}${close}`];
  });
}

function usageOf({ parser, command, args, groups }: Level): string {
  const above =
    command === null
      ? []
      : [
          ...parser.args.filter(({ isRequired }) => isRequired === true).map(bracketed),
          ...(parser.groups ?? []).filter((group) => group.isExclusive && group.isRequired).flatMap(exclusiveSyntax),
          command.name,
        ];
  const parts = [
    ...above,
    ...args.filter(({ isHidden }) => isHidden !== true).map(bracketed),
    ...groups.filter(({ isExclusive }) => !isExclusive).flatMap((group) => group.args.map(bracketed)),
    ...groups.filter(({ isExclusive }) => isExclusive).flatMap(exclusiveSyntax),
    ...(command === null && parser.commands !== undefined ? [commandSyntax(parser), '...'] : []),
  ];
  const start = `usage: ${parser.prog}`;
  let text = start;
  let indent = start.length;
  if (start.length > 30) {
    indent = 6;
    text += `\n${' '.repeat(indent)}`;
  }
  let width = indent;
  for (const [index, part] of parts.entries()) {
    if (index > 0 && width + part.length + 1 > WIDTH) {
      text += `\n${' '.repeat(indent)}`;
      width = indent;
    }
    text += ` ${part}`;
    width += 1 + part.length;
  }
  return `${text}\n`;
}

/** What stands for a command in the usage. */
const commandSyntax = ({ commands = [], commandsTitle }: ArgParser): string =>
  commandsTitle === undefined ? `{${commands.map(({ name }) => name).join(',')}}` : 'COMMAND';

function helpText(level: Level): string {
  const { parser, command, args, groups } = level;
  const showsDefaults = parser.showsDefaults === true;
  const { description = '' } = command ?? parser;
  let text = usageOf(level);
  if (description !== '') text += `\n${wrap(description, { offset: 0, indent: '' })}\n`;
  const names = level.command === null ? (parser.commands ?? []) : [];
  const commands =
    names.length === 0
      ? ''
      : entry(commandSyntax(parser), '') + names.map(({ name, help }) => entry(`  ${name}`, help)).join('');
  if (commands !== '' && parser.commandsTitle === undefined) text += `\npositional arguments:\n${commands}`;
  const plain = [...args, ...groups.filter((group) => !isShownApart(group)).flatMap((group) => group.args)];
  text += `\noptional arguments:\n${plain.map((arg) => argHelp(arg, showsDefaults)).join('')}`;
  if (commands !== '' && parser.commandsTitle !== undefined) text += `\n${parser.commandsTitle}:\n${commands}`;
  for (const group of groups.filter(isShownApart)) {
    text += '\n';
    if (group.title !== undefined) text += `${group.title}:\n`;
    if (group.description !== undefined) text += `  ${wrap(group.description, { offset: 2, indent: '  ' })}\n\n`;
    text += group.args.map((arg) => argHelp(arg, showsDefaults)).join('');
  }
  return text;
}

const isShownApart = ({ isExclusive, title, description }: ArgGroup): boolean =>
  !isExclusive || title !== undefined || description !== undefined;

function argHelp(arg: ArgSpec, showsDefaults: boolean): string {
  if (arg.isHidden === true) return '';
  const byDefault = showsDefaults && arg.defaultsTo !== undefined ? `(default: ${arg.defaultsTo})` : '';
  const help = [arg.help, byDefault].filter((part) => part !== '').join(' ');
  return entry(arg.flags.map((flag) => syntaxOf(arg, flag)).join(', '), help);
}

function entry(title: string, help: string): string {
  if (help === '') return `  ${title}\n`;
  const gap = title.length <= INDENT - 4 ? ' '.repeat(INDENT - title.length - 2) : `\n${' '.repeat(INDENT)}`;
  return `  ${title}${gap}${wrap(help, { offset: INDENT, indent: ' '.repeat(INDENT) })}\n`;
}

/** Fills lines and stretches all but the last to the full width. */
function wrap(text: string, { offset, indent }: { readonly offset: number; readonly indent: string }): string {
  let result = '';
  let line = '';
  let width = offset;
  for (const piece of lineBreakPieces(text)) {
    width += piece.length;
    if (width > WIDTH) {
      result += `${stretched(line, width - piece.length)}\n${indent}`;
      line = '';
      width = indent.length + piece.length;
    }
    line += piece;
    if (piece.endsWith('\n')) {
      result += line + indent;
      line = '';
      width = indent.length;
    }
  }
  return result + line;
}

/** Spaces are added to each gap alike, and one more to those in the middle. */
function stretched(line: string, width: number): string {
  const trimmed = line.replace(/^ +| +$/g, '');
  const wanted = WIDTH - (width - (line.length - trimmed.length));
  const gaps = trimmed.match(/ +/g)?.length ?? 0;
  if (gaps === 0) return trimmed;
  const each = Math.floor(wanted / gaps);
  const rest = wanted % gaps;
  const from = Math.floor((gaps - rest + 1) / 2);
  let gap = 0;
  return trimmed.replace(/ +/g, (spaces) => {
    const more = each + (gap >= from && gap < from + rest ? 1 : 0);
    gap++;
    return ' '.repeat(more) + spaces;
  });
}
