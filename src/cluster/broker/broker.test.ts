import { describe, expect, test } from 'vitest';
import { clusterLaboratory } from './testing/clusterLaboratory.ts';

describe('one broker', () => {
  test('starts', () => {
    const lab = clusterLaboratory();
    const broker = lab.startBroker(0);
    lab.pass(4000);
    console.log(lab.printedBy(broker));
    const c = lab.ask(0, 'CreateTopics', {
      topics: [{ name: 't', numPartitions: 2, replicationFactor: 1, assignments: [], configs: [] }],
      timeoutMs: 5000,
      validateOnly: false,
    });
    console.log(JSON.stringify(c).slice(0, 600));
    console.log(
      JSON.stringify(
        lab.ask(0, 'Metadata', {
          topics: null,
          allowAutoTopicCreation: false,
          includeTopicAuthorizedOperations: false,
        }),
      ),
    );
    console.log(lab.printedBy(broker).slice(-3000));
    expect(1).toBe(1);
  });
});
