import { describe, expect, test } from 'vitest';
import type { Bytes } from '../../../kafka/bytes.ts';
import { utf8 } from '../../../kafka/bytes.ts';
import type { Offset, TimestampMs } from '../../../kafka/ids.ts';
import type { PrintableRecord } from './formatter.ts';
import { formatterClass, formatterOf } from './formatter.ts';

const className = 'org.apache.kafka.tools.consumer.DefaultMessageFormatter';
const record: PrintableRecord = {
  partition: 2,
  offset: 7 as Offset,
  timestamp: 1_747_645_200_000 as TimestampMs,
  timestampType: 'CreateTime',
  key: utf8('clé'),
  value: null,
  headers: [
    { key: 'h1', value: utf8('v1') },
    { key: 'h2', value: null },
  ],
};
const format = (properties: Readonly<Record<string, string>>, changed: Partial<PrintableRecord> = {}) =>
  formatterOf({ className, properties })!.format({ ...record, ...changed });

describe('the default formatter', () => {
  test('prints the value alone', () => {
    expect(format({}, { value: utf8('bonjour') }).text).toBe('bonjour\n');
  });

  test('prints all that it is asked for, in its own order', () => {
    const asked = ['timestamp', 'partition', 'offset', 'headers', 'key'].map((what) => [`print.${what}`, 'true']);

    expect(format(Object.fromEntries(asked) as Record<string, string>).text).toBe(
      'CreateTime:1747645200000\tPartition:2\tOffset:7\th1:v1,h2:null\tclé\tnull\n',
    );
  });

  test('ends its line after the last column', () => {
    const properties = { 'print.key': 'true', 'print.value': 'false', 'line.separator': '!' };

    expect(format(properties).text).toBe('clé!');
  });

  test('reads numbers through a deserializer, and stops at what is none', () => {
    const properties = { 'value.deserializer': 'org.apache.kafka.common.serialization.LongDeserializer' };

    expect(format(properties, { value: '\0\0\0\0\0\0\0\u0003' as Bytes }).text).toBe('3\n');
    expect(format(properties, { value: utf8('10') })).toEqual({
      text: '',
      exception: {
        class: 'org.apache.kafka.common.errors.SerializationException',
        message: 'Size of data received by LongDeserializer is not 8',
      },
    });
  });

  test('is meant by its old name too, with a warning', () => {
    expect(formatterClass('kafka.tools.DefaultMessageFormatter').className).toBe(className);
    expect(formatterOf({ className: 'Nulle.Part', properties: {} })).toBeUndefined();
  });
});
