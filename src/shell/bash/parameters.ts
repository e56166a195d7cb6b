/** `${…}`: defaults, lengths, prefixes and suffixes removed, replacements, slices, cases. */
import type { ParameterExpansionPart, ParameterOperation, Word } from 'unbash';
import type { ExpansionScope } from './expansionScope.ts';
import { ExpansionError } from './expansionScope.ts';
import { patternSource } from './pattern.ts';

interface Words {
  readonly text: (word: Word, scope: ExpansionScope) => string;
  readonly pattern: (word: Word, scope: ExpansionScope) => string;
}

/** Throws ExpansionError for `${x:?…}` and for what is not simulated (arrays, `${!x}`, `${x@Q}`). */
export function expandParameter(part: ParameterExpansionPart, scope: ExpansionScope, words: Words): string {
  const { parameter, prefix, operation } = part;
  if (part.index !== undefined || prefix === '!')
    throw new ExpansionError(`${part.text}: arrays and indirection are not simulated`);
  const value = scope.get(parameter);
  if (prefix === '#') return String((value ?? '').length);
  return operation === undefined
    ? (value ?? '')
    : apply(operation, { parameter, value, scope, words, whole: part.text });
}

interface Given {
  readonly parameter: string;
  readonly value: string | undefined;
  readonly scope: ExpansionScope;
  readonly words: Words;
  readonly whole: string;
}

function apply(operation: ParameterOperation, { parameter, value, scope, words, whole }: Given): string {
  const text = value ?? '';
  switch (operation.type) {
    case 'Transform':
    case 'Names':
    case 'Unknown':
      return fail(`${whole}: bad substitution`);
    case 'Default': {
      const isMissing = value === undefined || (operation.operator.startsWith(':') && value === '');
      const kind = operation.operator.at(-1);
      if (kind === '+') return isMissing ? '' : words.text(operation.operand, scope);
      if (!isMissing) return text;
      const fallback = words.text(operation.operand, scope);
      if (kind === '?') return failUnset(parameter, fallback);
      if (kind === '=') scope.set(parameter, fallback);
      return fallback;
    }
    case 'Remove':
      return remove(text, operation.operator, words.pattern(operation.operand, scope));
    case 'Replace': {
      const source = patternSource(words.pattern(operation.pattern, scope));
      const by = words.text(operation.replacement, scope);
      const anchored =
        operation.operator === '/#' ? `^(?:${source})` : operation.operator === '/%' ? `(?:${source})$` : source;
      return source === ''
        ? text
        : text.replace(new RegExp(anchored, operation.operator === '//' ? 'gsu' : 'su'), () => by);
    }
    case 'Slice': {
      const from = numberOf(words.text(operation.offset, scope));
      const start = from < 0 ? Math.max(0, text.length + from) : from;
      if (operation.length === undefined) return text.slice(start);
      const length = numberOf(words.text(operation.length, scope));
      return text.slice(start, length < 0 ? text.length + length : start + length);
    }
    default: {
      const change = (some: string): string =>
        operation.operator.startsWith('^') ? some.toUpperCase() : some.toLowerCase();
      return operation.operator.length === 2 ? change(text) : change(text.slice(0, 1)) + text.slice(1);
    }
  }
}

function failUnset(parameter: string, message: string): never {
  throw new ExpansionError(`${parameter}: ${message === '' ? 'parameter null or not set' : message}`, {
    endsShell: true,
  });
}

function fail(message: string): never {
  throw new ExpansionError(message);
}

const numberOf = (text: string): number => Math.trunc(Number(text.trim())) || 0;

/** Shortest (`#`, `%`) or longest (`##`, `%%`) match taken off the beginning or the end. */
function remove(text: string, operator: '#' | '##' | '%' | '%%', pattern: string): string {
  const whole = new RegExp(`^(?:${patternSource(pattern)})$`, 'su');
  const lengths = Array.from({ length: text.length + 1 }, (_, length) => length);
  if (operator.length === 2) lengths.reverse();
  const isPrefix = operator.startsWith('#');
  const found = lengths.find((length) =>
    whole.test(isPrefix ? text.slice(0, length) : text.slice(text.length - length)),
  );
  if (found === undefined) return text;
  return isPrefix ? text.slice(found) : text.slice(0, text.length - found);
}
