/** kafka-dump-log (`kafka.tools.DumpLogSegments`, 3.9.0): shows the files of a partition's log, batch by batch, entry by entry. */
import { logDirFormat } from '../../cluster/broker/logDir.ts';
import type { Bytes } from '../../kafka/bytes.ts';
import { sizeOf } from '../../kafka/bytes.ts';
import { segmentFileName } from '../../kafka/log/logSegment.ts';
import { checksumOf, decodeBatch } from '../../kafka/record/batchCodec.ts';
import { markerOf } from '../../kafka/record/controlRecord.ts';
import type { RecordBatch } from '../../kafka/record/recordBatch.ts';
import { addToSequence, lastSequenceOf } from '../../kafka/record/recordBatch.ts';
import { readInt16, readInt32, readInt64 } from '../../kafka/record/varint.ts';
import { topicPartitionName } from '../../kafka/topicPartition.ts';
import { mountedValue, readText, resolvePath } from '../../kernel/fileSystem.ts';
import type { ProcessInput } from '../../kernel/process.ts';
import { checkRequiredArgs, maybePrintHelpOrVersion } from './commandLine.ts';
import type { MessageParser } from './dumpLog/messageParser.ts';
import { messageParserOf } from './dumpLog/messageParser.ts';
import { dumpLogOptions } from './dumpLog/options.ts';
import type { ParsedOptions } from './optionParser.ts';
import { numberFormatException, parseJavaInteger, parseOptions } from './optionParser.ts';
import type { Script } from './script.ts';
import { err, out, scriptProgram } from './script.ts';
import { Thrown, thrown } from './stackTrace.ts';

export const dumpLog = scriptProgram('kafka.tools.DumpLogSegments.main(DumpLogSegments.scala)', main);

type Pair = readonly [one: number, other: number];
/** By file, what is wrong in it. */
interface Findings {
  readonly indexMismatches: Map<string, readonly Pair[]>;
  readonly timeMismatches: Map<string, readonly Pair[]>;
  readonly disorder: Map<string, readonly Pair[]>;
  readonly notFound: Map<string, readonly Pair[]>;
  readonly gaps: Map<string, readonly Pair[]>;
}

interface Task {
  readonly input: ProcessInput;
  readonly options: ParsedOptions;
  /** As given. */
  readonly file: string;
  readonly path: string;
  readonly findings: Findings;
}

function* main(input: ProcessInput): Script {
  const options = parseOptions(dumpLogOptions, input.argv.slice(1));
  maybePrintHelpOrVersion(
    dumpLogOptions,
    options,
    'This tool helps to parse a log file and dump its contents to the console, useful for debugging a seemingly corrupt log segment.',
  );
  checkRequiredArgs(dumpLogOptions, options, 'files');
  const findings: Findings = {
    indexMismatches: new Map(),
    timeMismatches: new Map(),
    disorder: new Map(),
    notFound: new Map(),
    gaps: new Map(),
  };
  for (const file of (options.valueOf('files') ?? '').split(',')) {
    yield* out(`Dumping ${file}\n`);
    yield* dumpFile({ input, options, file, path: resolvePath(input.cwd, file), findings });
  }
  yield* report(findings);
  return 0;
}

function* dumpFile(task: Task): Script<void> {
  const name = nameOf(task);
  const dot = name.lastIndexOf('.');
  if (dot === -1) {
    const message = `begin -1, end ${name.length}, length ${name.length}`;
    throw thrown('java.lang.StringIndexOutOfBoundsException', message);
  }
  switch (name.slice(dot)) {
    case '.log':
      return yield* dumpBatches(task);
    case '.index':
      return yield* dumpIndex(task);
    case '.timeindex':
      return yield* dumpTimeIndex(task);
    case '.snapshot':
      return yield* dumpSnapshot(task);
    case '.txnindex':
      return yield* dumpTransactionIndex(task);
    default:
      return yield* err(`Ignoring unknown file ${task.file}\n`);
  }
}

const nameOf = ({ file }: Task): string => file.split('/').at(-1) ?? '';

