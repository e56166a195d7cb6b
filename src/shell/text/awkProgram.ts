/** A small part of awk: patterns, and `print` of fields and texts. */
import { regExpOf } from './posixExpression.ts';

type Term =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'field'; readonly index: number | 'NF' }
  | { readonly kind: 'variable'; readonly name: 'NR' | 'NF' };
type Condition =
  | { readonly kind: 'always' }
  | { readonly kind: 'match'; readonly term: Term; readonly expression: RegExp; readonly isNegated: boolean }
  | { readonly kind: 'compare'; readonly left: Term; readonly operator: string; readonly right: Term };
interface Rule {
  readonly condition: Condition;
  /** Items of the print, each a run of terms put together; null: the whole line. */
  readonly items: readonly (readonly Term[])[] | null;
}
export type AwkProgram = readonly Rule[];

const whole: Term = { kind: 'field', index: 0 };

/** Null for a program that is more than this. */
export function parseAwk(source: string): AwkProgram | null {
  const rules: Rule[] = [];
  let rest = source.trim();
  while (rest !== '') {
    const [all, pattern = '', action] =
      /^((?:\/(?:\\.|[^/])*\/|"(?:\\.|[^"])*"|[^{}/"])*)(?:\{([^{}]*)\})?\s*;?\s*/.exec(rest) ?? [''];
    if (all === '') return null;
    rest = rest.slice(all.length);
    const condition = conditionOf(pattern.trim());
    if (condition === null) return null;
    const statements = action === undefined ? ['print'] : action.split(/;(?=(?:[^"]*"[^"]*")*[^"]*$)/);
    for (const statement of statements.map((one) => one.trim()).filter((one) => one !== '')) {
      const items = itemsOf(statement);
      if (items === undefined) return null;
      rules.push({ condition, items });
    }
  }
  return rules.length === 0 ? null : rules;
}

function conditionOf(text: string): Condition | null {
  if (text === '') return { kind: 'always' };
  const match = /^(?:(\$\d+|\$NF)\s*(!?)~\s*|(!?))\/((?:\\.|[^/])*)\/$/.exec(text);
  if (match !== null) {
    const expression = regExpOf([match[4]!], { syntax: 'extended' });
    const term = match[1] === undefined ? whole : termOf(match[1]);
    const isNegated = (match[2] ?? '') !== '' || (match[3] ?? '') !== '';
    return typeof expression === 'string' || term === null ? null : { kind: 'match', term, expression, isNegated };
  }
  const [, left = '', operator = '', right = ''] = /^(.+?)\s*(==|!=|<=|>=|<|>)\s*(.+)$/.exec(text) ?? [];
  const [a, b] = [termOf(left), termOf(right)];
  return a === null || b === null ? null : { kind: 'compare', left: a, operator, right: b };
}

/** Undefined for an action that is not a print. */
function itemsOf(action: string): Rule['items'] | undefined {
  const [, list] = /^print\b\s*(.*)$/s.exec(action) ?? [];
  if (list === undefined) return undefined;
  if (list === '') return null;
  const items: Term[][] = [[]];
  const token = /\s*("(?:\\.|[^"])*"|\$\d+|\$NF|NR|NF|\d+|,)/y;
  while (token.lastIndex < list.trimEnd().length) {
    const found = token.exec(list)?.[1];
    if (found === undefined) return undefined;
    const term = found === ',' ? null : termOf(found);
    if (term === null) items.push([]);
    else items.at(-1)!.push(term);
  }
  return items;
}

function termOf(text: string): Term | null {
  if (/^".*"$/s.test(text))
    return {
      kind: 'text',
      text: text.slice(1, -1).replaceAll(String.raw`\t`, '\t').replaceAll(String.raw`\n`, '\n').replace(/\\(.)/g, '$1'),
    };
  if (text === '$NF') return { kind: 'field', index: 'NF' };
  if (/^\$\d+$/.test(text)) return { kind: 'field', index: Number(text.slice(1)) };
  if (text === 'NR' || text === 'NF') return { kind: 'variable', name: text };
  return /^-?\d+(?:\.\d+)?$/.test(text) ? { kind: 'text', text } : null;
}

/** The lines that the program prints for a line. */
export function awkPrints(
  program: AwkProgram,
  line: string,
  { lineNumber, separator }: { readonly lineNumber: number; readonly separator: string },
): readonly string[] {
  const fields = fieldsOf(line, separator);
  const valueOf = (term: Term): string => {
    if (term.kind === 'text') return term.text;
    if (term.kind === 'variable') return String(term.name === 'NR' ? lineNumber : fields.length);
    const index = term.index === 'NF' ? fields.length : term.index;
    return index === 0 ? line : (fields[index - 1] ?? '');
  };
  return program
    .filter(({ condition }) => holds(condition, valueOf))
    .map(({ items }) => (items === null ? line : items.map((terms) => terms.map(valueOf).join('')).join(' ')));
}

function fieldsOf(line: string, separator: string): readonly string[] {
  if (separator === ' ') return line.split(/\s+/).filter((field) => field !== '');
  if (separator.length === 1) return line.split(separator);
  const expression = regExpOf([separator], { syntax: 'extended' });
  return typeof expression === 'string' ? [line] : line.split(expression);
}

function holds(condition: Condition, valueOf: (term: Term) => string): boolean {
  switch (condition.kind) {
    case 'always':
      return true;
    case 'match':
      condition.expression.lastIndex = 0;
      return condition.expression.test(valueOf(condition.term)) !== condition.isNegated;
    case 'compare': {
      const [left, right] = [valueOf(condition.left), valueOf(condition.right)];
      const areNumbers = [left, right].every((value) => value.trim() !== '' && !Number.isNaN(Number(value)));
      const order = areNumbers ? Number(left) - Number(right) : left < right ? -1 : left > right ? 1 : 0;
      switch (condition.operator) {
        case '==':
          return order === 0;
        case '!=':
          return order !== 0;
        case '<':
          return order < 0;
        case '<=':
          return order <= 0;
        case '>':
          return order > 0;
        default:
          return order >= 0;
      }
    }
  }
}
