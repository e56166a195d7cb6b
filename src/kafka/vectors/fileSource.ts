/**
 * Replay of `12-file-stream-source`: a small disk of numbered files, one of which may bear the name.
 */
import { type Bytes, EMPTY_BYTES, utf8 } from '../bytes.ts';
import { pollFileSource, startFileSource } from '../connect/fileStreamSource.ts';
import type { Json } from './json.ts';

type Operation =
  | { readonly op: 'append' | 'truncate' | 'replace'; readonly text: string }
  | { readonly op: 'delete' | 'restart' | 'poll' };

export function replayFileSource({
  batchSize,
  ops,
}: {
  readonly batchSize: number | null;
  readonly ops: readonly Operation[];
}): Json {
  const disk = new NamedFile();
  const start = (startPosition: number | null) =>
    startFileSource({ startPosition, ...(batchSize === null ? {} : { batchSize }) });
  let task = start(null);
  let position: number | null = null;
  return ops.map((operation): Json => {
    switch (operation.op) {
      case 'append':
      case 'truncate':
      case 'replace':
        return { fileBytes: disk.write(operation.op, utf8(operation.text)) };
      case 'delete':
        disk.named = null;
        return { fileBytes: null };
      case 'restart':
        task = start(position);
        return { startPosition: position };
      default: {
        const polled = pollFileSource(task, { named: disk.named, contentOf: (file) => disk.contentOf(file) });
        task = polled.task;
        if (polled.outcome === 'neverReturns') return { neverReturns: true };
        if (polled.outcome === 'nothing') return { records: null };
        position = polled.lines[polled.lines.length - 1]?.position ?? position;
        return { records: polled.lines.map((line) => [line.value, line.position]) };
      }
    }
  });
}

class NamedFile {
  named: number | null = null;
  readonly #contents: Bytes[] = [];

  contentOf(file: number): Bytes {
    return this.#contents[file] ?? EMPTY_BYTES;
  }

  /** Bytes of the file afterwards. */
  write(how: 'append' | 'truncate' | 'replace', bytes: Bytes): number {
    if (this.named === null || how === 'replace') this.named = this.#contents.push(EMPTY_BYTES) - 1;
    const before = how === 'append' ? this.contentOf(this.named) : EMPTY_BYTES;
    this.#contents[this.named] = (before + bytes) as Bytes;
    return this.contentOf(this.named).length;
  }
}