/** What stands before the first point of the name. */
function baseOffsetOf(task: Task): number {
  const text = nameOf(task).split('.')[0] ?? '';
  const offset = parseJavaInteger(text, 64);
  if (offset === undefined) throw new Thrown(numberFormatException(text));
  return offset;
}

function bytesAt({ input }: Task, path: string): Bytes {
  const bytes = readText(input.files, path);
  // Files of a log directory hold one octet a character.
  if (bytes !== undefined) return bytes as Bytes;
  throw thrown('java.nio.file.NoSuchFileException', path);
}

/** A file of the same segment. */
function siblingOf(task: Task, extension: string): string {
  const folder = task.path.slice(0, task.path.lastIndexOf('/'));
  return `${folder}/${nameOf(task).split('.')[0]}${extension}`;
}

function note(found: Map<string, readonly Pair[]>, { path }: Task, pair: Pair): void {
  found.set(path, [...(found.get(path) ?? []), pair]);
}

// The log

interface PlacedBatch {
  readonly batch: RecordBatch;
  readonly position: number;
}

function* batchesIn(bytes: Bytes, from = 0): Generator<PlacedBatch> {
  let position = from;
  for (;;) {
    const decoded = decodeBatch(bytes, position);
    if (decoded.outcome !== 'batch') return;
    yield { batch: decoded.batch, position };
    position = decoded.next;
  }
}

function* dumpBatches(task: Task): Script<void> {
  const { options } = task;
  const baseOffset = baseOffsetOf(task);
  const { parse, notices } = messageParserOf(options);
  yield* out(`Log starting offset: ${baseOffset}\n${notices}`);
  const showsData = ['print-data-log', 'offsets-decoder', 'transaction-log-decoder', 'cluster-metadata-decoder']
    .concat(['remote-log-metadata-decoder', 'value-decoder-class', 'key-decoder-class'])
    .some((name) => options.has(name));
  const showsRecords = showsData || options.has('deep-iteration');
  const limit = options.integerOf('max-bytes') ?? 2_147_483_647;
  const bytes = bytesAt(task, task.path);
  let valid = 0;
  let lastOffset = -1;
  for (const { batch, position } of batchesIn(bytes.slice(0, limit) as Bytes)) {
    yield* out(batchText(batch, position));
    for (const record of showsRecords ? batch.records : []) {
      if (lastOffset !== -1 && record.offset !== lastOffset + 1) {
        note(task.findings.gaps, task, [lastOffset, record.offset]);
      }
      lastOffset = record.offset;
      yield* showRecord(batch, record, options.has('skip-record-metadata'), showsData ? parse : null);
    }
    valid += batch.sizeInBytes;
  }
  const trailing = bytes.length - valid;
  if (trailing > 0 && limit === 2_147_483_647) {
    yield* out(`Found ${trailing} invalid bytes at the end of ${nameOf(task)}\n`);
  }
}

function batchText(batch: RecordBatch, position: number): string {
  const { baseOffset, lastOffset, baseSequence, deleteHorizonMs } = batch;
  const horizon = deleteHorizonMs === null ? 'OptionalLong.empty' : `OptionalLong[${deleteHorizonMs}]`;
  return (
    `baseOffset: ${baseOffset} lastOffset: ${lastOffset} count: ${batch.records.length}` +
    ` baseSequence: ${baseSequence} lastSequence: ${lastSequenceOf(batch)}` +
    ` producerId: ${batch.producerId} producerEpoch: ${batch.producerEpoch}` +
    ` partitionLeaderEpoch: ${batch.partitionLeaderEpoch} isTransactional: ${batch.isTransactional}` +
    ` isControl: ${batch.isControl} deleteHorizonMs: ${horizon}` +
    ` position: ${position} ${batch.timestampType}: ${batch.maxTimestamp} size: ${batch.sizeInBytes} magic: 2` +
    ` compresscodec: none crc: ${checksumOf(batch)} isvalid: true\n`
  );
}

