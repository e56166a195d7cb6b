/** Options as GNU's getopt reads them: `-lah`, `-n5`, `-n 5`, `--lines=5`, anywhere before `--`; and its complaints. */

export interface OptionTable {
  /** Letters of options without a value. */
  readonly flags: string;
  /** Letters of options with a value. */
  readonly valued?: string;
  /** Long names, and the letters they stand for. */
  readonly long?: Readonly<Record<string, string>>;
  /** Everything but a lone `--help` is an operand. */
  readonly readsItsOptions?: boolean;
  /** `echo --help` prints it. */
  readonly ignoresHelp?: boolean;
  /** Options end at the first operand, as for commands that run another. */
  readonly stopsAtOperand?: boolean;
}

export interface Options {
  has(letter: string): boolean;
  /** The last value given; undefined where the option was not. */
  value(letter: string): string | undefined;
  values(letter: string): readonly string[];
  /** Letters in the order given. */
  readonly given: readonly string[];
  readonly operands: readonly string[];
}

/** `problem`: the line after the command's name. */
export type ParsedOptions = { readonly options: Options } | { readonly problem: string } | { readonly isHelp: true };

export function parseOptions(
  args: readonly string[],
  { flags, valued = '', long = {}, stopsAtOperand = false, readsItsOptions = false, ignoresHelp = false }: OptionTable,
): ParsedOptions {
  const given: string[] = [];
  const values: (readonly [string, string])[] = [];
  const operands: string[] = [];
  const rest = [...args];
  if (readsItsOptions && (ignoresHelp || args.join(' ') !== '--help')) operands.push(...rest.splice(0));
  for (let arg = rest.shift(); arg !== undefined; arg = rest.shift()) {
    if (arg === '--') {
      operands.push(...rest.splice(0));
    } else if (arg.startsWith('--')) {
      const [name, value] = splitLong(arg.slice(2));
      if (name === 'help') return { isHelp: true };
      const matches = Object.keys(long).filter(
        (known) => known === name || (name.length > 2 && known.startsWith(name)),
      );
      const letter = long[matches.includes(name) ? name : (matches[0] ?? '')];
      if (letter === undefined) return { problem: `unrecognized option '--${name}'` };
      given.push(letter);
      if (!valued.includes(letter)) continue;
      const taken = value ?? rest.shift();
      if (taken === undefined) return { problem: `option '--${name}' requires an argument` };
      values.push([letter, taken]);
    } else if (arg.startsWith('-') && arg !== '-') {
      for (let at = 1; at < arg.length; at++) {
        const letter = arg.charAt(at);
        if (valued.includes(letter)) {
          given.push(letter);
          const taken = at + 1 < arg.length ? arg.slice(at + 1) : rest.shift();
          if (taken === undefined) return { problem: `option requires an argument -- '${letter}'` };
          values.push([letter, taken]);
          break;
        }
        if (!flags.includes(letter)) return { problem: `invalid option -- '${letter}'` };
        given.push(letter);
      }
    } else {
      operands.push(arg);
      if (stopsAtOperand) operands.push(...rest.splice(0));
    }
  }
  return {
    options: {
      has: (letter) => given.includes(letter),
      value: (letter) => values.findLast(([name]) => name === letter)?.[1],
      values: (letter) => values.filter(([name]) => name === letter).map(([, value]) => value),
      given,
      operands,
    },
  };
}

function splitLong(text: string): readonly [string, string | undefined] {
  const at = text.indexOf('=');
  return at < 0 ? [text, undefined] : [text.slice(0, at), text.slice(at + 1)];
}
