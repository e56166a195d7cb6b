import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { brokerApiVersionsOptions } from './brokerApiVersions.ts';
import { configsOptions } from './configs/options.ts';
import { consoleConsumerOptions } from './consoleConsumer/options.ts';
import { consoleProducerOptions } from './consoleProducer/options.ts';
import { consumerGroupsOptions } from './consumerGroups/options.ts';
import { deleteRecordsOptions } from './deleteRecords.ts';
import { getOffsetsOptions } from './getOffsets/options.ts';
import { leaderElectionOptions } from './leaderElection.ts';
import { reassignmentOptions } from './reassignPartitions/options.ts';
import { topicsOptions } from './topics/options.ts';
import { usageText } from './usageText.ts';

/** The first usage that a recording shows. */
function recordedUsage(scenario: string, tool: string): string {
  const { steps } = JSON.parse(readFileSync(`goldens/cli/${scenario}.json`, 'utf8')) as {
    steps: { command?: string; got: { output?: Record<string, string[]> } }[];
  };
  for (const { command, got } of steps) {
    if (command?.includes(tool) !== true) continue;
    for (const lines of Object.values(got.output ?? {})) {
      const from = lines.findIndex((line) => line.startsWith('Option '));
      if (from !== -1) return `${lines.slice(from).join('\n')}\n`;
    }
  }
  throw new Error(`no usage of ${tool} in ${scenario}`);
}

describe('the usage of a tool', () => {
  test.each([
    ['kafka-topics', 'topics-usage', topicsOptions],
    ['kafka-console-producer', 'console-usage', consoleProducerOptions],
    ['kafka-console-consumer', 'console-usage', consoleConsumerOptions],
    ['kafka-get-offsets', 'get-offsets', getOffsetsOptions],
    ['kafka-consumer-groups', 'groups-usage', consumerGroupsOptions],
    ['kafka-delete-records', 'delete-records', deleteRecordsOptions],
    ['kafka-leader-election', 'leader-election', leaderElectionOptions],
    ['kafka-configs', 'configs-broker', configsOptions],
    ['kafka-reassign-partitions', 'reassign-partitions', reassignmentOptions],
    ['kafka-broker-api-versions', 'broker-api-versions', brokerApiVersionsOptions],
  ])('of %s is the one that Kafka prints', (tool, scenario, options) => {
    expect(usageText(options)).toBe(recordedUsage(scenario, tool));
  });
});
