/** Ids of topics and directories as they are written: 16 bytes in base64 (`org.apache.kafka.common.Uuid`, 3.9.0). */

/** The id that stands for none. */
export const zeroUuid = 'AAAAAAAAAAAAAAAAAAAAAA';

const alphabet = /^[A-Za-z0-9_-]*={0,2}$/;

/** What is wrong with a text that stands for an id, in the words of `Uuid.fromString`; null where nothing is. */
export function problemOfUuid(text: string): string | null {
  if (text.length > 24) {
    return `Input string with prefix \`${text.slice(0, 24)}\` is too long to be decoded as a base64 UUID`;
  }
  const digits = text.replace(/=+$/, '');
  const stranger = Array.from(digits).find((character) => !alphabet.test(character));
  if (stranger !== undefined) return `Illegal base64 character ${stranger.codePointAt(0)!.toString(16)}`;
  if (digits.length % 4 === 1) {
    return digits.length === 1
      ? 'Input byte[] should at least have 2 bytes for base64 bytes'
      : 'Last unit does not have enough valid bits';
  }
  const byteCount = Math.floor((digits.length * 3) / 4);
  return byteCount === 16
    ? null
    : `Input string \`${text}\` decoded as ${byteCount} bytes, which is not equal to the expected 16 bytes of a base64-encoded UUID`;
}
