/**
 * What the console consumer prints of a record.
 *
 * Follows `DefaultMessageFormatter`, `LoggingMessageFormatter` and `NoOpMessageFormatter` of `org.apache.kafka.tools.consumer` (3.9.0).
 */
import type { JavaException } from '../../../cluster/client/javaException.ts';
import type { Bytes } from '../../../kafka/bytes.ts';
import { textOf, utf8 } from '../../../kafka/bytes.ts';
import type { KafkaRecord } from '../../../kafka/record/record.ts';
import { coordinatorFormatter, replacements } from './coordinatorFormatters.ts';
import type { Deserializer } from './deserializer.ts';
import { deserializerOf } from './deserializer.ts';

export interface PrintableRecord extends KafkaRecord {
  readonly partition: number;
  readonly timestampType: 'CreateTime' | 'LogAppendTime';
}

/** `exception`: the record could not be written further than `text`. */
export interface Formatted {
  readonly text: string;
  readonly exception: JavaException | null;
}

export interface Formatter {
  readonly format: (record: PrintableRecord) => Formatted;
  /** What setting it up has logged as errors. */
  readonly problems: readonly FormatterProblem[];
}
export interface FormatterProblem {
  readonly text: string;
  readonly exception: JavaException;
}

type Properties = Readonly<Record<string, string>>;

/** As the command line chooses it. */
export interface FormatterChoice {
  readonly className: string;
  readonly properties: Properties;
}

const formatters = 'org.apache.kafka.tools.consumer';
const names = ['DefaultMessageFormatter', 'LoggingMessageFormatter', 'NoOpMessageFormatter'];

/** The class to use for a name, and what is said of the old ones. */
export function formatterClass(name: string): { readonly className: string; readonly warning: string } {
  const simple = name.startsWith('kafka.tools.') ? name.slice('kafka.tools.'.length) : null;
  const replaced = simple !== null && names.includes(simple) ? `${formatters}.${simple}` : undefined;
  const better = replaced ?? replacements[name];
  if (better === undefined) return { className: name, warning: '' };
  const warning = `WARNING: ${name} is deprecated and will be removed in the next major release. Please use ${better} instead\n`;
  // Those of the coordinators still work as they did.
  return { className: replaced ?? name, warning };
}

/** Undefined: no such class here. */
export function formatterOf({ className, properties }: FormatterChoice): Formatter | undefined {
  const ofCoordinator = coordinatorFormatter(className);
  if (ofCoordinator !== undefined) {
    return { format: (record) => ({ text: ofCoordinator(record), exception: null }), problems: [] };
  }
  const simple = className.startsWith(`${formatters}.`) ? className.slice(formatters.length + 1) : '';
  if (!names.includes(simple)) return undefined;
  // What LoggingMessageFormatter adds goes to a logger that the tools' configuration silences.
  return simple === 'NoOpMessageFormatter'
    ? { format: () => ({ text: '', exception: null }), problems: [] }
    : defaultFormatter(properties);
}

function defaultFormatter(properties: Properties): Formatter {
  const problems: FormatterProblem[] = [];
  const isOn = (name: string, otherwise: boolean): boolean =>
    properties[name] === undefined ? otherwise : properties[name].trim().toLowerCase() === 'true';
  const deserializer = (name: string): Deserializer | null => {
    const className = properties[name];
    if (className === undefined) return null;
    const found = deserializerOf(className);
    if (found === undefined) {
      problems.push({
        text: `Unable to instantiate a deserializer from ${className}`,
        exception: { class: 'java.lang.ClassNotFoundException', message: className },
      });
    }
    return found ?? null;
  };
  const shows = {
    timestamp: isOn('print.timestamp', false),
    partition: isOn('print.partition', false),
    offset: isOn('print.offset', false),
    headers: isOn('print.headers', false),
    key: isOn('print.key', false),
    value: isOn('print.value', true),
  };
  const keySeparator = properties['key.separator'] ?? '\t';
  const lineSeparator = properties['line.separator'] ?? '\n';
  const headersSeparator = properties['headers.separator'] ?? ',';
  const nullLiteral = utf8(properties['null.literal'] ?? 'null');
  const ofKey = deserializer('key.deserializer');
  const ofValue = deserializer('value.deserializer');
  const ofHeaders = deserializer('headers.deserializer');

  const format = (record: PrintableRecord): Formatted => {
    let text = '';
    const write = (bytes: Bytes | null, read: Deserializer | null): JavaException | null => {
      const given = bytes ?? nullLiteral;
      const result = read === null ? { text: textOf(given) } : read(given);
      if ('exception' in result) return result.exception;
      text += result.text;
      return null;
    };
    const separate = (more: boolean): void => {
      text += more ? keySeparator : lineSeparator;
    };
    const { partition, offset, headers, key, value } = shows;
    if (shows.timestamp) {
      text += `${record.timestampType}:${record.timestamp}`;
      separate(offset || partition || headers || key || value);
    }
    if (partition) {
      text += `Partition:${record.partition}`;
      separate(offset || headers || key || value);
    }
    if (offset) {
      text += `Offset:${record.offset}`;
      separate(headers || key || value);
    }
    if (headers) {
      if (record.headers.length === 0) text += 'NO_HEADERS';
      for (const [index, header] of record.headers.entries()) {
        text += `${index === 0 ? '' : headersSeparator}${header.key}:`;
        const exception = write(header.value, ofHeaders);
        if (exception !== null) return { text, exception };
      }
      separate(key || value);
    }
    if (key) {
      const exception = write(record.key, ofKey);
      if (exception !== null) return { text, exception };
      separate(value);
    }
    if (value) {
      const exception = write(record.value, ofValue);
      if (exception !== null) return { text, exception };
      text += lineSeparator;
    }
    return { text, exception: null };
  };
  return { format, problems };
}
