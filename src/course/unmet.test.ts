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
    [missing({ is: 'serviceStopped', service: 'broker-1' }), 'Broker 1 tourne encore.', 'Broker 1 is still running.'],
  ])('never says “not yet”', (unmet, fr, en) => {
    expect([noLongerFr(unmet), noLongerEn(unmet)]).toEqual([fr, en]);
  });
});
