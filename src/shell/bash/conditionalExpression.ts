/** `[[ … ]]`. */
import type { TestExpression } from 'unbash';
import { compareNumbers, testUnary } from '../text/test.ts';
import { expandToPattern, expandToText } from './expansion.ts';
import type { ExpansionScope } from './expansionScope.ts';
import { matchesPattern } from './pattern.ts';

export function holdsInBrackets(expression: TestExpression, scope: ExpansionScope): boolean {
  switch (expression.type) {
    case 'TestUnary':
      return testUnary(expression.operator, expandToText(expression.operand, scope), {
        files: scope.files,
        cwd: scope.cwd,
        isVariableSet: (name) => scope.get(name) !== undefined,
      });
    case 'TestLogical':
      return expression.operator === '&&'
        ? expression.operands.every((operand) => holdsInBrackets(operand, scope))
        : expression.operands.some((operand) => holdsInBrackets(operand, scope));
    case 'TestNot':
      return (expression.negations.length % 2 === 1) !== holdsInBrackets(expression.operand, scope);
    case 'TestGroup':
      return holdsInBrackets(expression.expression, scope);
    default: {
      const { operator, left, right } = expression;
      const text = expandToText(left, scope);
      if (operator === '=' || operator === '==') return matchesPattern(expandToPattern(right, scope), text);
      if (operator === '!=') return !matchesPattern(expandToPattern(right, scope), text);
      const other = expandToText(right, scope);
      if (operator === '=~') return new RegExp(other, 'u').test(text);
      if (operator === '<') return text < other;
      if (operator === '>') return text > other;
      return compareNumbers(Number(text), operator, Number(other));
    }
  }
}
