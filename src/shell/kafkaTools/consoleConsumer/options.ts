/** The options of kafka-console-consumer (`org.apache.kafka.tools.consumer.ConsoleConsumerOptions`, 3.9.0). */
import type { OptionSpec } from '../optionSpec.ts';
import { commonOptions } from '../optionSpec.ts';

const formatterProperties = `The properties to initialize the message formatter. Default properties include:${' '}
 print.timestamp=true|false
 print.key=true|false
 print.offset=true|false
 print.partition=true|false
 print.headers=true|false
 print.value=true|false
 key.separator=<key.separator>
 line.separator=<line.separator>
 headers.separator=<line.separator>
 null.literal=<null.literal>
 key.deserializer=<key.deserializer>
 value.deserializer=<value.deserializer>
 header.deserializer=<header.deserializer>

Users can also pass in customized properties for their formatter; more specifically, users can pass in properties keyed with 'key.deserializer.', 'value.deserializer.' and 'headers.deserializer.' prefixes to configure their deserializers.`;

export const consoleConsumerOptions: readonly OptionSpec[] = [
  ...commonOptions,
  { name: 'topic', description: 'The topic to consume on.', argument: { describedAs: 'topic' } },
  {
    name: 'whitelist',
    description:
      'DEPRECATED, use --include instead; ignored if --include specified. Regular expression specifying list of topics to include for consumption.',
    argument: { describedAs: 'Java regex (String)' },
  },
  {
    name: 'include',
    description: 'Regular expression specifying list of topics to include for consumption.',
    argument: { describedAs: 'Java regex (String)' },
  },
  {
    name: 'partition',
    description:
      "The partition to consume from. Consumption starts from the end of the partition unless '--offset' is specified.",
    argument: { describedAs: 'partition', type: 'Integer' },
  },
  {
    name: 'offset',
    description:
      "The offset to consume from (a non-negative number), or 'earliest' which means from beginning, or 'latest' which means from end",
    argument: { describedAs: 'consume offset', defaultsTo: 'latest' },
  },
  {
    name: 'consumer-property',
    description: 'A mechanism to pass user-defined properties in the form key=value to the consumer.',
    argument: { describedAs: 'consumer_prop' },
  },
  {
    name: 'consumer.config',
    description: 'Consumer config properties file. Note that [consumer-property] takes precedence over this config.',
    argument: { describedAs: 'config file' },
  },
  {
    name: 'formatter',
    description: 'The name of a class to use for formatting kafka messages for display.',
    argument: { describedAs: 'class', defaultsTo: 'org.apache.kafka.tools.consumer.DefaultMessageFormatter' },
  },
  { name: 'property', description: formatterProperties, argument: { describedAs: 'prop' } },
  {
    name: 'formatter-config',
    description:
      'Config properties file to initialize the message formatter. Note that [property] takes precedence over this config.',
    argument: { describedAs: 'config file' },
  },
  {
    name: 'from-beginning',
    description:
      'If the consumer does not already have an established offset to consume from, start with the earliest message present in the log rather than the latest message.',
  },
  {
    name: 'max-messages',
    description: 'The maximum number of messages to consume before exiting. If not set, consumption is continual.',
    argument: { describedAs: 'num_messages', type: 'Integer' },
  },
  {
    name: 'timeout-ms',
    description: 'If specified, exit if no message is available for consumption for the specified interval.',
    argument: { describedAs: 'timeout_ms', type: 'Long' },
  },
  {
    name: 'skip-message-on-error',
    description: 'If there is an error when processing a message, skip it instead of halt.',
  },
  {
    name: 'bootstrap-server',
    description: 'REQUIRED: The server(s) to connect to.',
    argument: { describedAs: 'server to connect to' },
  },
  { name: 'key-deserializer', description: '', argument: { describedAs: 'deserializer for key' } },
  { name: 'value-deserializer', description: '', argument: { describedAs: 'deserializer for values' } },
  {
    name: 'enable-systest-events',
    description:
      'Log lifecycle events of the consumer in addition to logging consumed messages. (This is specific for system tests.)',
  },
  {
    name: 'isolation-level',
    description:
      'Set to read_committed in order to filter out transactional messages which are not committed. Set to read_uncommitted to read all messages.',
    argument: { defaultsTo: 'read_uncommitted' },
  },
  {
    name: 'group',
    description: 'The consumer group id of the consumer.',
    argument: { describedAs: 'consumer group id' },
  },
];
