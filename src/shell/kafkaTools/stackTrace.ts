/** Exceptions of the Java tools: thrown where the tool throws them, caught where it catches them, printed as Java prints them. */
import type { JavaException } from '../../cluster/client/javaException.ts';
import { exceptionText, hasStackTrace } from '../../cluster/client/javaException.ts';

/** An exception on its way up the call stack of a tool. */
export class Thrown extends Error {
  readonly exception: JavaException;

  constructor(exception: JavaException) {
    super(exceptionText(exception));
    this.exception = exception;
  }
}

export const thrown = (className: string, message: string | null, cause?: JavaException): Thrown =>
  new Thrown({ class: className, message, ...(cause === undefined ? {} : { cause }) });

export const illegalArgument = (message: string): Thrown => thrown('java.lang.IllegalArgumentException', message);

/**
 * `Throwable.printStackTrace()`, each line with its end. Of the stack there is the frame of the tool's `main` alone: what lies between
 * has no counterpart here.
 */
export function stackTrace(exception: JavaException, mainFrame: string, isCause = false): string {
  const frame = isCause ? '\t... 1 more\n' : `\tat ${mainFrame}\n`;
  const own = `${exceptionText(exception)}\n${hasStackTrace(exception) ? frame : ''}`;
  return exception.cause === undefined ? own : `${own}Caused by: ${stackTrace(exception.cause, mainFrame, true)}`;
}
