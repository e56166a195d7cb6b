/** What a broker logs goes to its terminal and to `logs/server.log` (`config/log4j.properties`, 3.9.0). */
import { findNode, resolvePath } from '../../kernel/fileSystem.ts';
import { printLogLine } from '../zookeeper/logLine.ts';
import { makeFolder } from './logManager.ts';
import type { Turn } from './turn.ts';

/** Prints the lines of the turn. */
export function flushLines(turn: Turn): void {
  if (turn.lines.length === 0) return;
  const text = turn.lines.map((line) => printLogLine(turn.clock, line)).join('');
  turn.lines.length = 0;
  turn.effects.push({ type: 'print', params: { to: 'stdout', text } });
  const { cwd, env } = turn.broker.process;
  const folder = resolvePath(cwd, env['LOG_DIR'] ?? 'logs');
  if (findNode(turn.files, cwd) === undefined) return;
  makeFolder(turn, folder);
  turn.effects.push({ type: 'changeFile', params: { kind: 'append', path: `${folder}/server.log`, text } });
}
