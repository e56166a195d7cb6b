/** `java`: says its version; classes are run by Kafka's scripts. */
import { command } from './command.ts';

const version = `openjdk version "17.0.12" 2024-07-16
OpenJDK Runtime Environment (build 17.0.12+7-Debian-2deb12u1)
OpenJDK 64-Bit Server VM (build 17.0.12+7-Debian-2deb12u1, mixed mode, sharing)
`;

export const java = command(
  { name: 'java', help: 'Usage: java -version\n', flags: '', readsItsOptions: true },
  (run) => {
    const [first] = run.operands;
    if (first === '-version') run.error(version);
    else if (first === '--version') run.out(version.replace(' version "17.0.12"', ' 17.0.12'));
    else if (first === undefined) {
      run.error('Usage: java [options] <mainclass> [args...]\n');
      run.exitCode = 1;
    } else {
      const name = run.operands.find((word) => !word.startsWith('-')) ?? first;
      run.error(
        `Error: Could not find or load main class ${name}\nCaused by: java.lang.ClassNotFoundException: ${name}\n`,
      );
      run.exitCode = 1;
    }
  },
);
