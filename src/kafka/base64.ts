/** Bytes as text, as `java.util.Base64` and Jackson write them. */
import type { Bytes } from './bytes.ts';

const DIGITS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

/** Padded (RFC 4648, section 4). */
export function base64(bytes: Bytes): string {
  let text = '';
  for (let at = 0; at < bytes.length; at += 3) {
    const [a = 0, b = 0, c = 0] = Array.from(bytes.slice(at, at + 3), (char) => char.charCodeAt(0));
    const bits = (a << 16) | (b << 8) | c;
    const digits = [18, 12, 6, 0].map((shift) => DIGITS[(bits >> shift) & 63]).join('');
    const used = Math.min(3, bytes.length - at) + 1;
    text += digits.slice(0, used).padEnd(4, '=');
  }
  return text;
}
