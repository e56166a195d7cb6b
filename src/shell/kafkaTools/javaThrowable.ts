/** What Java prints of an exception: its class, its message, where it was thrown, what caused it. */

export interface JavaThrowable {
  /** With its package. */
  readonly className: string;
  readonly message: string | null;
  /** `class.method(File.java:line)`, innermost first. Kafka's `ApiException`s have none: they never fill in their stack trace. */
  readonly frames: readonly string[];
  readonly cause?: JavaThrowable;
}

/** An exception on its way up the simulated call stack of a tool. */
export class Thrown extends Error {
  readonly throwable: JavaThrowable;

  constructor(throwable: JavaThrowable) {
    super(throwable.message ?? throwable.className);
    this.throwable = throwable;
  }
}

/** `Throwable.toString()`. */
export const throwableLine = ({ className, message }: JavaThrowable): string =>
  message === null ? className : `${className}: ${message}`;

/** `Throwable.printStackTrace()`: one line at least, each with its line end. */
export function stackTrace(throwable: JavaThrowable): string {
  const frames = throwable.frames.map((frame) => `\tat ${frame}\n`).join('');
  const own = `${throwableLine(throwable)}\n${frames}`;
  return throwable.cause === undefined ? own : `${own}Caused by: ${stackTrace(throwable.cause)}`;
}

/** One of Kafka's own errors, without stack trace (`org.apache.kafka.common.errors.ApiException`). */
export const apiException = (simpleName: string, message: string | null, cause?: JavaThrowable): JavaThrowable => ({
  className: `org.apache.kafka.common.errors.${simpleName}`,
  message,
  frames: [],
  ...(cause === undefined ? {} : { cause }),
});
