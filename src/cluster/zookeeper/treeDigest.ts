/** The digest of a tree that a server logs at its start: the sum of a CRC-32 for each znode. Follows `DigestCalculator` (3.8.4). */
import type { Znode, ZnodeTree } from './znodeTree.ts';

export function treeDigest({ root }: ZnodeTree): number {
  return digestBelow('', root);
}

function digestBelow(path: string, node: Znode): number {
  // Whatever is below /zookeeper is left out, as there.
  let sum = path.startsWith('/zookeeper/') ? 0 : digestOf(path, node);
  for (const [name, child] of node.children) sum += digestBelow(`${path}/${name}`, child);
  return sum;
}

function digestOf(path: string, node: Znode): number {
  let crc = 0xffffffff;
  const feed = (byte: number): void => {
    crc = (crc >>> 8) ^ (crcTable[(crc ^ byte) & 0xff] ?? 0);
  };
  const feedNumber = (value: bigint, bytes: number): void => {
    for (let shift = bytes - 1; shift >= 0; shift--) feed(Number((value >> BigInt(8 * shift)) & 0xffn));
  };
  for (const byte of utf8(path)) feed(byte);
  for (const byte of utf8(node.data ?? '')) feed(byte);
  for (const long of [node.czxid, node.mzxid, node.pzxid, node.ctime, node.mtime]) feedNumber(BigInt(long), 8);
  for (const int of [node.version, node.childrenCreated, node.aversion]) feedNumber(BigInt(int), 4);
  feedNumber(BigInt(node.ephemeralOwner), 8);
  return (crc ^ 0xffffffff) >>> 0;
}

const crcTable: readonly number[] = Array.from({ length: 256 }, (_, byte) => {
  let crc = byte;
  for (let bit = 0; bit < 8; bit++) crc = (crc & 1) === 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1;
  return crc >>> 0;
});

function* utf8(text: string): Iterable<number> {
  for (const character of text) {
    const code = character.codePointAt(0) ?? 0;
    if (code < 0x80) yield code;
    else if (code < 0x800) yield* [0xc0 | (code >> 6), 0x80 | (code & 0x3f)];
    else if (code < 0x10000) yield* [0xe0 | (code >> 12), 0x80 | ((code >> 6) & 0x3f), 0x80 | (code & 0x3f)];
    else yield* [0xf0 | (code >> 18), 0x80 | ((code >> 12) & 0x3f), 0x80 | ((code >> 6) & 0x3f), 0x80 | (code & 0x3f)];
  }
}
