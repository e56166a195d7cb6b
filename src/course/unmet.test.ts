import { describe, expect, test } from 'vitest';
import type { Unmet } from './goal.ts';
import type { Predicate } from './predicate.ts';
import { noLongerEn, unmetEn } from './unmet.en.ts';
import { noLongerFr, unmetFr } from './unmet.fr.ts';

const missing = (predicate: Predicate, seen: Unmet['seen'] = null, mustNot = false): Unmet => ({
  predicate,
  seen,
  mustNot,
});

describe('what is missing', () => {
  test('names servers as the figure does', () => {
    const broker = missing({ is: 'serviceRunning', service: 'broker-0' });
    const zooKeeper = missing({ is: 'serviceStopped', service: 'zookeeper-2' });

    expect([broker, zooKeeper].map(unmetFr)).toEqual([
      'Broker 0 ne tourne pas encore.',
      'ZooKeeper 2 (zk-2) tourne encore.',
    ]);
    expect([broker, zooKeeper].map(unmetEn)).toEqual([
      'Broker 0 is not running yet.',
      'ZooKeeper 2 (zk-2) is still running.',
    ]);
  });

  test('asks for one more ZooKeeper server, whichever', () => {
    const one = missing({ is: 'zooKeepersDown', count: { min: 2 } }, 1);

    expect(unmetFr(one)).toBe('Un seul serveur ZooKeeper est arrêté\u00a0; il en faut au moins 2.');
    expect(unmetEn(one)).toBe('Only one ZooKeeper server is down; it takes at least 2.');
  });

  test('does not say that time stands still to who has not gone back', () => {
    const running = missing({ is: 'wentOn' });
    const stopped = missing({ is: 'wentOn' }, 'stopped');

    expect(unmetFr(running)).not.toContain('arrêté');
    expect(unmetFr(stopped)).toContain('arrêté');
    expect(unmetEn(running)).not.toContain('still');
    expect(unmetEn(stopped)).toContain('still');
  });
});