/** What is known of a record before its key is read has been printed when that fails. */
function* showRecord(
  batch: RecordBatch,
  record: RecordBatch['records'][number],
  skipsMetadata: boolean,
  parse: MessageParser | null,
): Script<void> {
  let prefix = '| ';
  if (!skipsMetadata) {
    const { offset, key, value, headers } = record;
    const timestamp = batch.timestampType === 'LogAppendTime' ? batch.maxTimestamp : record.timestamp;
    const size = (bytes: Bytes | null): number => (bytes === null ? -1 : sizeOf(bytes));
    const sequence = batch.baseSequence === -1 ? -1 : addToSequence(batch.baseSequence, offset - batch.baseOffset);
    let text =
      `| offset: ${offset} ${batch.timestampType}: ${timestamp} keySize: ${size(key)} valueSize: ${size(value)}` +
      ` sequence: ${sequence} headerKeys: [${headers.map((header) => header.key).join(',')}]`;
    prefix = ' ';
    const marker = markerOf(batch);
    if (marker !== null) text += ` endTxnMarker: ${marker.type} coordinatorEpoch: ${marker.coordinatorEpoch}`;
    yield* out(text);
  }
  if (parse !== null && !batch.isControl) {
    const { key, payload } = parse(record);
    if (key !== null) yield* out(`${prefix}key: ${key}`);
    if (payload !== null) yield* out(` payload: ${payload}`);
  }
  yield* out('\n');
}

// Indexes

const ENTRY_OF_INDEX = 8;
const ENTRY_OF_TIME_INDEX = 12;
const ENTRY_OF_TRANSACTION_INDEX = 34;

interface IndexEntry {
  readonly offset: number;
  readonly position: number;
}

/** The file of a segment that is being written is filled up with zeros: they read as entries of the base offset. */
function* indexEntries(bytes: Bytes, baseOffset: number): Generator<IndexEntry> {
  for (let at = 0; at + ENTRY_OF_INDEX <= bytes.length; at += ENTRY_OF_INDEX) {
    const offset = baseOffset + readInt32(bytes, at);
    if (offset === baseOffset && at > 0) return;
    yield { offset, position: readInt32(bytes, at + 4) };
  }
}

function* dumpIndex(task: Task): Script<void> {
  const baseOffset = baseOffsetOf(task);
  const log = bytesAt(task, siblingOf(task, '.log'));
  const index = bytesAt(task, task.path);
  if (index.length < ENTRY_OF_INDEX) return yield* out(`${task.file} is empty.\n`);
  if (task.options.has('index-sanity-check')) return yield* out(`${task.file} passed sanity check.\n`);
  for (const { offset, position } of indexEntries(index, baseOffset)) {
    const first = batchesIn(log, position).next();
    if (first.done === true) throw thrown('java.util.NoSuchElementException', null);
    const { lastOffset } = first.value.batch;
    if (lastOffset !== offset) note(task.findings.indexMismatches, task, [offset, lastOffset]);
    if (!task.options.has('verify-index-only')) yield* out(`offset: ${offset} position: ${position}\n`);
  }
}

function* dumpTimeIndex(task: Task): Script<void> {
  const baseOffset = baseOffsetOf(task);
  const log = bytesAt(task, siblingOf(task, '.log'));
  const index = [...indexEntries(bytesAt(task, siblingOf(task, '.index')), baseOffset)];
  const bytes = bytesAt(task, task.path);
  if (task.options.has('index-sanity-check')) return yield* out(`${task.file} passed sanity check.\n`);
  let previous = -1;
  for (let at = 0; at + ENTRY_OF_TIME_INDEX <= bytes.length; at += ENTRY_OF_TIME_INDEX) {
    const timestamp = readInt64(bytes, at);
    const offset = baseOffset + readInt32(bytes, at + 8);
    if (offset === baseOffset && at > 0) return;
    const position = index.findLast((entry) => entry.offset <= offset)?.position ?? 0;
    checkTimeEntry(task, log, { timestamp, offset, position, previous });
    if (!task.options.has('verify-index-only')) yield* out(`timestamp: ${timestamp} offset: ${offset}\n`);
    previous = timestamp;
  }
}

