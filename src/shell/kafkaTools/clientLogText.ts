/** What a tool shows of its clients' logs: warnings and errors, on stderr (`config/tools-log4j.properties`). */
import type { ClientLog } from '../../cluster/client/clientStep.ts';
import { printLogLine } from '../../cluster/zookeeper/logLine.ts';
import type { KernelEffect } from '../../kernel/effects.ts';
import type { VirtualTimeUs } from '../../kernel/time.ts';
import { printError } from '../effects.ts';
import { stackTrace } from './stackTrace.ts';

/** `[timestamp] LEVEL text (class)` and the exception below it, each line with its end. */
export function logText(
  { level, text, class: logger, exception }: ClientLog,
  now: VirtualTimeUs,
  mainFrame: string,
): string {
  const line = printLogLine(now, { level, text, logger });
  return exception === undefined ? line : line + stackTrace(exception, mainFrame);
}

export const warningsOf = (
  logs: readonly ClientLog[],
  now: VirtualTimeUs,
  mainFrame: string,
): readonly KernelEffect[] =>
  logs.filter(({ level }) => level !== 'INFO').map((log) => printError(logText(log, now, mainFrame)));
