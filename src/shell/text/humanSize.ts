/** Sizes for people, as `ls -h` and `du -h` round them: up, with one decimal below ten. */

const units = ['', 'K', 'M', 'G', 'T'];

/** `4.0K`, `117M`. */
export function humanSize(sizeInBytes: number): string {
  let [value, unit] = [sizeInBytes, 0];
  while (value >= 1024 && unit < units.length - 1) {
    value /= 1024;
    unit++;
  }
  if (unit === 0) return String(value);
  const tenths = Math.ceil(value * 10);
  return tenths < 100 ? `${Math.floor(tenths / 10)}.${tenths % 10}${units[unit]}` : `${Math.ceil(value)}${units[unit]}`;
}
