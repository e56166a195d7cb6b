/** The scripts of `sed`, parsed and run over a text. */
import { regExpOf, sourceOf } from './posixExpression.ts';

type Address =
  | { readonly kind: 'line'; readonly number: number }
  | { readonly kind: 'last' }
  | { readonly kind: 'step'; readonly first: number; readonly step: number }
  | { readonly kind: 'match'; readonly expression: RegExp };

type Action =
  | {
      readonly kind: 'substitute';
      readonly expression: RegExp;
      readonly by: string;
      readonly isGlobal: boolean;
      readonly nth: number;
      readonly prints: boolean;
    }
  | { readonly kind: 'delete' }
  | { readonly kind: 'print' }
  | { readonly kind: 'number' }
  | { readonly kind: 'quit'; readonly exitCode: number }
  | { readonly kind: 'append' | 'insert' | 'change'; readonly text: string }
  | { readonly kind: 'translate'; readonly from: string; readonly to: string };

export interface SedCommand {
  readonly from: Address | null;
  readonly to: Address | null;
  readonly isNegated: boolean;
  readonly action: Action;
}

/** The commands, or what is wrong, in sed's words after `-e expression #1, `. */
export function parseSedScript(
  script: string,
  { isExtended }: { readonly isExtended: boolean },
): readonly SedCommand[] | string {
  return new SedParser(script, isExtended).parse();
}

class SedError extends Error {}

class SedParser {
  readonly #script: string;
  readonly #syntax: 'basic' | 'extended';
  #at = 0;

  constructor(script: string, isExtended: boolean) {
    this.#script = script;
    this.#syntax = isExtended ? 'extended' : 'basic';
  }

