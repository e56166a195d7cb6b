/** `test` and `[`: conditions on files, texts and numbers. */
import type { FileSystem } from '../../kernel/fileSystem.ts';
import { asDirectory, findNode, resolvePath } from '../../kernel/fileSystem.ts';

export interface Surroundings {
  readonly files: FileSystem;
  readonly cwd: string;
  readonly isVariableSet: (name: string) => boolean;
}

/** Whether it holds, or what is wrong with it, in bash's words after `test: `. */
export type Verdict = { readonly holds: boolean } | { readonly error: string };

/** The arguments after `test`, without the `]`. */
export function evaluateTest(args: readonly string[], around: Surroundings): Verdict {
  const tokens = [...args];
  if (tokens.length === 0) return { holds: false };
  try {
    const holds = either(tokens, around);
    return tokens.length > 0 ? { error: 'too many arguments' } : { holds };
  } catch (error) {
    if (error instanceof TestError) return { error: error.message };
    throw error;
  }
}

class TestError extends Error {}

function either(tokens: string[], around: Surroundings): boolean {
  let holds = both(tokens, around);
  while (tokens[0] === '-o') {
    tokens.shift();
    const other = both(tokens, around);
    holds = holds || other;
  }
  return holds;
}

function both(tokens: string[], around: Surroundings): boolean {
  let holds = negated(tokens, around);
  while (tokens[0] === '-a') {
    tokens.shift();
    const other = negated(tokens, around);
    holds = holds && other;
  }
  return holds;
}

function negated(tokens: string[], around: Surroundings): boolean {
  if (tokens[0] === '!' && tokens.length > 1) {
    tokens.shift();
    return !negated(tokens, around);
  }
  return primary(tokens, around);
}

function primary(tokens: string[], around: Surroundings): boolean {
  const [first, second, third] = tokens;
  if (first === undefined) throw new TestError('argument expected');
  if (first === '(' && tokens.includes(')')) {
    tokens.shift();
    const holds = either(tokens, around);
    if (tokens.shift() !== ')') throw new TestError("`)' expected");
    return holds;
  }
  if (second !== undefined && third !== undefined && isBinary(second)) {
    tokens.splice(0, 3);
    return compare(first, second, third, around);
  }
  if (/^-[a-zA-Z]$/.test(first) && second !== undefined) {
    tokens.splice(0, 2);
    return testUnary(first, second, around);
  }
  if (second !== undefined && tokens.length === 2) throw new TestError(`${first}: unary operator expected`);
  tokens.shift();
  return first !== '';
}

const isBinary = (operator: string): boolean => /^(?:=|==|!=|<|>|-eq|-ne|-lt|-le|-gt|-ge|-nt|-ot|-ef)$/.test(operator);

/** `-f`, `-d`, `-z`… of one operand; throws nothing bash would not say. */
export function testUnary(operator: string, operand: string, { files, cwd, isVariableSet }: Surroundings): boolean {
  const node = operand === '' ? undefined : findNode(files, resolvePath(cwd, operand));
  switch (operator) {
    case '-n':
      return operand !== '';
    case '-z':
      return operand === '';
    case '-e':
    case '-a':
    case '-r':
    case '-w':
      return node !== undefined;
    case '-f':
      return node?.kind === 'file';
    case '-d':
      return asDirectory(node) !== undefined;
    case '-s':
      return node?.kind === 'file' ? node.sizeInBytes > 0 : node !== undefined;
    case '-x':
      return node !== undefined && (node.kind !== 'file' || node.isExecutable);
    case '-v':
      return isVariableSet(operand);
    default:
      return false;
  }
}

/** A comparison of two operands. Throws for numbers that are none. */
function compare(left: string, operator: string, right: string, { files, cwd }: Surroundings): boolean {
  switch (operator) {
    case '=':
    case '==':
      return left === right;
    case '!=':
      return left !== right;
    case '<':
      return left < right;
    case '>':
      return left > right;
    case '-nt':
    case '-ot': {
      const one = findNode(files, resolvePath(cwd, left))?.modifiedAt ?? Number.NEGATIVE_INFINITY;
      const other = findNode(files, resolvePath(cwd, right))?.modifiedAt ?? Number.NEGATIVE_INFINITY;
      return operator === '-nt' ? one > other : one < other;
    }
    case '-ef':
      return resolvePath(cwd, left) === resolvePath(cwd, right);
    default:
      return compareNumbers(wholeNumber(left), operator, wholeNumber(right));
  }
}

/** `-eq`, `-lt`… */
export function compareNumbers(left: number, operator: string, right: number): boolean {
  switch (operator) {
    case '-eq':
      return left === right;
    case '-ne':
      return left !== right;
    case '-lt':
      return left < right;
    case '-le':
      return left <= right;
    case '-gt':
      return left > right;
    default:
      return left >= right;
  }
}

function wholeNumber(text: string): number {
  if (!/^\s*[-+]?\d+\s*$/.test(text)) throw new TestError(`${text}: integer expression expected`);
  return Number(text);
}
