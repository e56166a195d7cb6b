/** The options of kafka-console-producer (`kafka.tools.ConsoleProducer.ProducerConfig`, 3.9.0). */
import type { OptionSpec } from '../optionSpec.ts';
import { commonOptions } from '../optionSpec.ts';

const readerProperties = `A mechanism to pass user-defined properties in the form key=value to the message reader. This allows custom configuration for a user-defined message reader.
Default properties include:
 parse.key=false
 parse.headers=false
 ignore.error=false
 key.separator=\\t
 headers.delimiter=\\t
 headers.separator=,
 headers.key.separator=:
 null.marker=   When set, any fields (key, value and headers) equal to this will be replaced by null
Default parsing pattern when:
 parse.headers=true and parse.key=true:
  "h1:v1,h2:v2...\\tkey\\tvalue"
 parse.key=true:
  "key\\tvalue"
 parse.headers=true:
  "h1:v1,h2:v2...\\tvalue"
      `;

export const consoleProducerOptions: readonly OptionSpec[] = [
  ...commonOptions,
  {
    name: 'topic',
    description: 'REQUIRED: The topic id to produce messages to.',
    argument: { describedAs: 'topic' },
  },
  {
    name: 'broker-list',
    description:
      'DEPRECATED, use --bootstrap-server instead; ignored if --bootstrap-server is specified.  The broker list string in the form HOST1:PORT1,HOST2:PORT2.',
    argument: { describedAs: 'broker-list' },
  },
  {
    name: 'bootstrap-server',
    description:
      'REQUIRED unless --broker-list(deprecated) is specified. The server(s) to connect to. The broker list string in the form HOST1:PORT1,HOST2:PORT2.',
    requiredUnless: ['broker-list'],
    argument: { describedAs: 'server to connect to' },
  },
  {
    name: 'sync',
    description: 'If set message send requests to the brokers are synchronously, one at a time as they arrive.',
  },
  {
    name: 'compression-codec',
    description:
      "The compression codec: either 'none', 'gzip', 'snappy', 'lz4', or 'zstd'.If specified without value, then it defaults to 'gzip'",
    argument: { describedAs: 'compression-codec', isOptional: true },
  },
  {
    name: 'batch-size',
    description:
      'Number of messages to send in a single batch if they are not being sent synchronously. please note that this option will be replaced if max-partition-memory-bytes is also set',
    argument: { describedAs: 'size', type: 'Integer', defaultsTo: '16384' },
  },
  {
    name: 'message-send-max-retries',
    description:
      'Brokers can fail receiving the message for multiple reasons, and being unavailable transiently is just one of them. This property specifies the number of retries before the producer give up and drop this message. This is the option to control `retries` in producer configs.',
    argument: { type: 'Integer', defaultsTo: '3' },
  },
  {
    name: 'retry-backoff-ms',
    description:
      'Before each retry, the producer refreshes the metadata of relevant topics. Since leader election takes a bit of time, this property specifies the amount of time that the producer waits before refreshing the metadata. This is the option to control `retry.backoff.ms` in producer configs.',
    argument: { type: 'Long', defaultsTo: '100' },
  },
  {
    name: 'timeout',
    description:
      'If set and the producer is running in asynchronous mode, this gives the maximum amount of time a message will queue awaiting sufficient batch size. The value is given in ms. This is the option to control `linger.ms` in producer configs.',
    argument: { describedAs: 'timeout_ms', type: 'Long', defaultsTo: '1000' },
  },
  {
    name: 'request-required-acks',
    description: 'The required `acks` of the producer requests',
    argument: { describedAs: 'request required acks', defaultsTo: '-1' },
  },
  {
    name: 'request-timeout-ms',
    description: 'The ack timeout of the producer requests. Value must be non-negative and non-zero.',
    argument: { describedAs: 'request timeout ms', type: 'Integer', defaultsTo: '1500' },
  },
  {
    name: 'metadata-expiry-ms',
    description:
      "The period of time in milliseconds after which we force a refresh of metadata even if we haven't seen any leadership changes. This is the option to control `metadata.max.age.ms` in producer configs.",
    argument: { describedAs: 'metadata expiration interval', type: 'Long', defaultsTo: '300000' },
  },
  {
    name: 'max-block-ms',
    description: 'The max time that the producer will block for during a send request.',
    argument: { describedAs: 'max block on send', type: 'Long', defaultsTo: '60000' },
  },
  {
    name: 'max-memory-bytes',
    description:
      'The total memory used by the producer to buffer records waiting to be sent to the server. This is the option to control `buffer.memory` in producer configs.',
    argument: { describedAs: 'total memory in bytes', type: 'Long', defaultsTo: '33554432' },
  },
  {
    name: 'max-partition-memory-bytes',
    description:
      'The buffer size allocated for a partition. When records are received which are smaller than this size the producer will attempt to optimistically group them together until this size is reached. This is the option to control `batch.size` in producer configs.',
    argument: { describedAs: 'memory in bytes per partition', type: 'Integer', defaultsTo: '16384' },
  },
  {
    name: 'line-reader',
    description:
      'The class name of the class to use for reading lines from standard in. By default each line is read as a separate message.',
    argument: { describedAs: 'reader_class', defaultsTo: 'kafka.tools.ConsoleProducer$LineMessageReader' },
  },
  {
    name: 'socket-buffer-size',
    description:
      'The size of the tcp RECV size. This is the option to control `send.buffer.bytes` in producer configs.',
    argument: { describedAs: 'size', type: 'Integer', defaultsTo: '102400' },
  },
  { name: 'property', description: readerProperties, argument: { describedAs: 'prop' } },
  {
    name: 'reader-config',
    description:
      'Config properties file for the message reader. Note that [property] takes precedence over this config.',
    argument: { describedAs: 'config file' },
  },
  {
    name: 'producer-property',
    description: 'A mechanism to pass user-defined properties in the form key=value to the producer. ',
    argument: { describedAs: 'producer_prop' },
  },
  {
    name: 'producer.config',
    description: 'Producer config properties file. Note that [producer-property] takes precedence over this config.',
    argument: { describedAs: 'config file' },
  },
];
