/**
 * Options of a command of ZooKeeper's shell, as commons-cli's `DefaultParser` reads them: anywhere, several behind one dash, unknown ones
 * refused.
 */
import { CliFailure } from './cliFailure.ts';

export interface CommandLine {
  /** The command's name first. */
  readonly args: readonly string[];
  has(option: string): boolean;
  valueOf(option: string): string | undefined;
}

/** Options of which one at most may be given. */
export interface OptionGroup {
  /** Letters with what they mean, in order. */
  readonly options: Readonly<Record<string, string>>;
  readonly isRequired: boolean;
}

export interface Options {
  /** Letters, each with `:` behind it where it takes a value. */
  readonly letters: string;
  /** Options of several letters behind one dash; each takes a value. */
  readonly names?: readonly string[];
  readonly group?: OptionGroup;
}

export function parseCommandLine(
  words: readonly string[],
  { letters: options, names = [], group }: Options,
): CommandLine {
  const given = new Map<string, string | undefined>();
  const args: string[] = [];
  const isKnown = (name: string): boolean =>
    names.includes(name) || (name.length === 1 && name !== ':' && options.includes(name));
  const takesValue = (name: string): boolean => names.includes(name) || options[options.indexOf(name) + 1] === ':';
  const isOption = (word: string): boolean =>
    word.startsWith('-') && (isKnown(word.slice(1)) || isKnown(word.charAt(1)));
  let waiting: string | null = null;
  let selected: string | null = null;

  const take = (name: string): void => {
    endWaiting();
    if (group !== undefined && Object.hasOwn(group.options, name)) {
      if (selected !== null && selected !== name) {
        const text = `The option '${name}' was specified but an option from this group has already been selected: '${selected}'`;
        throw parseFailure('AlreadySelectedException', text);
      }
      selected = name;
    }
    if (takesValue(name)) waiting = name;
    else given.set(name, undefined);
  };
  const endWaiting = (): void => {
    if (waiting !== null) throw parseFailure('MissingArgumentException', `Missing argument for option: ${waiting}`);
  };
  const giveValue = (value: string): void => {
    // The first of several values is the one that is read.
    if (waiting !== null && !given.has(waiting)) given.set(waiting, value);
    waiting = null;
  };

  let isOver = false;
  for (const word of words) {
    const letters = word.slice(1);
    if (isOver) args.push(word);
    else if (word === '--') isOver = true;
    else if (waiting !== null && !isOption(word)) giveValue(word);
    else if (!word.startsWith('-') || letters === '') args.push(word);
    else if (letters.startsWith('-')) throw unknown(word);
    else if (isKnown(letters)) take(letters);
    else {
      for (const [at, letter] of Array.from(letters, (letter, index) => [index, letter] as const)) {
        if (!isKnown(letter)) throw unknown(word);
        take(letter);
        if (waiting !== null && at + 1 < letters.length) {
          giveValue(letters.slice(at + 1));
          break;
        }
      }
    }
  }
  endWaiting();
  if (group?.isRequired === true && selected === null) {
    const choices = Object.entries(group.options).map(([letter, meaning]) => `-${letter} ${meaning}`);
    throw parseFailure('MissingOptionException', `Missing required option: [${choices.join(', ')}]`);
  }
  return { args, has: (option) => given.has(option), valueOf: (option) => given.get(option) };
}

const parseFailure = (exception: string, text: string): CliFailure =>
  new CliFailure(`org.apache.commons.cli.${exception}: ${text}`);
const unknown = (word: string): CliFailure =>
  parseFailure('UnrecognizedOptionException', `Unrecognized option: ${word}`);
