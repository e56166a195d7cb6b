/** Kafka's UUIDs in text: 16 bytes in base64, with the alphabet for URLs (`org.apache.kafka.common.Uuid`). */
import { nextUuid, type RandomState } from '../../kernel/random.ts';

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';

/** A random (version 4) UUID that does not begin with a dash, so that command lines can hold it. */
export function nextKafkaUuid(state: RandomState): readonly [string, RandomState] {
  let rest = state;
  for (;;) {
    const [drawn, next] = nextUuid(rest);
    rest = next;
    const text = base64(drawn.replaceAll('-', ''));
    if (!text.startsWith('-')) return [text, rest];
  }
}

/** 22 characters of 32 hexadecimal digits. */
function base64(hex: string): string {
  let bits = '';
  for (const digit of hex) bits += Number.parseInt(digit, 16).toString(2).padStart(4, '0');
  const padded = bits.padEnd(132, '0');
  let text = '';
  for (let at = 0; at < padded.length; at += 6) text += ALPHABET[Number.parseInt(padded.slice(at, at + 6), 2)];
  return text;
}
