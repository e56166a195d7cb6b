import { describe, expect, test } from 'vitest';
import { programs } from '../shell/registry.ts';
import { begin } from './begin.ts';
import { evidenceOf } from './evidence.ts';
import { generalTurnEn } from './generalTurn.en.ts';
import { generalTurnFr } from './generalTurn.fr.ts';
import type { GeneralTurn } from './generalTurn.ts';
import { generalTurnOf, isToolCalled } from './generalTurn.ts';
import type { Action, Start } from './lesson.ts';
import { press, type, wait } from './lesson.ts';
import { perform } from './perform.ts';

const folder = '~/kafka/kafka_2.13-3.9.0';

function turnAfter(preset: Start['preset'], actions: readonly Action[]): GeneralTurn | null {
  const { timeline, firstProcess } = begin(
    { preset, terminals: ['t'], actions: [] },
    { programs, seed: 3, setup: null },
  );
  const startedAt = timeline.now;
  perform(timeline, actions);
  return generalTurnOf(evidenceOf(timeline, { firstProcess, startedAt, hasTravelled: false, hasGoneOn: false }));
}
const typed = (...lines: readonly string[]): readonly Action[] => lines.map((line) => type('t', line));
const create = 'bin/kafka-topics.sh --create --topic essai --bootstrap-server';
const produce = 'bin/kafka-console-producer.sh --topic essai --bootstrap-server localhost:9092';

describe('a wrong turn of any lesson', () => {
  test.each<[string, Start['preset'], readonly Action[], GeneralTurn]>([
    [
      'a tool called from another folder: the exact cd',
      'installe',
      typed('cd', 'bin/kafka-topics.sh --version'),
      { is: 'otherFolder', folder, tool: 'bin/kafka-topics.sh' },
    ],
    [
      'a tool called from another folder, at the end of a pipe',
      'installe',
      typed('cd /tmp', 'echo a | bin/kafka-console-producer.sh --topic essai'),
      { is: 'otherFolder', folder, tool: 'bin/kafka-console-producer.sh' },
    ],
    ['a folder that is elsewhere', 'installe', typed('cd kafka_2.13-3.9.0'), { is: 'otherFolder', folder, tool: null }],
    [
      'a tool without its folder',
      'installe',
      typed('kafka-topics.sh --version'),
      { is: 'withoutBin', tool: 'bin/kafka-topics.sh' },
    ],
    ['a misspelt tool', 'installe', typed('bin/kafka-topic.sh'), { is: 'unknownCommand', word: 'bin/kafka-topic.sh' }],
    ['letters swallowed', 'installe', typed('opics.sh --list'), { is: 'unknownCommand', word: 'opics.sh' }],
    [
      'a server without its file',
      'installe',
      typed('bin/zookeeper-server-start.sh'),
      { is: 'noProperties', script: 'zookeeper-server-start.sh', example: 'config/zookeeper.properties' },
    ],
    [
      'a server with a misspelt file',
      'installe',
      typed('bin/zookeeper-server-start.sh config/zookeper.properties'),
      { is: 'absentProperties', file: 'config/zookeper.properties', folder, example: 'config/zookeeper.properties' },
    ],
    [
      'a broker with a file that is elsewhere',
      'installe',
      typed('cd bin', './kafka-server-start.sh -daemon config/server.properties'),
      {
        is: 'absentProperties',
        file: 'config/server.properties',
        folder: `${folder}/bin`,
        example: 'config/server.properties',
      },
    ],
    [
      'ZooKeeper’s port',
      'solo',
      typed(`${create} localhost:2181`),
      { is: 'zooKeeperPort', port: 2181, brokerPort: 9092 },
    ],
    [
      'ZooKeeper’s port, of a tool that was stopped',
      'solo',
      [...typed(`${create}=localhost:2181`), press('t', 'Ctrl-C')],
      { is: 'zooKeeperPort', port: 2181, brokerPort: 9092 },
    ],
    [
      'a broker’s port for ZooKeeper',
      'solo',
      typed('bin/zookeeper-shell.sh localhost:9092 ls /'),
      { is: 'brokerPort', port: 9092, zooKeeperPort: 2181 },
    ],
    [
      'the placeholder of a slide',
      'vide',
      typed('curl https://downloads.apache.org/kafka/3.9.0/kafka_2.13-3.9.0.tgz -o <dossier_de_votre_choix>/kafka.tgz'),
      { is: 'placeholder', word: '<dossier_de_votre_choix>' },
    ],
    [
      'a command typed into a producer',
      'solo',
      [...typed(produce), wait(2), ...typed('bin/kafka-topics.sh --list')],
      { is: 'typedIntoProgram', program: 'kafka-console-producer' },
    ],
    [
      'a command typed where a server runs',
      'installe',
      typed(
        'bin/zookeeper-server-start.sh config/zookeeper.properties',
        'bin/kafka-server-start.sh config/server.properties',
      ),
      { is: 'typedIntoProgram', program: 'zookeeper-server-start' },
    ],
  ])('%s', (_, preset, actions, turn) => {
    expect(turnAfter(preset, actions)).toEqual(turn);
    expect([generalTurnFr(turn), generalTurnEn(turn)].every((sentence) => /^.{20,}\.$/su.test(sentence))).toBe(true);
  });

  test.each<[string, Start['preset'], readonly Action[]]>([
    ['nothing typed', 'installe', []],
    ['the right command', 'installe', typed('bin/kafka-topics.sh --version')],
    [
      'a wrong one, then the right one',
      'installe',
      typed('cd', 'bin/kafka-topics.sh --version', 'cd -', 'bin/kafka-topics.sh --version'),
    ],
    ['a tool that says no by itself', 'solo', typed('bin/kafka-topics.sh --create')],
    ['lines for a producer', 'solo', [...typed(produce), wait(2), ...typed('Premier événement', 'cd est un mot')]],
    ['a redirection', 'installe', typed('echo b > entree', 'sort <entree>sortie')],
    ['a server that starts', 'installe', typed('bin/zookeeper-server-start.sh -daemon config/zookeeper.properties')],
  ])('is not seen in %s', (_, preset, actions) => {
    expect(turnAfter(preset, actions)).toBeNull();
  });
});

test('a line calls a tool where a script stands in the place of a command', () => {
  expect(['bin/kafka-topics.sh --list', "printf 'a' | ~/bin/x.sh", './a.sh'].map(isToolCalled)).toEqual([
    true,
    true,
    true,
  ]);
  expect(['Alice:20', 'le fichier a.sh', 'ls /brokers', 'voir a.shell'].map(isToolCalled)).toEqual([
    false,
    false,
    false,
    false,
  ]);
});
