/** Kafka's own deserializers, by class name: what a consumer's bytes are as text (`org.apache.kafka.common.serialization`, 3.9.0). */
import type { JavaException } from '../../../cluster/client/javaException.ts';
import type { Bytes } from '../../../kafka/bytes.ts';
import { hexOf, textOf } from '../../../kafka/bytes.ts';

export type Deserialized = { readonly text: string } | { readonly exception: JavaException };
export type Deserializer = (bytes: Bytes) => Deserialized;

/** Undefined: no such class. */
export function deserializerOf(className: string): Deserializer | undefined {
  const inPackage = /^org\.apache\.kafka\.common\.serialization\.(\w+)Deserializer$/.exec(className)?.[1];
  return inPackage === undefined ? undefined : deserializers[inPackage];
}

const serializationException = (message: string): Deserialized => ({
  exception: { class: 'org.apache.kafka.common.errors.SerializationException', message },
});

/** A number of a fixed size, big end first. */
const number =
  (name: string, sizeInBytes: number, shown: (view: DataView) => string): Deserializer =>
  (bytes) => {
    if (bytes.length !== sizeInBytes) {
      return serializationException(`Size of data received by ${name}Deserializer is not ${sizeInBytes}`);
    }
    const view = new DataView(new ArrayBuffer(sizeInBytes));
    for (let i = 0; i < sizeInBytes; i++) view.setUint8(i, bytes.charCodeAt(i));
    return { text: shown(view) };
  };

const deserializers: Readonly<Record<string, Deserializer>> = {
  String: (bytes) => ({ text: textOf(bytes) }),
  Long: number('Long', 8, (view) => view.getBigInt64(0).toString()),
  Integer: number('Integer', 4, (view) => String(view.getInt32(0))),
  Short: number('Short', 2, (view) => String(view.getInt16(0))),
  Double: number('Double', 8, (view) => javaDouble(view.getFloat64(0))),
  Boolean: (bytes) => {
    const value = bytes.length === 1 ? bytes.charCodeAt(0) : -1;
    if (value === 0 || value === 1) return { text: String(value === 1) };
    return serializationException(
      bytes.length === 1
        ? `Unexpected byte received by BooleanDeserializer: ${value}`
        : 'Size of data received by BooleanDeserializer is not 1',
    );
  },
  UUID: (bytes) => {
    const text = textOf(bytes);
    return /^[0-9a-f]{1,8}-[0-9a-f]{1,4}-[0-9a-f]{1,4}-[0-9a-f]{1,4}-[0-9a-f]{1,12}$/i.test(text)
      ? { text: text.toLowerCase() }
      : serializationException('Error parsing data into UUID');
  },
  Bytes: (bytes) => ({ text: printableBytes(bytes) }),
  // A Java array prints its identity; the recordings mask it.
  ByteArray: (bytes) => ({ text: `[B@${identityOf(bytes)}` }),
};

/** `Double.toString`: always with a point, an exponent from 10⁷ and below 10⁻³. */
export function javaDouble(value: number): string {
  if (!Number.isFinite(value)) return String(value);
  if (value === 0) return Object.is(value, -0) ? '-0.0' : '0.0';
  const size = Math.abs(value);
  if (size >= 1e-3 && size < 1e7) {
    const plain = String(value);
    return plain.includes('.') ? plain : `${plain}.0`;
  }
  const [mantissa = '', exponent = ''] = value.toExponential().split('e');
  return `${mantissa.includes('.') ? mantissa : `${mantissa}.0`}E${Number(exponent)}`;
}

/** `org.apache.kafka.common.utils.Bytes.toString`. */
function printableBytes(bytes: Bytes): string {
  return Array.from(bytes, (char) => {
    const code = char.charCodeAt(0);
    return code >= 0x20 && code <= 0x7e && char !== '\\'
      ? char
      : `\\x${code.toString(16).toUpperCase().padStart(2, '0')}`;
  }).join('');
}

const identityOf = (bytes: Bytes): string => {
  let hash = 17;
  for (const digit of hexOf(bytes)) hash = (Math.imul(hash, 31) + digit.charCodeAt(0)) >>> 0;
  return (hash & 0x7fffffff).toString(16).padStart(8, '0');
};
