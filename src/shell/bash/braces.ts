/** Brace expansion: `{a,b}` and `{1..5}`. */

/** The texts that a brace expression stands for; itself where bash would not expand it. */
export function braceAlternatives(text: string): readonly string[] {
  const inside = text.slice(1, -1);
  const range = /^(-?\d+)\.\.(-?\d+)(?:\.\.(-?\d+))?$/.exec(inside);
  if (range !== null) return numbers(range[1]!, range[2]!, range[3]);
  const letters = /^([A-Za-z])\.\.([A-Za-z])$/.exec(inside);
  if (letters !== null) {
    const codes = numbers(String(letters[1]!.charCodeAt(0)), String(letters[2]!.charCodeAt(0)), undefined);
    return codes.map((code) => String.fromCharCode(Number(code)));
  }
  const items = splitAtCommas(inside);
  return items.length < 2 ? [text] : items.flatMap(nested).map(withoutQuotes);
}

function numbers(first: string, last: string, step: string | undefined): readonly string[] {
  const from = Number(first);
  const to = Number(last);
  const by = Math.max(1, Math.abs(Number(step ?? '1')));
  const isPadded = [first, last].some((bound) => /^-?0\d/.test(bound));
  const width = isPadded ? Math.max(first.length, last.length) : 0;
  const count = Math.floor(Math.abs(to - from) / by) + 1;
  return Array.from({ length: count }, (_, index) => {
    const value = from + (to < from ? -1 : 1) * by * index;
    return value < 0 ? `-${String(-value).padStart(width - 1, '0')}` : String(value).padStart(width, '0');
  });
}

function splitAtCommas(text: string): readonly string[] {
  const items = [''];
  let depth = 0;
  for (let i = 0; i < text.length; i++) {
    const char = text.charAt(i);
    if (char === '{') depth++;
    else if (char === '}') depth--;
    if (char === ',' && depth === 0) items.push('');
    else items[items.length - 1] += char;
  }
  return items;
}

function nested(item: string): readonly string[] {
  const inner = /\{[^{}]*\}/.exec(item);
  if (inner === null) return [item];
  const alternatives = braceAlternatives(inner[0]);
  if (alternatives.length === 1 && alternatives[0] === inner[0]) return [item];
  return alternatives.flatMap((one) =>
    nested(item.slice(0, inner.index) + one + item.slice(inner.index + inner[0].length)),
  );
}

const withoutQuotes = (text: string): string => text.replace(/\\(.)|["']/gs, '$1');
