/**
 * How the file source connector reads lines, and where it thinks it is.
 *
 * Follows `org.apache.kafka.connect.file.FileStreamSourceTask` (3.9.0) and the Java readers under it. Its position counts characters where
 * it skips bytes, so that after a restart a file with accents is read again from too early.
 */
import { type Bytes, textOf } from '../bytes.ts';

/** What the task sees of the disk: an open file stays readable after its name is gone. */
export interface SourceFiles {
  /** The file that now bears the configured name; null when there is none. */
  readonly named: number | null;
  readonly contentOf: (file: number) => Bytes;
}

export interface FileSourceTask {
  /** `batch.size`. */
  readonly batchSize: number;
  /** Position in the source offsets at start; null for none. */
  readonly startPosition: number | null;
  readonly open: OpenSource | null;
}

interface OpenSource {
  readonly file: number;
  /** Bytes that the readers have taken. */
  readonly bytesRead: number;
  /** Decoded by the readers, not taken by the task. */
  readonly readAhead: string;
  /** Taken, without a line end so far. */
  readonly buffer: string;
  readonly bufferCapacity: number;
  /** In characters, but for what was skipped at the start. */
  readonly position: number;
}

export interface SourceLine {
  readonly value: string;
  /** Committed with the record: where the next line begins. */
  readonly position: number;
}

export type SourcePoll =
  | {
      readonly outcome: 'lines';
      readonly task: FileSourceTask;
      readonly lines: readonly SourceLine[];
      readonly waits: boolean;
    }
  /** Nothing complete; the task waits a second before it looks again. */
  | { readonly outcome: 'nothing'; readonly task: FileSourceTask; readonly isFileMissing: boolean }
  /** The recorded position lies past the end of the file: the task skips for ever. */
  | { readonly outcome: 'neverReturns'; readonly task: FileSourceTask };

const INITIAL_BUFFER = 1024;
/** Bytes that the readers take from the file at a time. */
const READ_AHEAD_BYTES = 8192;

const DEFAULT_SOURCE_BATCH_SIZE = 2000;

export function startFileSource({
  startPosition,
  batchSize = DEFAULT_SOURCE_BATCH_SIZE,
}: {
  readonly startPosition: number | null;
  readonly batchSize?: number;
}): FileSourceTask {
  return { batchSize, startPosition, open: null };
}

export function pollFileSource(task: FileSourceTask, files: SourceFiles): SourcePoll {
  if (task.open !== null) return readLines(task, task.open, files);
  if (files.named === null) return { outcome: 'nothing', task, isFileMissing: true };
  const position = task.startPosition ?? 0;
  if (position > files.contentOf(files.named).length) return { outcome: 'neverReturns', task };
  const open = {
    file: files.named,
    bytesRead: position,
    readAhead: '',
    buffer: '',
    bufferCapacity: INITIAL_BUFFER,
    position,
  };
  return readLines(task, open, files);
}

function readLines(task: FileSourceTask, opened: OpenSource, files: SourceFiles): SourcePoll {
  const content = files.contentOf(opened.file);
  const lines: SourceLine[] = [];
  let open = opened;
  let hasRead = false;
  for (;;) {
    if (open.readAhead === '') open = readAhead(open, content);
    if (open.readAhead === '') break;
    hasRead = true;
    const taken = open.bufferCapacity - open.buffer.length;
    open = { ...open, buffer: open.buffer + open.readAhead.slice(0, taken), readAhead: open.readAhead.slice(taken) };
    let hasLine = false;
    for (let line = nextLine(open.buffer); line !== null; line = nextLine(open.buffer)) {
      hasLine = true;
      open = { ...open, buffer: open.buffer.slice(line.next), position: open.position + line.next };
      lines.push({ value: line.value, position: open.position });
      // What is left in the buffer is looked at again only when more comes.
      if (lines.length >= task.batchSize) return { outcome: 'lines', task: { ...task, open }, lines, waits: false };
    }
    if (!hasLine && open.buffer.length === open.bufferCapacity)
      open = { ...open, bufferCapacity: open.bufferCapacity * 2 };
  }
  const next = { ...task, open };
  return lines.length === 0
    ? { outcome: 'nothing', task: next, isFileMissing: false }
    : { outcome: 'lines', task: next, lines, waits: !hasRead };
}

function readAhead(open: OpenSource, content: Bytes): OpenSource {
  const chunk = content.slice(open.bytesRead, open.bytesRead + READ_AHEAD_BYTES);
  const isAtEnd = open.bytesRead + chunk.length >= content.length;
  const whole = (isAtEnd ? chunk : chunk.slice(0, characterBoundary(chunk))) as Bytes;
  return { ...open, readAhead: textOf(whole), bytesRead: open.bytesRead + whole.length };
}

/** A character cut by the end of the chunk is left for the next one. */
function characterBoundary(chunk: string): number {
  for (let back = 1; back <= Math.min(3, chunk.length - 1); back++) {
    const byte = chunk.charCodeAt(chunk.length - back);
    if (byte >= 0xc0) return chunk.length - back;
    if (byte < 0x80) break;
  }
  return chunk.length;
}

/** A last `\r` waits: a `\n` may follow. */
function nextLine(buffer: string): { readonly value: string; readonly next: number } | null {
  const end = buffer.search(/[\r\n]/);
  if (end === -1 || (buffer[end] === '\r' && end + 1 >= buffer.length)) return null;
  const isPair = buffer[end] === '\r' && buffer[end + 1] === '\n';
  return { value: buffer.slice(0, end), next: end + (isPair ? 2 : 1) };
}
