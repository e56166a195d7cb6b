/** `$(( … ))`: bash's integer arithmetic over variables. */
import type { ArithmeticExpression } from 'unbash';

export interface ArithmeticScope {
  /** The value of a variable; '' where there is none. */
  get(name: string): string;
  set(name: string, value: string): void;
  /** A word of the expression with its expansions done. */
  expand(word: Extract<ArithmeticExpression, { type: 'ArithmeticWord' }>): string;
}

/** Thrown in bash's words, without the `bash: ` prefix. */
export class ArithmeticError extends Error {}

/** A whole number (53 bits where bash has 64). Throws ArithmeticError. */
export function evaluate(expression: ArithmeticExpression, scope: ArithmeticScope): number {
  switch (expression.type) {
    case 'ArithmeticGroup':
      return evaluate(expression.expression, scope);
    case 'ArithmeticWord':
      return valueOf(scope.expand(expression), scope, 0);
    case 'ArithmeticTernary':
      return evaluate(expression.test, scope) === 0
        ? evaluate(expression.alternate, scope)
        : evaluate(expression.consequent, scope);
    case 'ArithmeticUnary':
      return evaluateUnary(expression, scope);
    case 'ArithmeticCommandExpansion':
      return fail(`${expression.text}: syntax error: operand expected`);
    default:
      return evaluateBinary(expression, scope);
  }
}

function fail(message: string): never {
  throw new ArithmeticError(message);
}

function valueOf(text: string, scope: ArithmeticScope, depth: number): number {
  const trimmed = text.trim();
  if (trimmed === '') return 0;
  if (/^[A-Za-z_]\w*$/.test(trimmed)) return depth > 8 ? 0 : valueOf(scope.get(trimmed), scope, depth + 1);
  if (/^0[0-7]+$/.test(trimmed)) return Number.parseInt(trimmed, 8);
  if (/^-?\d+$/.test(trimmed) || /^0[xX][\da-fA-F]+$/.test(trimmed)) return Number(trimmed);
  throw new ArithmeticError(`${trimmed}: syntax error: invalid arithmetic operator`);
}

type Of<Type extends ArithmeticExpression['type']> = Extract<ArithmeticExpression, { type: Type }>;

function evaluateUnary({ operator, operand, prefix }: Of<'ArithmeticUnary'>, scope: ArithmeticScope): number {
  const value = evaluate(operand, scope);
  switch (operator) {
    case '++':
    case '--': {
      const changed = operator === '++' ? value + 1 : value - 1;
      assign(operand, changed, scope);
      return prefix ? changed : value;
    }
    case '-':
      return -value;
    case '!':
      return value === 0 ? 1 : 0;
    case '~':
      return ~value;
    default:
      return value;
  }
}

function assign(target: ArithmeticExpression, value: number, scope: ArithmeticScope): void {
  if (target.type === 'ArithmeticWord') scope.set(target.value.trim(), String(value));
}

function evaluateBinary({ operator, left, right }: Of<'ArithmeticBinary'>, scope: ArithmeticScope): number {
  if (operator === '&&') return evaluate(left, scope) !== 0 && evaluate(right, scope) !== 0 ? 1 : 0;
  if (operator === '||') return evaluate(left, scope) !== 0 || evaluate(right, scope) !== 0 ? 1 : 0;
  const isAssignment = /^(?:[-+*/%&|^]|<<|>>)?=$/.test(operator);
  if (isAssignment) {
    const value = evaluate(right, scope);
    const result = operator === '=' ? value : compute(operator.slice(0, -1), evaluate(left, scope), value);
    assign(left, result, scope);
    return result;
  }
  return compute(operator, evaluate(left, scope), evaluate(right, scope));
}

function compute(operator: string, a: number, b: number): number {
  switch (operator) {
    case '+':
      return a + b;
    case '-':
      return a - b;
    case '*':
      return a * b;
    case '**':
      return raise(a, b);
    case '/':
    case '%':
      if (b === 0) throw new ArithmeticError(`division by 0 (error token is "${b}")`);
      return operator === '/' ? Math.trunc(a / b) : a % b;
    case '<':
      return a < b ? 1 : 0;
    case '<=':
      return a <= b ? 1 : 0;
    case '>':
      return a > b ? 1 : 0;
    case '>=':
      return a >= b ? 1 : 0;
    case '==':
      return a === b ? 1 : 0;
    case '!=':
      return a === b ? 0 : 1;
    case '&':
      return a & b;
    case '|':
      return a | b;
    case '^':
      return a ^ b;
    case '<<':
      return a << b;
    case '>>':
      return a >> b;
    case ',':
      return b;
    default:
      throw new ArithmeticError(`syntax error: invalid arithmetic operator (error token is "${operator}")`);
  }
}

function raise(base: number, exponent: number): number {
  if (exponent < 0) throw new ArithmeticError(`exponent less than 0 (error token is "${exponent}")`);
  let power = 1;
  for (let i = 0; i < exponent && Number.isFinite(power); i++) power *= base;
  return power;
}
