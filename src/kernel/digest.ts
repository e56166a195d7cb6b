/**
 * A digest of facts: same seed and same inputs give the same one, in any browser and in Node. Two 32-bit FNV-1a hashes over a canonical
 * form, in which the order of an object's keys does not count.
 */
import type { Fact } from './facts.ts';

const prime = 0x01000193;

class Hash {
  #low = 0x811c9dc5;
  /** The second hash starts elsewhere and sees each unit turned around. */
  #high = 0x01b3c9dc;

  number(value: number): void {
    this.#low = Math.imul(this.#low ^ value, prime);
    this.#high = Math.imul(this.#high ^ ((value << 16) | (value >>> 16)) ^ 0x5bd1e995, prime);
  }

  text(text: string): void {
    this.number(text.length);
    for (let i = 0; i < text.length; i++) this.number(text.charCodeAt(i));
  }

  value(value: unknown): void {
    switch (typeof value) {
      case 'number':
        return Number.isInteger(value) && Math.abs(value) < 0x8000_0000
          ? this.#integer(value)
          : this.#tagged('n', String(value));
      case 'string':
        return this.#tagged('s', value);
      case 'bigint':
        return this.#tagged('b', String(value));
      case 'boolean':
        return this.number(value ? 0x74 : 0x66);
      case 'undefined':
        return this.number(0x75);
      case 'object':
        return value === null ? this.number(0x30) : this.#object(value);
      case 'function':
      case 'symbol':
        throw new Error(`A fact is plain data; this one holds a ${typeof value}.`);
    }
  }

  toString(): string {
    return [this.#high, this.#low].map((word) => (word >>> 0).toString(16).padStart(8, '0')).join('');
  }

  #integer(value: number): void {
    this.number(0x69);
    // -0 counts as 0.
    this.number(value | 0);
  }

  #tagged(tag: string, text: string): void {
    this.number(tag.charCodeAt(0));
    this.text(text);
  }

  #object(value: object): void {
    if (Array.isArray(value)) {
      this.number(0x5b);
      this.number(value.length);
      for (const item of value) this.value(item);
    } else if (ArrayBuffer.isView(value)) {
      this.number(0x3c);
      const bytes = new Uint8Array(value.buffer, value.byteOffset, value.byteLength);
      this.number(bytes.length);
      for (const byte of bytes) this.number(byte);
    } else if (value instanceof Map || value instanceof Set) {
      this.number(0x28);
      this.value([...value]);
    } else {
      this.number(0x7b);
      const entries = Object.entries(value).filter(([, item]) => item !== undefined);
      this.number(entries.length);
      for (const [key, item] of entries.sort(([a], [b]) => (a < b ? -1 : 1))) {
        this.text(key);
        this.value(item);
      }
    }
  }
}

/** Sixteen hexadecimal digits. A property that is undefined counts as one that is absent. */
export function digestOfFacts(facts: Iterable<Fact>): string {
  const hash = new Hash();
  for (const fact of facts) hash.value(fact);
  return hash.toString();
}
