/** How a line typed into the console producer becomes a record (`kafka.tools.ConsoleProducer.LineMessageReader`, 3.9.0). */
import type { NewRecord, RecordHeader } from '../../../kafka/record/record.ts';
import { NO_HEADERS } from '../../../kafka/record/record.ts';
import { utf8 } from '../../../kafka/bytes.ts';
import { thrown } from '../stackTrace.ts';

export interface LineReader {
  readonly parsesKey: boolean;
  readonly keySeparator: string;
  readonly parsesHeaders: boolean;
  readonly headersDelimiter: string;
  readonly headersSeparator: string;
  readonly headersKeySeparator: string;
  readonly ignoresErrors: boolean;
  readonly nullMarker: string | null;
}

const kafkaException = (message: string) => thrown('org.apache.kafka.common.KafkaException', message);

/** Throws a KafkaException when two of the marks are the same. */
export function lineReaderOf(properties: Readonly<Record<string, string>>): LineReader {
  const isOn = (name: string): boolean => properties[name]?.trim().toLowerCase() === 'true';
  const reader: LineReader = {
    parsesKey: isOn('parse.key'),
    keySeparator: properties['key.separator'] ?? '\t',
    parsesHeaders: isOn('parse.headers'),
    headersDelimiter: properties['headers.delimiter'] ?? '\t',
    headersSeparator: properties['headers.separator'] ?? ',',
    headersKeySeparator: properties['headers.key.separator'] ?? ':',
    ignoresErrors: isOn('ignore.error'),
    nullMarker: properties['null.marker'] ?? null,
  };
  const { headersDelimiter, headersSeparator, headersKeySeparator, keySeparator, nullMarker } = reader;
  const pairs = [
    ['headers.delimiter', headersDelimiter, 'headers.separator', headersSeparator],
    ['headers.delimiter', headersDelimiter, 'headers.key.separator', headersKeySeparator],
    ['headers.separator', headersSeparator, 'headers.key.separator', headersKeySeparator],
    ['null.marker', nullMarker, 'key.separator', keySeparator],
    ['null.marker', nullMarker, 'headers.separator', headersSeparator],
    ['null.marker', nullMarker, 'headers.delimiter', headersDelimiter],
    ['null.marker', nullMarker, 'headers.key.separator', headersKeySeparator],
  ];
  for (const [first, mark, second, other] of pairs) {
    if (mark === other) throw kafkaException(`${first} and ${second} may not be equal`);
  }
  return reader;
}

/** Key, value and headers of a line; `lineNumber` from 1. Throws a KafkaException unless errors are ignored. */
export function readRecord(
  reader: LineReader,
  line: string,
  lineNumber: number,
): Pick<NewRecord, 'key' | 'value' | 'headers'> {
  const upTo = (from: number, mark: string, name: string): string | null => {
    const at = line.indexOf(mark, from);
    if (at !== -1) return line.slice(from, at);
    if (reader.ignoresErrors) return null;
    throw kafkaException(`No ${name} found on line number ${lineNumber}: '${line}'`);
  };
  const headers = reader.parsesHeaders ? upTo(0, reader.headersDelimiter, 'headers delimiter') : null;
  const keyFrom = headers === null ? 0 : headers.length + reader.headersDelimiter.length;
  const key = reader.parsesKey ? upTo(keyFrom, reader.keySeparator, 'key separator') : null;
  const value = line.slice(keyFrom + (key === null ? 0 : key.length + reader.keySeparator.length));
  const bytes = (text: string | null) => (text === null || text === reader.nullMarker ? null : utf8(text));
  return {
    key: bytes(key),
    value: bytes(value),
    headers: headers === null || headers === reader.nullMarker ? NO_HEADERS : splitHeaders(reader, headers, lineNumber),
  };
}

function splitHeaders(reader: LineReader, headers: string, lineNumber: number): readonly RecordHeader[] {
  const pairs = headers.split(new RegExp(reader.headersSeparator));
  while (pairs.length > 1 && pairs.at(-1) === '') pairs.pop();
  return pairs.map((pair) => {
    const at = pair.indexOf(reader.headersKeySeparator);
    if (at === -1) {
      if (reader.ignoresErrors) return { key: pair, value: null };
      throw kafkaException(`No header key separator found in pair '${pair}' on line number ${lineNumber}`);
    }
    const key = pair.slice(0, at);
    if (key === reader.nullMarker) {
      throw kafkaException(
        `Header keys should not be equal to the null marker '${reader.nullMarker}' as they can't be null`,
      );
    }
    const value = pair.slice(at + reader.headersKeySeparator.length);
    return { key, value: value === reader.nullMarker ? null : utf8(value) };
  });
}
