/** Wrong turns of any lesson, in English. Code in back quotes. */
import type { GeneralTurn } from './generalTurn.ts';
import { scriptOf } from './scriptOf.ts';

export function generalTurnEn(turn: GeneralTurn): string {
  switch (turn.is) {
    case 'placeholder':
      return `\`${turn.word}\` is to be replaced, brackets included: put your own value there. To bash, \`<\` and \`>\` are redirections.`;
    case 'typedIntoProgram':
      return intoProgram(turn.program);
    case 'otherFolder':
      return turn.tool === null
        ? `That folder is not where you are. Type \`cd ${turn.folder}\`.`
        : `You are not in the Kafka folder: bash does not find the tool. Type \`cd ${turn.folder}\`, then \`${turn.tool}\` with its options.`;
    case 'withoutBin':
      return `The tools are in the \`bin\` folder: write \`${turn.tool}\`.`;
    case 'unknownCommand':
      return `Bash does not find \`${turn.word}\`: check the spelling, letter by letter.`;
    case 'noProperties':
      return `\`${turn.script}\` lacks the path of its configuration file, here \`${turn.example}\`.`;
    case 'absentProperties':
      return `There is no file \`${turn.file}\` seen from \`${turn.folder}\`: check the name and the folder. In the Kafka folder it is \`${turn.example}\`.`;
    case 'zooKeeperPort':
      return `${turn.port} is ZooKeeper’s port. Kafka’s tools talk to a broker: \`localhost:${turn.brokerPort}\`. Stop the command with \`Ctrl-C\` if it is still waiting.`;
    case 'brokerPort':
      return `${turn.port} is a broker’s port. \`zookeeper-shell.sh\` talks to ZooKeeper: \`localhost:${turn.zooKeeperPort}\`.`;
  }
}

function intoProgram(program: string): string {
  const way = '`Ctrl-C` first, or another terminal.';
  switch (program) {
    case 'kafka-console-producer':
      return `This terminal is the producer’s: your command has become an event. To run a command: ${way}`;
    case 'zookeeper-shell':
      return `This terminal is in the ZooKeeper session, which does not know the commands of bash. To run one: ${way}`;
    default:
      return `\`${scriptOf(program)}\` has this terminal: your command waits until it ends. To run it: ${way}`;
  }
}
