import { expect, test } from 'vitest';
import type { ProcessId } from '../../../kernel/events.ts';
import { laboratory } from '../../../kernel/testing/laboratory.ts';
import { puppet } from '../../../kernel/testing/puppet.ts';
import { launcherProgram } from './launcher.ts';

/** `kill -9 $!` names the script: it is the Java program that has become of it that dies. */
test('kafka-run-class.sh is what it starts: who kills it kills the tool', () => {
  const lab = laboratory({
    'kafka-run-class': launcherProgram({ usage: () => '', before: [] }),
    'transactional-message-copier': puppet(() => []),
  });
  const argv = ['kafka-run-class.sh', 'org.apache.kafka.tools.TransactionalMessageCopier'];
  lab.apply({ kind: 'openTerminal', terminal: 't', program: 'kafka-run-class', argv, cwd: '/', env: {} });
  lab.runUntil();

  lab.apply({ kind: 'signal', process: 0 as ProcessId, signal: 'SIGKILL' });
  lab.runUntil();

  expect(lab.simulation.world.processes).toMatchObject([
    { program: 'kafka-run-class', status: 'exited', exitCode: 137 },
    { program: 'transactional-message-copier', status: 'exited', exitCode: 137 },
  ]);
});
