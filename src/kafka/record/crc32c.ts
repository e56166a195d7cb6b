/**
 * CRC-32C (Castagnoli), the checksum of a batch.
 *
 * Follows `org.apache.kafka.common.utils.Crc32C`, that is `java.util.zip.CRC32C`.
 */
const REVERSED_POLYNOMIAL = 0x82f63b78;

const table: readonly number[] = Array.from({ length: 256 }, (_, byte) => {
  let crc = byte;
  for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ REVERSED_POLYNOMIAL : crc >>> 1;
  return crc >>> 0;
});

/** An unsigned 32-bit number, over the bytes from `start` on. */
export function crc32c(bytes: string, start = 0): number {
  let crc = 0xffffffff;
  for (let i = start; i < bytes.length; i++) crc = table[(crc ^ bytes.charCodeAt(i)) & 0xff]! ^ (crc >>> 8);
  return (crc ^ 0xffffffff) >>> 0;
}
