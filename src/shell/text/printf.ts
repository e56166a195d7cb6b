/** `printf`: the format is used again until no argument is left. */
import { unescape } from './escapes.ts';

export interface Printed {
  readonly text: string;
  /** In bash's words after `printf: `. */
  readonly errors: readonly string[];
}

const directive = /%(?:%|([-+ 0#]*)(\*|\d+)?(?:\.(\*|\d+))?([a-zA-Z]))/g;

export function printfText(format: string, args: readonly string[]): Printed {
  const errors: string[] = [];
  const rest = [...args];
  const take = (): string => rest.shift() ?? '';
  let text = '';
  do {
    const before = rest.length;
    const once = formatOnce(format, take, errors);
    text += once.text;
    if (once.isCut || rest.length === before) break;
  } while (rest.length > 0);
  return { text, errors };
}

function formatOnce(
  format: string,
  take: () => string,
  errors: string[],
): { readonly text: string; readonly isCut: boolean } {
  let text = '';
  let from = 0;
  for (const match of format.matchAll(directive)) {
    const literal = unescape(format.slice(from, match.index));
    text += literal.text;
    if (literal.isCut) return { text, isCut: true };
    from = match.index + match[0].length;
    const [whole, flags = '', width, precision, letter] = match;
    if (whole === '%%' || letter === undefined) {
      text += '%';
      continue;
    }
    const size = (given: string | undefined): number | undefined =>
      given === undefined ? undefined : given === '*' ? Math.trunc(Number(take())) || 0 : Number(given);
    const [minimum, digits] = [size(width), size(precision)];
    if (letter === 'b') {
      const inner = unescape(take());
      text += padded(inner.text, minimum ?? 0, flags);
      if (inner.isCut) return { text, isCut: true };
      continue;
    }
    text += padded(convert(letter, take(), { flags, digits, errors }), minimum ?? 0, flags);
  }
  const tail = unescape(format.slice(from));
  return { text: text + tail.text, isCut: tail.isCut };
}

interface Conversion {
  readonly flags: string;
  readonly digits: number | undefined;
  readonly errors: string[];
}

function convert(letter: string, argument: string, { flags, digits, errors }: Conversion): string {
  const number = (): number => {
    const quoted = /^["'](.)/su.exec(argument)?.[1];
    if (quoted !== undefined) return quoted.codePointAt(0) ?? 0;
    const octal = /^[-+]?0[0-7]+$/.test(argument);
    const value = octal ? Number.parseInt(argument, 8) : Number(argument === '' ? '0' : argument.trim());
    if (!Number.isNaN(value)) return value;
    errors.push(`${argument}: invalid number`);
    return Number.parseFloat(argument) || 0;
  };
  const signed = (value: number, written: string): string => {
    const sign = value < 0 ? '-' : flags.includes('+') ? '+' : flags.includes(' ') ? ' ' : '';
    return sign + written;
  };
  switch (letter) {
    case 's':
      return digits === undefined ? argument : argument.slice(0, digits);
    case 'q':
      return /^[\w./:=@%+-]+$/.test(argument) ? argument : `'${argument.replaceAll("'", String.raw`'\''`)}'`;
    case 'c':
      return argument.slice(0, 1);
    case 'd':
    case 'i':
    case 'u': {
      const value = Math.trunc(number());
      return signed(value, String(Math.abs(value)).padStart(digits ?? 0, '0'));
    }
    case 'o':
    case 'x':
    case 'X': {
      const written = Math.abs(Math.trunc(number())).toString(letter === 'o' ? 8 : 16);
      return letter === 'X' ? written.toUpperCase() : written;
    }
    case 'e':
    case 'f':
    case 'g': {
      const value = number();
      const size = Math.abs(value);
      if (letter === 'f') return signed(value, size.toFixed(digits ?? 6));
      if (letter === 'e') return signed(value, size.toExponential(digits ?? 6).replace(/e([+-])(\d)$/, 'e$10$2'));
      return signed(value, String(Number(size.toPrecision(digits === 0 ? 1 : (digits ?? 6)))));
    }
    default:
      errors.push(`\`${letter}': invalid format character`);
      return '';
  }
}

function padded(text: string, width: number, flags: string): string {
  if (flags.includes('-')) return text.padEnd(width);
  if (!flags.includes('0') || !/^[-+ ]?[\d.]+$/.test(text)) return text.padStart(width);
  const sign = /^[-+ ]/.exec(text)?.[0] ?? '';
  return sign + text.slice(sign.length).padStart(width - sign.length, '0');
}
