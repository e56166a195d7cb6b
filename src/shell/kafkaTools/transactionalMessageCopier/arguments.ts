/** What TransactionalMessageCopier may be told (`TransactionalMessageCopier#argParser`, 3.9.0). */
import type { ArgParser } from '../argParser.ts';

export const copierParser: ArgParser = {
  prog: 'transactional-message-copier',
  showsDefaults: true,
  description:
    'This tool copies messages transactionally from an input partition to an output topic, committing the consumed offsets along with the output messages',
  args: [
    {
      flags: ['--input-topic'],
      help: 'Consume messages from this topic',
      metavar: 'INPUT-TOPIC',
      isRequired: true,
    },
    {
      flags: ['--input-partition'],
      help: 'Consume messages from this partition of the input topic.',
      metavar: 'INPUT-PARTITION',
      type: 'integer',
      isRequired: true,
    },
    { flags: ['--output-topic'], help: 'Produce messages to this topic', metavar: 'OUTPUT-TOPIC', isRequired: true },
    {
      flags: ['--broker-list'],
      help: 'Comma-separated list of Kafka brokers in the form HOST1:PORT1,HOST2:PORT2,...',
      metavar: 'HOST1:PORT1[,HOST2:PORT2[...]]',
      isRequired: true,
    },
    {
      flags: ['--max-messages'],
      help: 'Process these many messages upto the end offset at the time this program was launched. If set to -1 we will just read to the end offset of the input partition (as of the time the program was launched).',
      metavar: 'MAX-MESSAGES',
      type: 'integer',
      defaultsTo: '-1',
    },
    {
      flags: ['--consumer-group'],
      help: 'The consumer group id to use for storing the consumer offsets.',
      metavar: 'CONSUMER-GROUP',
      defaultsTo: '-1',
    },
    {
      flags: ['--transaction-size'],
      help: 'The number of messages to put in each transaction. Default is 200.',
      metavar: 'TRANSACTION-SIZE',
      type: 'integer',
      defaultsTo: '200',
    },
    {
      flags: ['--transaction-timeout'],
      help: 'The transaction timeout in milliseconds. Default is 60000(1 minute).',
      metavar: 'TRANSACTION-TIMEOUT',
      type: 'integer',
      defaultsTo: '60000',
    },
    {
      flags: ['--transactional-id'],
      help: 'The transactionalId to assign to the producer',
      metavar: 'TRANSACTIONAL-ID',
      isRequired: true,
    },
    {
      flags: ['--enable-random-aborts'],
      help: 'Whether or not to enable random transaction aborts (for system testing)',
      takes: 'none',
      defaultsTo: 'false',
    },
    {
      flags: ['--group-mode'],
      help: 'Whether to let consumer subscribe to the input topic or do manual assign. If we do subscription based consumption, the input partition shall be ignored',
      takes: 'none',
      defaultsTo: 'false',
    },
    {
      flags: ['--use-group-metadata'],
      help: 'Whether to use the new transactional commit API with group metadata',
      takes: 'none',
      defaultsTo: 'false',
    },
  ],
};
