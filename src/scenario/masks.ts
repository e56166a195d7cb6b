/**
 * What differs from one recording of real Kafka to the next is replaced in place, so that recordings and plays can be compared. The masks
 * are the recorder's own, applied to what was printed and observed.
 */

/** A scenario's own masks come before the general ones. */
export interface MaskContext {
  /** The Kafka folder: `<path>`. */
  readonly kafka?: string;
  readonly home?: string;
  readonly masks?: readonly (readonly [string, string])[];
  /** Every different line once. */
  readonly repeats?: boolean;
}

const general: readonly (readonly [RegExp, string])[] = [
  [/\[\d{4}-\d\d-\d\d \d\d:\d\d:\d\d,\d{3}\]/g, '[<timestamp>]'],
  [/\d{4}-\d\d-\d\d[ T]\d\d:\d\d:\d\d([.,:]\d{3})?(Z|[+-]\d\d:?\d\d)?/g, '<timestamp>'],
  [/(Mon|Tue|Wed|Thu|Fri|Sat|Sun) [A-Z][a-z]{2} \d\d \d\d:\d\d:\d\d \w+ \d{4}/g, '<timestamp>'],
  [
    /\b(CreateTime|LogAppendTime|CreateTime:|createTime|timestamp|"timestamp"|LastModifiedTime)(\\?"?[:=] ?\\?"?)\d{13}\b/g,
    '$1$2<timestamp>',
  ],
  [/\b(deadlineMs|nextAllowedTryMs|createdTimeMs|startTimeMs)=-?\d{6,}/g, '$1=<timestamp>'],
  [/((?:TopicId|topicId|topic_id|topic id|Topic id|id:)\\?"? ?[:=]? ?\\?"?)[\w-]{22}(?![\w-])/g, '$1<topic-id>'],
  [
    /((?:[Cc]luster ID|cluster id|clusterId|ClusterId|cluster\.id|Cluster id)\\?"? ?[:=]? ?\\?"?)[\w-]{22}(?![\w-])/g,
    '$1<cluster-id>',
  ],
  [/[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g, '<uuid>'],
  [/\b(console-consumer|perf-consumer)-\d+(?![\w-])/g, '$1-<n>'],
  [/0x[0-9a-f]{12,}/g, '<session-id>'],
  [/\b([cmp]Zxid = |zxid:? ?|Zxid: )(0x)?[0-9a-f]+/g, '$1<zxid>'],
  [/((?:127\.0\.0\.1|localhost|\[?0:0:0:0:0:0:0:1(?:%\w+)?\]?):)(?:3[2-9]\d{3}|[45]\d{4}|60\d{3})\b/g, '$1<port>'],
  [/\b(in|took|Took|within) (\d+(?:\.\d+)?) ?(ms|milliseconds|seconds)\b/g, '$1 <duration> $3'],
  [/\b\d+ms\b/g, '<duration>ms'],
  [/\b(correlation id) \d+/g, '$1 <n>'],
  [/(czxid \(broker epoch\)): \d+/g, '$1: <zxid>'],
  [/(startTimeMs): \d{13}/g, '$1: <timestamp>'],
  [/(\$?\w)@[0-9a-f]{5,8}\b/g, '$1@<hash>'],
  [/timed out at \d{13} after \d+ attempt/g, 'timed out at <timestamp> after <n> attempt'],
  [/(log file: log\.)[0-9a-f]+/g, '$1<zxid>'],
  [/\btries=\d+/g, 'tries=<n>'],
  [/:\d+ ms has passed/g, ':<duration> ms has passed'],
];

function maskText(text: string, { kafka, home, masks }: MaskContext): string {
  let masked = kafka === undefined || kafka === '' ? text : text.replaceAll(kafka, '<path>');
  if (home !== undefined && home !== '') masked = masked.replaceAll(home, '<home>');
  for (const [pattern, mask] of masks ?? []) masked = masked.replace(new RegExp(pattern, 'g'), mask);
  for (const [pattern, mask] of general) masked = masked.replace(pattern, mask);
  return masked;
}

const escapeSequence = new RegExp(`${String.fromCharCode(27)}\\[[0-9;?]*[A-Za-z]`, 'g');
const stackFrame = /^\s+(at [\w.$/<>]+\(.*\)|\.\.\. \d+ more)$/;
const warningAfterPrompt = /^(>+)(?=\[)(.*)$/;

/** A terminal's text as masked lines, stack frames as one; a prompt left without a line end is a line. */
export function cleanLines(text: string, context: MaskContext): readonly string[] {
  const plain = text.replace(escapeSequence, '').replaceAll('\r', '').replaceAll('\u0007', '');
  const lines: string[] = [];
  for (const line of plain.split('\n').map((raw) => maskText(raw, context))) {
    const prompted = context.repeats === true ? warningAfterPrompt.exec(line) : null;
    if (prompted !== null) lines.push('>', prompted[2] ?? '');
    else if (!stackFrame.test(line)) lines.push(line);
    else if (lines.at(-1) !== '\t<stack>') lines.push('\t<stack>');
  }
  if (lines.at(-1) === '') lines.pop();
  return context.repeats === true ? [...new Set(lines)] : lines;
}

export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };

const isList = (value: Json): value is readonly Json[] => Array.isArray(value);

/** Masks every string of an observed state, and the values known by their key. */
export function cleanState(value: Json, context: MaskContext, key = ''): Json {
  if (isList(value)) return value.map((item) => cleanState(item, context));
  if (value !== null && typeof value === 'object') {
    return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, cleanState(item, context, name)]));
  }
  if (typeof value === 'number' && value >= 0) {
    return context.masks?.find(([pattern]) => pattern === key)?.[1] ?? value;
  }
  if (key === 'timestamp') return '<timestamp>';
  if (key === 'topic_id') return '<topic-id>';
  if (key === 'id' && typeof value === 'string' && /^[\w-]{22}$/.test(value)) return '<cluster-id>';
  if (typeof value !== 'string') return value;
  return value
    .split('\n')
    .map((line) => maskText(line, context))
    .join('\n');
}

/** The lines of a server's log that a scenario's `logs` name: a string is looked for, `/…/` is a regular expression. */
export function filterLog(lines: readonly string[], marks: readonly string[]): readonly string[] {
  const tests = marks.map((mark) => {
    const pattern = /^\/.*\/$/.test(mark) ? new RegExp(mark.slice(1, -1)) : null;
    return (line: string): boolean => pattern?.test(line) ?? line.includes(mark);
  });
  return lines.filter((line) => tests.some((test) => test(line)));
}
