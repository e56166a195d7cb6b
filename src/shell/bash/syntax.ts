/** Bash's grammar as a library reads it (`unbash`), and what bash says of a line that it cannot read. */
import type { ParsedScript } from 'unbash';
import { forEachChild, parse } from 'unbash';
import type { SyntaxNode } from 'unbash';

export type Parsed =
  | { readonly kind: 'script'; readonly script: ParsedScript }
  /** The command goes on in the next line. */
  | { readonly kind: 'incomplete' }
  /** In bash's words, after `bash: ` or `bash: -c: line 1: `. */
  | { readonly kind: 'error'; readonly message: string };

/** `isWhole`: no further line will come, so that what is incomplete is an error. */
export function parseBash(source: string, { isWhole }: { readonly isWhole: boolean }): Parsed {
  const script = parse(source);
  if (!isWhole && endsWithContinuation(source)) return { kind: 'incomplete' };
  const first = firstError(script);
  if (first === undefined) {
    if (!isWhole && hasOpenHereDocument(script)) return { kind: 'incomplete' };
    return { kind: 'script', script };
  }
  const { message, pos } = first;
  const unterminated = /^unterminated (.*)$/.exec(message)?.[1];
  if (unterminated !== undefined) {
    if (!isWhole) return { kind: 'incomplete' };
    return { kind: 'error', message: `unexpected EOF while looking for matching \`${closingOf[unterminated] ?? ')'}'` };
  }
  const named = /^unexpected token '(.*)'$/s.exec(message)?.[1];
  const rest = source.slice(pos).trimStart();
  if (named === undefined && message === 'expected redirect target' && (rest === '' || source.charAt(pos) === '\n'))
    return { kind: 'error', message: "syntax error near unexpected token `newline'" };
  if (named === undefined && rest === '')
    return isWhole ? { kind: 'error', message: 'syntax error: unexpected end of file' } : { kind: 'incomplete' };
  return { kind: 'error', message: `syntax error near unexpected token \`${culprit(source, pos, named)}'` };
}

const closingOf: Readonly<Record<string, string>> = {
  'double quote': '"',
  'single quote': "'",
  backtick: '`',
  'command substitution': ')',
  'parameter expansion': '}',
};

/** `echo (a)`: bash stops at what follows the parenthesis, the library at the one that closes it. */
function culprit(source: string, pos: number, named: string | undefined): string {
  if (named === ')') {
    const inside = /\(\s*([^\s()]+)\s*$/.exec(source.slice(0, pos))?.[1];
    if (inside !== undefined) return inside;
  }
  return named ?? tokenAt(source, pos);
}

const tokenAt = (source: string, pos: number): string =>
  /^(?:&&|\|\||;;|[;&|()<>]|[^\s;&|()<>]+)/.exec(source.slice(pos).trimStart())?.[0] ?? 'newline';

function endsWithContinuation(source: string): boolean {
  const backslashes = /(\\+)\n?$/.exec(source)?.[1]?.length ?? 0;
  return backslashes % 2 === 1 && !endsInsideComment(source);
}
const endsInsideComment = (source: string): boolean => /(^|\s)#[^\n'"]*\n?$/.test(source);

function firstError(script: ParsedScript): { readonly message: string; readonly pos: number } | undefined {
  return script.errors?.[0];
}

function hasOpenHereDocument(script: ParsedScript): boolean {
  let isOpen = false;
  const visit = (node: SyntaxNode): void => {
    if (node.type === 'HereDoc' && node.closing === undefined) isOpen = true;
    if (!isOpen) forEachChild(node, visit);
  };
  visit(script);
  return isOpen;
}