function checkTimeEntry(
  task: Task,
  log: Bytes,
  entry: IndexEntry & { readonly timestamp: number; readonly previous: number },
): void {
  const { offset, position, timestamp, previous } = entry;
  const { findings } = task;
  for (const { batch } of batchesIn(log, position)) {
    if (batch.lastOffset < offset) continue;
    if (batch.lastOffset !== offset) note(findings.notFound, task, [offset, batch.lastOffset]);
    else {
      if (batch.maxTimestamp !== timestamp) note(findings.timeMismatches, task, [timestamp, batch.maxTimestamp]);
      if (previous >= timestamp) note(findings.disorder, task, [timestamp, previous]);
    }
    return;
  }
  note(findings.notFound, task, [offset, -1]);
}

function* dumpTransactionIndex(task: Task): Script<void> {
  const bytes = bytesAt(task, task.path);
  for (let at = 0; at + ENTRY_OF_TRANSACTION_INDEX <= bytes.length; at += ENTRY_OF_TRANSACTION_INDEX) {
    const [producerId, first, last, stable] = [2, 10, 18, 26].map((place) => readInt64(bytes, at + place));
    yield* out(
      `version: ${readInt16(bytes, at)} producerId: ${producerId} firstOffset: ${first} lastOffset: ${last} lastStableOffset: ${stable}\n`,
    );
  }
}

/** What a broker keeps of producers is known from the log directory itself: the file is not written out. */
function* dumpSnapshot(task: Task): Script<void> {
  bytesAt(task, task.path);
  const [name = '', folder = '', ...above] = task.path.split('/').reverse();
  const contents = mountedValue(task.input.files, above.reverse().join('/') || '/', logDirFormat);
  const replica = contents?.replicas.find((one) => one !== null && topicPartitionName(one) === folder);
  const snapshot = replica?.log?.producers.snapshots.find(
    ({ offset }) => `${segmentFileName(offset)}.snapshot` === name,
  );
  for (const producer of snapshot?.producers ?? []) {
    const last = producer.batches.at(-1);
    const batch =
      last === undefined
        ? ''
        : `firstSequence: ${last.lastSequence - last.offsetDelta} lastSequence: ${last.lastSequence} lastOffset: ${last.lastOffset} offsetDelta: ${last.offsetDelta} timestamp: ${last.timestamp}`;
    const first = producer.currentTxnFirstOffset;
    yield* out(
      `producerId: ${producer.producerId} producerEpoch: ${producer.producerEpoch} coordinatorEpoch: ${producer.coordinatorEpoch} ` +
        `currentTxnFirstOffset: ${first === null ? 'OptionalLong.empty' : `OptionalLong[${first}]`} lastTimestamp: ${producer.lastTimestamp} ${batch}\n`,
    );
  }
}

function* report({ indexMismatches, timeMismatches, disorder, notFound, gaps }: Findings): Script<void> {
  for (const [path, pairs] of indexMismatches) {
    yield* err(`Mismatches in :${path}\n`);
    // The last is told first.
    for (const [entry, log] of pairs.toReversed()) yield* err(`  Index offset: ${entry}, log offset: ${log}\n`);
  }
  for (const [path, pairs] of timeMismatches) {
    yield* err(`Found timestamp mismatch in :${path}\n`);
    for (const [entry, log] of pairs) yield* err(`  Index timestamp: ${entry}, log timestamp: ${log}\n`);
  }
  for (const [path, pairs] of disorder) {
    yield* err(`Found out of order timestamp in :${path}\n`);
    for (const [entry, before] of pairs) {
      yield* err(`  Index timestamp: ${entry}, Previously indexed timestamp: ${before}\n`);
    }
  }
  for (const pairs of notFound.values()) {
    yield* err('The following indexed offsets are not found in the log.\n');
    for (const [entry, log] of pairs) yield* err(`Indexed offset: ${entry}, found log offset: ${log}\n`);
  }
  for (const [path, pairs] of gaps) {
    yield* err(`Non-consecutive offsets in ${path}\n`);
    for (const [one, other] of pairs.toReversed()) yield* err(`  ${one} is followed by ${other}\n`);
  }
}
