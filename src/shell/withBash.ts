/** Completes a registry of programs with the shell that starts them. */
import type { Programs } from '../kernel/process.ts';
import { missingToolProgram } from './bash/resolveCommand.ts';
import { bashProgram } from './bash/bash.ts';
import { scriptNames } from './kafkaFolder/scripts.ts';
import { missingKafkaTool } from './missingKafkaTool.ts';

/**
 * Small commands under their names, Kafka's tools and servers under the names of their scripts without `.sh`, and `bash`. `hidden` are
 * programs that no command line reaches.
 */
export function withBash({
  smallCommands,
  kafkaTools,
  hidden = {},
}: {
  readonly smallCommands: Programs;
  readonly kafkaTools: Programs;
  readonly hidden?: Programs;
}): Programs {
  const scripts = new Set(scriptNames.map((name) => name.slice(0, -'.sh'.length)));
  const simulated = Object.keys(kafkaTools).filter((name) => scripts.has(name));
  return {
    ...smallCommands,
    ...kafkaTools,
    ...hidden,
    bash: bashProgram({ small: new Set([...Object.keys(smallCommands), 'bash', 'sh']), kafka: new Set(simulated) }),
    sh: bashProgram({ small: new Set([...Object.keys(smallCommands), 'bash', 'sh']), kafka: new Set(simulated) }),
    [missingToolProgram]: missingKafkaTool(simulated.toSorted()),
  };
}
