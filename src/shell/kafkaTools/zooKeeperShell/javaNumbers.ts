/** Numbers in the arguments of ZooKeeper's shell, as Java reads them; what is none ends the shell, for nobody catches the exception. */
import { thrown } from '../stackTrace.ts';

/** `Integer.parseInt`. */
export function parseInt32(text: string): number {
  const number = /^[+-]?\d+$/.test(text) ? Number(text) : Number.NaN;
  if (!(number >= -(2 ** 31) && number < 2 ** 31)) throw notANumber(text);
  return number;
}

/** `Integer.decode`: also hexadecimal (`0x`, `#`) and octal (`0`). */
export function decodeInt32(text: string): number {
  if (text === '') throw thrown('java.lang.NumberFormatException', 'Zero length string');
  const [, sign = '', prefix = '', digits = ''] = /^([+-]?)(0[xX]|#|0(?=.))?(.*)$/s.exec(text) ?? [];
  const radix = prefix === '' ? 10 : prefix === '0' ? 8 : 16;
  const isNumber = { 8: /^[0-7]+$/, 10: /^\d+$/, 16: /^[\da-fA-F]+$/ }[radix].test(digits);
  const number = isNumber ? Number.parseInt(digits, radix) * (sign === '-' ? -1 : 1) : Number.NaN;
  if (!(number >= -(2 ** 31) && number < 2 ** 31)) {
    throw notANumber(digits, radix === 10 ? '' : ` under radix ${radix}`);
  }
  return number;
}

const notANumber = (text: string, radix = ''): Error =>
  thrown('java.lang.NumberFormatException', `For input string: "${text}"${radix}`);