  parse(): readonly SedCommand[] | string {
    const commands: SedCommand[] = [];
    try {
      for (this.#skip(/[\s;]/); this.#at < this.#script.length; this.#skip(/[\s;]/)) commands.push(this.#command());
      return commands;
    } catch (error) {
      if (error instanceof SedError) return error.message;
      throw error;
    }
  }

  #fail(message: string): never {
    throw new SedError(`char ${this.#at}: ${message}`);
  }
  #peek(): string {
    return this.#script.charAt(this.#at);
  }
  #skip(pattern: RegExp): void {
    while (this.#at < this.#script.length && pattern.test(this.#peek())) this.#at++;
  }

  #command(): SedCommand {
    const from = this.#address();
    let to: Address | null = null;
    if (from !== null && this.#peek() === ',') {
      this.#at++;
      to = this.#address();
      if (to === null) this.#fail("unexpected `,'");
    }
    this.#skip(/\s/);
    const isNegated = this.#peek() === '!';
    if (isNegated) this.#at++;
    this.#skip(/\s/);
    return { from, to, isNegated, action: this.#action() };
  }

  #address(): Address | null {
    const rest = this.#script.slice(this.#at);
    const step = /^(\d+)~(\d+)/.exec(rest);
    if (step !== null) {
      this.#at += step[0].length;
      return { kind: 'step', first: Number(step[1]), step: Number(step[2]) };
    }
    const number = /^\d+/.exec(rest)?.[0];
    if (number !== undefined) {
      this.#at += number.length;
      return { kind: 'line', number: Number(number) };
    }
    if (rest.startsWith('$')) {
      this.#at++;
      return { kind: 'last' };
    }
    if (!rest.startsWith('/')) return null;
    this.#at++;
    return { kind: 'match', expression: this.#expression(this.#until('/', 'unterminated address regex'), '') };
  }

  /** The text up to an unescaped delimiter, which is passed. */
  #until(delimiter: string, otherwise: string): string {
    let text = '';
    for (; this.#at < this.#script.length; this.#at++) {
      const char = this.#peek();
      if (char === delimiter) {
        this.#at++;
        return text;
      }
      if (char === '\\') {
        const next = this.#script.charAt(++this.#at);
        text += next === delimiter ? next : `\\${next}`;
      } else text += char;
    }
    return this.#fail(otherwise);
  }

  #expression(pattern: string, flags: string): RegExp {
    const expression = regExpOf([pattern], { syntax: this.#syntax, ignoresCase: /[iI]/.test(flags) });
    if (typeof expression === 'string') return this.#fail(expression);
    return new RegExp(sourceOf(pattern, this.#syntax), /[iI]/.test(flags) ? 'gi' : 'g');
  }

  #action(): Action {
    const letter = this.#peek();
    this.#at++;
    switch (letter) {
      case 's':
        return this.#substitution();
      case 'd':
        return { kind: 'delete' };
      case 'p':
        return { kind: 'print' };
      case '=':
        return { kind: 'number' };
      case 'q': {
        const code = /^\s*\d+/.exec(this.#script.slice(this.#at))?.[0] ?? '';
        this.#at += code.length;
        return { kind: 'quit', exitCode: Number(code) };
      }
      case 'a':
      case 'i':
      case 'c': {
        const kind = letter === 'a' ? 'append' : letter === 'i' ? 'insert' : 'change';
        const [whole, text = ''] = /^\s*(?:\\\n?)?[ \t]*([^\n]*)/.exec(this.#script.slice(this.#at)) ?? [''];
        this.#at += whole.length;
        return { kind, text };
      }
      case 'y': {
        const delimiter = this.#peek();
        this.#at++;
        const from = this.#until(delimiter, "unterminated `y' command");
        const to = this.#until(delimiter, "unterminated `y' command");
        if (from.length !== to.length) this.#fail("strings for `y' command are different lengths");
        return { kind: 'translate', from, to };
      }
      case '':
        return this.#fail('missing command');
      default:
        return this.#fail(`unknown command: \`${letter}'`);
    }
  }

  #substitution(): Action {
    const delimiter = this.#peek();
    this.#at++;
    const pattern = this.#until(delimiter, "unterminated `s' command");
    const by = this.#until(delimiter, "unterminated `s' command");
    const flags = /^[gpiI\d]*/.exec(this.#script.slice(this.#at))?.[0] ?? '';
    this.#at += flags.length;
    if (/^[^\s;}]/.test(this.#script.slice(this.#at))) {
      this.#at++;
      this.#fail("unknown option to `s'");
    }
    return {
      kind: 'substitute',
      expression: this.#expression(pattern, flags),
      by,
      isGlobal: flags.includes('g'),
      nth: Number(/\d+/.exec(flags)?.[0] ?? '1'),
      prints: flags.includes('p'),
    };
  }
}

export function runSed(
  commands: readonly SedCommand[],
  text: string,
  { isQuiet }: { readonly isQuiet: boolean },
): { readonly text: string; readonly exitCode: number } {
  const lines = text.split('\n');
  const isEnded = lines.at(-1) === '';
  if (isEnded) lines.pop();
  const open = new Set<SedCommand>();
  let output = '';
  for (const [index, original] of lines.entries()) {
    const end = isEnded || index < lines.length - 1 ? '\n' : '';
    const at = { number: index + 1, isLast: index === lines.length - 1 };
    let line: string | null = original;
    let after = '';
    let exitCode: number | null = null;
    for (const command of commands) {
      if (line === null || exitCode !== null) break;
      if (isChosen(command, line, at, open) === command.isNegated) continue;
      const { action } = command;
      switch (action.kind) {
        case 'substitute': {
          const next: string = substitute(action, line);
          if (next !== line && action.prints) output += next + end;
          line = next;
          break;
        }
        case 'delete':
          line = null;
          break;
        case 'print':
          output += line + end;
          break;
        case 'number':
          output += `${at.number}\n`;
          break;
        case 'quit':
          ({ exitCode } = action);
          break;
        case 'append':
          after += `${action.text}\n`;
          break;
        case 'insert':
          output += `${action.text}\n`;
          break;
        case 'change':
          output += `${action.text}\n`;
          line = null;
          break;
        case 'translate':
          line = Array.from(line, (char) => action.to.charAt(action.from.indexOf(char)) || char).join('');
          break;
      }
    }
    if (line !== null && !isQuiet) output += line + end;
    output += after;
    if (exitCode !== null) return { text: output, exitCode };
  }
  return { text: output, exitCode: 0 };
}

interface Position {
  readonly number: number;
  readonly isLast: boolean;
}

/** `open`: ranges that have begun and not ended. */
function isChosen(command: SedCommand, line: string, at: Position, open: Set<SedCommand>): boolean {
  const { from, to } = command;
  if (from === null) return true;
  if (to === null) return isAt(from, line, at);
  if (open.has(command)) {
    if (to.kind === 'line' ? at.number >= to.number : isAt(to, line, at)) open.delete(command);
    return to.kind !== 'line' || at.number <= to.number;
  }
  if (!isAt(from, line, at)) return false;
  if (to.kind !== 'line' || to.number > at.number) open.add(command);
  return true;
}

function isAt(address: Address, line: string, { number, isLast }: Position): boolean {
  switch (address.kind) {
    case 'line':
      return number === address.number;
    case 'last':
      return isLast;
    case 'step':
      return address.step > 0 && number >= address.first && (number - address.first) % address.step === 0;
    case 'match':
      address.expression.lastIndex = 0;
      return address.expression.test(line);
  }
}

function substitute({ expression, by, isGlobal, nth }: Extract<Action, { kind: 'substitute' }>, line: string): string {
  let count = 0;
  expression.lastIndex = 0;
  return line.replace(expression, (...found: readonly (string | number | undefined)[]) => {
    count++;
    const match = String(found[0]);
    if (isGlobal ? count < nth : count !== nth) return match;
    return by.replace(/\\([\d&nt\\])|\\(.)|&/gs, (whole: string, escape?: string, other?: string) => {
      if (whole === '&' || escape === '0') return match;
      if (other !== undefined) return other;
      if (escape === 'n') return '\n';
      if (escape === 't') return '\t';
      if (escape === undefined || !/\d/.test(escape)) return escape ?? '';
      // After the groups comes the place of the match, a number.
      const group = found[Number(escape)];
      return typeof group === 'string' ? group : '';
    });
  });
}
