/**
 * A plan of offsets as lines of comma-separated values, `topic,partition,offset` or with the group in front.
 *
 * Follows `ConsumerGroupCommand.ConsumerGroupService#parseResetPlan` and `CsvUtils` (3.9.0), and what Jackson says of a line it cannot read.
 */
import type { JavaException } from '../../../cluster/client/javaException.ts';
import type { TopicPartition } from '../../../kafka/topicPartition.ts';
import { parseJavaInteger } from '../optionParser.ts';
import { Thrown, thrown } from '../stackTrace.ts';

export type PlannedOffset = TopicPartition & { readonly offset: number };

function linesOf(text: string): readonly string[] {
  const lines = text.split('\n');
  while (lines.length > 1 && lines.at(-1) === '') lines.pop();
  return lines;
}

/** Why the first line is no `topic,partition,offset`, which is printed each time that a plan is read; null where it is. */
export const complaintAbout = (text: string): JavaException | null =>
  complaintOf(() => readRow(linesOf(text)[0]!, 'CsvRecordNoGroup'));

/**
 * Offsets by group; the last line of a partition counts. `onlyGroup`: the one that is asked for, null for several. Throws a RuntimeException
 * for a line that cannot be read.
 */
export function parseResetPlan(text: string, onlyGroup: string | null): ReadonlyMap<string, readonly PlannedOffset[]> {
  const lines = linesOf(text);
  const complaint = complaintAbout(text);
  const offsets = new Map<string, Map<string, PlannedOffset>>();
  try {
    for (const line of lines) {
      const row =
        onlyGroup !== null && complaint === null
          ? { ...readRow(line, 'CsvRecordNoGroup'), group: onlyGroup }
          : readRow(line, 'CsvRecordWithGroup');
      const { group, topic, partition, offset } = row;
      const plan = offsets.get(group) ?? new Map<string, PlannedOffset>();
      offsets.set(group, plan.set(`${topic}-${partition}`, { topic, partition, offset }));
    }
  } catch (problem) {
    if (!(problem instanceof Thrown)) throw problem;
    const { exception } = problem;
    throw thrown('java.lang.RuntimeException', `${exception.class}: ${exception.message}`, exception);
  }
  return new Map([...offsets].map(([group, plan]) => [group, [...plan.values()]]));
}

function complaintOf(reading: () => unknown): JavaException | null {
  try {
    reading();
    return null;
  } catch (problem) {
    if (problem instanceof Thrown) return problem.exception;
    throw problem;
  }
}

const fieldsOf = {
  CsvRecordNoGroup: ['topic', 'partition', 'offset'],
  CsvRecordWithGroup: ['group', 'topic', 'partition', 'offset'],
} as const;
type RecordName = keyof typeof fieldsOf;

/** Fields that the line does not have are empty or 0. */
function readRow(
  line: string,
  record: RecordName,
): { readonly group: string; readonly topic: string; readonly partition: number; readonly offset: number } {
  const fields = fieldsOf[record];
  const found = cellsOf(line);
  const failure = (simpleName: string, message: string, column: number, field: string | null): Thrown =>
    thrown(
      `com.fasterxml.jackson.${simpleName}`,
      `${message}\n at [Source: (StringReader); line: 1, column: ${column}]${field === null ? '' : ` (through reference chain: org.apache.kafka.tools.consumer.group.CsvUtils$${record}["${field}"])`}`,
    );
  if (line.trim() === '') {
    throw failure('databind.exc.MismatchedInputException', 'No content to map due to end-of-input', 1, null);
  }
  const row = { group: '', topic: '', partition: 0, offset: 0 };
  for (const [index, { text, column }] of found.entries()) {
    const field = fields[index];
    if (field === undefined) {
      throw failure(
        'dataformat.csv.CsvReadException',
        `Too many entries: expected at most ${fields.length} (value #${fields.length} (${text.length} chars) "${text}")`,
        column,
        null,
      );
    }
    if (field === 'group' || field === 'topic') row[field] = text;
    else {
      const [type, bits] = field === 'partition' ? (['int', 32] as const) : (['long', 64] as const);
      const number = text.trim() === '' ? 0 : parseJavaInteger(text.trim(), bits);
      if (number === undefined) {
        const wanted = `not a valid \`${type}\` value`;
        throw failure(
          'databind.exc.InvalidFormatException',
          `Cannot deserialize value of type \`${type}\` from String "${text}": ${wanted}`,
          column,
          field,
        );
      }
      row[field] = number;
    }
  }
  return row;
}

/** `column`: where the cell begins, from 1. */
function cellsOf(line: string): readonly { readonly text: string; readonly column: number }[] {
  const cells: { readonly text: string; readonly column: number }[] = [];
  const cell = /(?:"((?:[^"]|"")*)"|([^,]*))(?:,|$)/y;
  const text = line.replace(/\r$/, '');
  while (cell.lastIndex <= text.length) {
    const column = cell.lastIndex + 1;
    const match = cell.exec(text);
    if (match === null) break;
    cells.push({ text: match[1]?.replaceAll('""', '"') ?? match[2] ?? '', column });
    if (!match[0].endsWith(',')) break;
  }
  return cells;
}
