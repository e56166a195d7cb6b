/** Options of kafka-dump-log (`kafka.tools.DumpLogSegments.DumpLogSegmentsOptions`, 3.9.0). */
import type { OptionSpec } from '../optionSpec.ts';
import { commonOptions } from '../optionSpec.ts';

const stringDecoder = 'org.apache.kafka.tools.api.StringDecoder';

export const dumpLogOptions: readonly OptionSpec[] = [
  ...commonOptions,
  {
    name: 'print-data-log',
    description:
      'If set, printing the messages content when dumping data logs. Automatically set if any decoder option is specified.',
  },
  {
    name: 'verify-index-only',
    description: 'If set, just verify the index log without printing its content.',
  },
  {
    name: 'index-sanity-check',
    description:
      'If set, just checks the index sanity without printing its content. This is the same check that is executed on broker startup to determine if an index needs rebuilding or not.',
  },
  {
    name: 'files',
    description: 'REQUIRED: The comma separated list of data and index log files to be dumped.',
    argument: { describedAs: 'file1, file2, ...' },
  },
  {
    name: 'max-message-size',
    description: 'Size of largest message.',
    argument: { describedAs: 'size', type: 'Integer', defaultsTo: '5242880' },
  },
  {
    name: 'max-bytes',
    description: 'Limit the amount of total batches read in bytes avoiding reading the whole .log file(s).',
    argument: { describedAs: 'size', type: 'Integer', defaultsTo: '2147483647' },
  },
  {
    name: 'deep-iteration',
    description: 'If set, uses deep instead of shallow iteration. Automatically set if print-data-log is enabled.',
  },
  {
    name: 'value-decoder-class',
    description:
      'If set, used to deserialize the messages. This class should implement org.apache.kafka.tools.api.Decoder trait. Custom jar should be available in kafka/libs directory.',
    argument: { isOptional: true, defaultsTo: stringDecoder },
  },
  {
    name: 'key-decoder-class',
    description:
      'If set, used to deserialize the keys. This class should implement org.apache.kafka.tools.api.Decoder trait. Custom jar should be available in kafka/libs directory.',
    argument: { isOptional: true, defaultsTo: stringDecoder },
  },
  {
    name: 'offsets-decoder',
    description: 'If set, log data will be parsed as offset data from the __consumer_offsets topic.',
  },
  {
    name: 'transaction-log-decoder',
    description: 'If set, log data will be parsed as transaction metadata from the __transaction_state topic.',
  },
  {
    name: 'cluster-metadata-decoder',
    description: 'If set, log data will be parsed as cluster metadata records.',
  },
  {
    name: 'remote-log-metadata-decoder',
    description:
      'If set, log data will be parsed as TopicBasedRemoteLogMetadataManager (RLMM) metadata records. Instead, the value-decoder-class option can be used if a custom RLMM implementation is configured.',
  },
  { name: 'skip-record-metadata', description: 'Whether to skip printing metadata for each record.' },
];
