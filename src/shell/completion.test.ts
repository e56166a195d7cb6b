import { describe, expect, test } from 'vitest';
import { changeFiles } from '../kernel/fileSystem.ts';
import { Simulation } from '../kernel/simulation.ts';
import { later } from '../kernel/time.ts';
import { shellOf } from './bash/shellOf.ts';
import type { Completion } from './completion.ts';
import { complete } from './completion.ts';
import { interactiveEnvironment, kafkaFolder, machineWithKafka } from './environment.ts';
import { smallCommands } from './programs.ts';
import { withBash } from './withBash.ts';

const simulation = new Simulation(withBash({ smallCommands, kafkaTools: {} }), 1, () => {}, machineWithKafka());
simulation.apply({
  kind: 'openTerminal',
  terminal: 'admin',
  program: 'bash',
  cwd: kafkaFolder,
  env: interactiveEnvironment,
});
while (simulation.nextEventAt() !== undefined) simulation.step();
const { now } = simulation.world;
const shell = shellOf(simulation.world.processes[0]!.snapshot)!;
const files = changeFiles(
  simulation.world.files,
  { kind: 'write', path: `${kafkaFolder}/mes notes.txt`, text: '' },
  later(now, 1),
);

const completed = (line: string): Completion =>
  complete(line, line.length, {
    shell,
    files,
    topics: ['vive-le-ca', 'vive-le-log', 'paiements'],
    groups: ['comptabilite'],
    brokers: ['localhost:9092'],
  });
/** The line after Tab. */
const after = (line: string): string => {
  const { from, replacement } = completed(line);
  return line.slice(0, from) + replacement;
};

describe('Tab completes', () => {
  test.each([
    ['bin/kafka-top', 'bin/kafka-topics.sh '],
    ['bin/kafka-console-p', 'bin/kafka-console-producer.sh '],
    ['ls; cat conf', 'ls; cat config/'],
    ['cat config/server.p', 'cat config/server.properties '],
    ['histo', 'history '],
    ['echo $HOSTN', 'echo $HOSTNAME'],
    ['cd ~/ka', 'cd ~/kafka/'],
    ['cat me', 'cat mes\\ notes.txt '],
    ['cat "mes n', 'cat "mes notes.txt" '],
    ['ls > LIC', 'ls > LICENSE '],
    ['FOO=1 bin/kafka-get', 'FOO=1 bin/kafka-get-offsets.sh '],
    ['bin/kafka-topics.sh --cre', 'bin/kafka-topics.sh --create '],
    ['bin/kafka-topics.sh --describe --topic p', 'bin/kafka-topics.sh --describe --topic paiements '],
    ['bin/kafka-topics.sh --describe --topic v', 'bin/kafka-topics.sh --describe --topic vive-le-'],
    ['bin/kafka-topics.sh --bootstrap-server ', 'bin/kafka-topics.sh --bootstrap-server localhost:9092 '],
    ['bin/kafka-topics.sh --create --config min.in', 'bin/kafka-topics.sh --create --config min.insync.replicas='],
    ['bin/kafka-server-start.sh -da', 'bin/kafka-server-start.sh -daemon '],
    ['nothing-like-that', 'nothing-like-that'],
  ])('%s to %s', (line, expected) => {
    expect(after(line)).toBe(expected);
  });

  test('lists what the word may become, by its last part', () => {
    expect(completed('bin/zookeeper-s').candidates).toEqual([
      'zookeeper-security-migration.sh',
      'zookeeper-server-start.sh',
      'zookeeper-server-stop.sh',
      'zookeeper-shell.sh',
    ]);
  });

  test('only folders after cd', () => {
    expect(completed('cd ').candidates).toContain('config/');
    expect(completed('cd ').candidates).not.toContain('LICENSE');
  });
});
