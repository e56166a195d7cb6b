/** Options of a command of ZooKeeper's shell, as commons-cli's `DefaultParser` reads them: anywhere, unknown ones refused. */
import { CliFailure } from './cliFailure.ts';

export interface CommandLine {
  /** The command's name first. */
  readonly args: readonly string[];
  has(option: string): boolean;
  valueOf(option: string): string | undefined;
}

/** `options`: letters, each with `:` behind it where it takes a value. */
export function parseCommandLine(words: readonly string[], options: string): CommandLine {
  const given = new Map<string, string | undefined>();
  const args: string[] = [];
  const rest = [...words];
  for (let word = rest.shift(); word !== undefined; word = rest.shift()) {
    const name = word.slice(1);
    if (!word.startsWith('-') || name === '') args.push(word);
    else if (word === '--') args.push(...rest.splice(0));
    else if (name.length !== 1 || !options.includes(name)) {
      throw new CliFailure(`org.apache.commons.cli.UnrecognizedOptionException: Unrecognized option: ${word}`);
    } else if (options[options.indexOf(name) + 1] !== ':') given.set(name, undefined);
    else {
      const value = rest.shift();
      if (value === undefined) {
        throw new CliFailure(`org.apache.commons.cli.MissingArgumentException: Missing argument for option: ${name}`);
      }
      given.set(name, value);
    }
  }
  return { args, has: (option) => given.has(option), valueOf: (option) => given.get(option) };
}
