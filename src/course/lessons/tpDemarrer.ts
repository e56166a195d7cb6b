/** Hands-on 2: ZooKeeper, then the broker. */
import { all, not } from '../goal.ts';
import { type, wait, type Lesson } from '../lesson.ts';

const startBroker = 'bin/kafka-server-start.sh config/server.properties';

export const tpDemarrer: Lesson = {
  id: 'tp-demarrer',
  module: 'M8',
  minutes: 10,
  slides: [35],
  start: { preset: 'installe', terminals: ['zookeeper', 'broker'], actions: [] },
  steps: [
    { kind: 'read', id: 'deux-serveurs' },
    { kind: 'read', id: 'kraft' },
    {
      kind: 'question',
      question: {
        id: 'broker-d-abord',
        kind: 'predict',
        choices: ['attend', 'kraft', 'abandonne'],
        experiment: [type('coulisses', startBroker), wait(30)],
        proofs: [
          { choice: 'abandonne', when: { is: 'commandRun', program: 'kafka-server-start', exit: 1 } },
          { choice: 'attend', when: { is: 'running', program: 'kafka-server-start' } },
          { choice: 'kraft', when: { is: 'serviceRunning', service: 'broker-0' } },
        ],
      },
    },
    {
      kind: 'task',
      task: {
        id: 'zookeeper',
        goal: { is: 'serviceRunning', service: 'zookeeper-1' },
        solution: [type('zookeeper', 'bin/zookeeper-server-start.sh config/zookeeper.properties')],
        wrongTurns: [
          { id: 'broker-d-abord', when: { is: 'commandRun', program: 'kafka-server-start', latest: 'ofAll' } },
        ],
      },
    },
    {
      kind: 'task',
      task: {
        id: 'broker',
        goal: all({ is: 'serviceRunning', service: 'zookeeper-1' }, { is: 'serviceRunning', service: 'broker-0' }),
        solution: [type('broker', startBroker)],
        wrongTurns: [
          { id: 'zookeeper-arrete', when: { is: 'serviceStopped', service: 'zookeeper-1' } },
          {
            id: 'a-renonce',
            when: all(
              { is: 'commandRun', program: 'kafka-server-start', latest: true, exit: 1 },
              not({ is: 'running', program: 'kafka-server-start' }),
            ),
          },
        ],
      },
    },
  ],
};
