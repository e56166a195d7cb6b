/** `find`: -name, -iname, -path, -type, -maxdepth, -mindepth, -size, -empty, -not, -print, -delete. */
import { asDirectory } from '../../kernel/fileSystem.ts';
import { matchesPattern } from '../bash/pattern.ts';
import type { Run } from './command.ts';
import { command } from './command.ts';
import { sizeOf } from './fileStatus.ts';
import type { Entry } from './fileTree.ts';
import { entriesBelow } from './fileTree.ts';

type Test = (entry: Entry) => boolean;
interface Expression {
  readonly tests: readonly Test[];
  readonly maxDepth: number;
  readonly minDepth: number;
  readonly deletes: boolean;
}

export const find = command(
  {
    name: 'find',
    help: `Usage: find [path...] [expression]

Simulated: -name PATTERN, -iname PATTERN, -path PATTERN, -type f|d, -maxdepth N, -mindepth N, -size [+-]N[ckMG], -empty,
           -not or !, -print, -delete
`,
    flags: '',
    // Its options are whole words after one dash, which it reads itself.
    readsItsOptions: true,
  },
  (run) => search(run, run.operands),
);

function search(run: Run, words: readonly string[]): void {
  const first = words.findIndex((word) => /^[-!(]/.test(word));
  const operands = first < 0 ? words : words.slice(0, first);
  const expression = expressionOf(first < 0 ? [] : words.slice(first));
  if (typeof expression === 'string') return run.complain(expression);
  for (const operand of operands.length === 0 ? ['.'] : operands) {
    const entries = entriesBelow(run.files, run.input.cwd, operand);
    if (entries.length === 0) run.complain(`‘${operand}’: No such file or directory`);
    const found = entries.filter(
      (entry) =>
        entry.depth <= expression.maxDepth &&
        entry.depth >= expression.minDepth &&
        expression.tests.every((test) => test(entry)),
    );
    for (const { path } of expression.deletes ? found.toReversed() : found) {
      if (expression.deletes) run.change({ kind: 'remove', path: run.path(path) });
      else run.out(`${path}\n`);
    }
  }
}

/** Or what is wrong with it. */
function expressionOf(words: readonly string[]): Expression | string {
  const tests: Test[] = [];
  let [maxDepth, minDepth, deletes, isNegated] = [Number.POSITIVE_INFINITY, 0, false, false];
  const rest = [...words];
  const add = (test: Test): void => {
    const negates = isNegated;
    tests.push((entry) => test(entry) !== negates);
    isNegated = false;
  };
  for (let word = rest.shift(); word !== undefined; word = rest.shift()) {
    const argument = (): string | undefined => rest.shift();
    switch (word) {
      case '-print':
      case '-a':
      case '-and':
        break;
      case '!':
      case '-not':
        isNegated = true;
        break;
      case '-empty':
        add(({ node }) => (asDirectory(node)?.entries.size ?? sizeOf(node)) === 0);
        break;
      case '-delete':
        deletes = true;
        break;
      case '-name':
      case '-iname':
      case '-path':
      case '-type':
      case '-size':
      case '-maxdepth':
      case '-mindepth': {
        const value = argument();
        if (value === undefined) return `missing argument to \`${word}'`;
        if (word === '-maxdepth') maxDepth = Number(value);
        else if (word === '-mindepth') minDepth = Number(value);
        else {
          const test = testOf(word, value);
          if (typeof test === 'string') return test;
          add(test);
        }
        break;
      }
      default:
        return word.startsWith('-') ? `unknown predicate \`${word}'` : `paths must precede expression: \`${word}'`;
    }
  }
  return { tests, maxDepth, minDepth, deletes };
}

function testOf(word: string, value: string): Test | string {
  const nameOf = ({ path }: Entry): string => path.replace(/\/+$/, '').split('/').at(-1) || path;
  switch (word) {
    case '-name':
      return (entry) => matchesPattern(value, nameOf(entry));
    case '-iname':
      return (entry) => matchesPattern(value.toLowerCase(), nameOf(entry).toLowerCase());
    case '-path':
      return ({ path }) => matchesPattern(value, path);
    case '-type':
      return /^[fd]$/.test(value)
        ? ({ node }) => (node.kind === 'file') === (value === 'f')
        : `Unknown argument to -type: ${value}`;
    default: {
      const [, sign = '', count, unit = 'b'] = /^([-+]?)(\d+)([bckMG]?)$/.exec(value) ?? [];
      if (count === undefined) return `Invalid argument \`${value}' to -size`;
      const unitInBytes = { b: 512, c: 1, k: 1024, M: 1_048_576, G: 1_073_741_824 }[unit === '' ? 'b' : unit] ?? 512;
      return ({ node }) => {
        const size = Math.ceil(sizeOf(node) / unitInBytes);
        return sign === '+' ? size > Number(count) : sign === '-' ? size < Number(count) : size === Number(count);
      };
    }
  }
}
