/** Wrong turns of any lesson, in French. Code in back quotes. */
import type { GeneralTurn } from './generalTurn.ts';
import { scriptOf } from './scriptOf.ts';

export function generalTurnFr(turn: GeneralTurn): string {
  switch (turn.is) {
    case 'placeholder':
      return `\`${turn.word}\` est à remplacer, chevrons compris\u00a0: mettez-y votre propre valeur. Pour bash, \`<\` et \`>\` sont des redirections.`;
    case 'typedIntoProgram':
      return intoProgram(turn.program);
    case 'otherFolder':
      return turn.tool === null
        ? `Ce dossier n’est pas là où vous êtes. Tapez \`cd ${turn.folder}\`.`
        : `Vous n’êtes pas dans le dossier de Kafka\u00a0: bash ne trouve pas l’outil. Tapez \`cd ${turn.folder}\`, puis \`${turn.tool}\` avec ses options.`;
    case 'withoutBin':
      return `Les outils sont dans le dossier \`bin\`\u00a0: écrivez \`${turn.tool}\`.`;
    case 'unknownCommand':
      return `bash ne trouve pas \`${turn.word}\`\u00a0: vérifiez l’orthographe, lettre par lettre.`;
    case 'noProperties':
      return `Il manque à \`${turn.script}\` le chemin de son fichier de configuration, ici \`${turn.example}\`.`;
    case 'absentProperties':
      return `Il n’y a pas de fichier \`${turn.file}\` quand on part de \`${turn.folder}\`\u00a0: vérifiez le nom et le dossier. Dans le dossier de Kafka, c’est \`${turn.example}\`.`;
    case 'zooKeeperPort':
      return `${turn.port} est le port de ZooKeeper. Les outils de Kafka parlent à un broker\u00a0: \`localhost:${turn.brokerPort}\`. Arrêtez la commande par \`Ctrl-C\` si elle attend encore.`;
    case 'brokerPort':
      return `${turn.port} est le port d’un broker. \`zookeeper-shell.sh\` parle à ZooKeeper\u00a0: \`localhost:${turn.zooKeeperPort}\`.`;
  }
}

function intoProgram(program: string): string {
  const way = '`Ctrl-C` d’abord, ou un autre terminal.';
  switch (program) {
    case 'kafka-console-producer':
      return `Ce terminal est au producteur\u00a0: votre commande est devenue un événement. Pour lancer une commande\u00a0: ${way}`;
    case 'zookeeper-shell':
      return `Ce terminal est dans la session ZooKeeper, qui ne connaît pas les commandes de bash. Pour en lancer une\u00a0: ${way}`;
    default:
      return `\`${scriptOf(program)}\` occupe ce terminal\u00a0: votre commande attend qu’il se termine. Pour la lancer\u00a0: ${way}`;
  }
}
