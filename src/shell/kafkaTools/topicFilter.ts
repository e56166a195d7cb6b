/** Which topics a regular expression of the command line means (`org.apache.kafka.server.util.TopicFilter.IncludeList`, 3.9.0). */
import { thrown } from './stackTrace.ts';

/** Commas stand for "or", spaces and surrounding quotes do not count. Throws a RuntimeException for an invalid expression. */
export function includeList(list: string): (topic: string) => boolean {
  const pattern = list
    .trim()
    .replaceAll(',', '|')
    .replaceAll(' ', '')
    .replace(/^["']+/, '')
    .replace(/["']+$/, '');
  const expression = compileRegex(pattern);
  if (expression === undefined) throw thrown('java.lang.RuntimeException', `${pattern} is an invalid regex.`);
  return (topic) => expression.test(topic);
}

/** The expression as Java's `String.matches` applies it: to the whole text. Undefined when it is invalid. */
export function compileRegex(pattern: string): RegExp | undefined {
  try {
    return new RegExp(`^(?:${pattern})$`, 'u');
  } catch {
    try {
      // Java takes escapes of letters that JavaScript refuses in Unicode mode, such as `\-`.
      return new RegExp(`^(?:${pattern})$`);
    } catch {
      return undefined;
    }
  }
}