describe('what is no longer true', () => {
  test.each<[Unmet, string, string]>([
    [
      missing({ is: 'serviceRunning', service: 'broker-0' }),
      'Broker 0 ne tourne plus.',
      'Broker 0 is no longer running.',
    ],
    [
      missing({ is: 'running', program: 'kafka-console-consumer' }, 0),
      'Aucune commande `kafka-console-consumer.sh` ne tourne plus.',
      'No `kafka-console-consumer.sh` command is running any more.',
    ],
    [
      missing({ is: 'file', path: 'kafka.tgz', exists: true }),
      'Le fichier `kafka.tgz` n’existe pas.',
      'The file `kafka.tgz` does not exist.',
    ],
    [missing({ is: 'happened', fact: 'isrShrunk' }), 'L’ISR n’a pas rétréci.', 'The ISR has not shrunk.'],
    [
      missing({ is: 'groupState', group: 'g', state: 'Stable' }, 'Empty'),
      'Le groupe `g` est dans l’état Empty, et non Stable.',
      'The group `g` is in state Empty, not Stable.',
    ],
    [missing({ is: 'serviceStopped', service: 'broker-1' }), 'Broker 1 tourne.', 'Broker 1 is running.'],
    [
      missing({ is: 'keyedProducers', topic: 't', count: { min: 2 } }, 0),
      'Aucun producteur n’a écrit avec une clé dans `t`\u00a0; il en faut au moins 2.',
      'No producer has written with a key to `t`; it takes at least 2.',
    ],
  ])('never says “not yet”', (unmet, fr, en) => {
    expect([noLongerFr(unmet), noLongerEn(unmet)]).toEqual([fr, en]);
  });

  test('is told of nothing as if it were to come, or were so still', () => {
    const place = { topic: 't', partition: 0 };
    const [service, program, path, group] = ['broker-0', 'kafka-topics', '/a', 'g'];
    const every: Readonly<Record<Predicate['is'], readonly Predicate[]>> = {
      serviceRunning: [{ is: 'serviceRunning', service }],
      serviceStopped: [
        { is: 'serviceStopped', service, how: 'killed' },
        { is: 'serviceStopped', service },
      ],
      servicePaused: [{ is: 'servicePaused', service }],
      zooKeepersDown: [{ is: 'zooKeepersDown', count: 2 }],
      linkCut: [{ is: 'linkCut', between: [service, 'broker-1'] }],
      commandRun: [
        { is: 'commandRun', program },
        { is: 'commandRun', program, words: ['--list'], exit: 0 },
      ],
      zooKeeperAsked: [{ is: 'zooKeeperAsked', command: 'get', path }],
      watchHeard: [{ is: 'watchHeard', path }],
      interrupted: [{ is: 'interrupted', program }],
      producersStopped: [{ is: 'producersStopped' }],
      running: [{ is: 'running', program }],
      file: [
        { is: 'file', path, exists: true },
        { is: 'file', path, exists: false },
      ],
      happened: (
        [
          'controllerElected',
          'isrExpanded',
          'isrShrunk',
          'leaderElected',
          'recordsRefused',
          'sessionExpired',
          'zookeeperElected',
        ] as const
      ).map((fact) => ({ is: 'happened', fact })),
      travelled: [{ is: 'travelled' }],
      wentOn: [{ is: 'wentOn' }],
      topicExists: [{ is: 'topicExists', topic: 't' }],
      topicAbsent: [{ is: 'topicAbsent', topic: 't' }],
      records: [{ is: 'records', topic: 't', count: 3, key: 'k' }],
      keyedProducers: [{ is: 'keyedProducers', topic: 't', count: 3 }],
      keyPartitions: [{ is: 'keyPartitions', topic: 't', key: 'k', count: 3 }],
      sharePartition: [{ is: 'sharePartition', topic: 't', keys: ['k', 'l'] }],
      logStart: [{ is: 'logStart', ...place, offset: 3 }],
      logEnd: [{ is: 'logEnd', ...place, offset: 3 }],
      holes: [{ is: 'holes', ...place, count: 3 }],
      segments: [{ is: 'segments', ...place, count: 3 }],
      unreadable: [{ is: 'unreadable', ...place, count: 3 }],
      consumed: [
        { is: 'consumed', topic: 't', records: 3 },
        { is: 'consumed', topic: 't', records: 3, live: true },
      ],
      leaderIs: [{ is: 'leaderIs', ...place, broker: 1 }],
      leaderIsNot: [{ is: 'leaderIsNot', ...place, broker: 1 }],
      leaderEpoch: [{ is: 'leaderEpoch', ...place, epoch: 3 }],
      leadersSpread: [{ is: 'leadersSpread', topic: 't', brokers: 3 }],
      isrSize: [{ is: 'isrSize', ...place, size: 3 }],
      underReplicated: [{ is: 'underReplicated', topic: 't', count: 3 }],
      controllerIs: [{ is: 'controllerIs', broker: 1 }],
      controllerIsNot: [{ is: 'controllerIsNot', broker: 1 }],
      controllerEpoch: [{ is: 'controllerEpoch', epoch: 3 }],
      znode: [
        { is: 'znode', path },
        { is: 'znode', path, exists: false },
        { is: 'znode', path, children: 3 },
      ],
      zooKeeperServes: [{ is: 'zooKeeperServes', leaderIsNot: 1 }],
      groupState: [{ is: 'groupState', group, state: 'Stable' }],
      groupMembers: [{ is: 'groupMembers', group, count: 3 }],
      idleMembers: [{ is: 'idleMembers', group, count: 3 }],
      allAssigned: [{ is: 'allAssigned', group, topic: 't' }],
      committed: [{ is: 'committed', ...place, group, offset: 3 }],
      lag: [{ is: 'lag', group, topic: 't', records: 3 }],
    };
    const unmet = Object.values(every)
      .flat()
      .flatMap((predicate) =>
        [null, -1, 0, 1, 2, 'dead'].flatMap((seen) => [missing(predicate, seen), missing(predicate, seen, true)]),
      );

    expect(unmet.map(noLongerFr).filter((sentence) => /encore/.test(sentence))).toEqual([]);
    expect(
      unmet.map(noLongerEn).filter((sentence) => /\b(?:yet|still)\b/.test(sentence.replace('stands still', ''))),
    ).toEqual([]);
  });
});
