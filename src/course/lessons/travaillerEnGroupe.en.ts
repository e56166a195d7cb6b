/** Words of the lesson `travaillerEnGroupe`, in English. */
import type { LessonText } from '../lesson.ts';

export const travaillerEnGroupeEn: LessonText = {
  title: 'Consumer groups',
  objective: 'Predict how four partitions are shared among one to five readers, and say who keeps the register.',
  reads: {
    partage:
      'Readers that give the same `--group` are a consumer group. Kafka shares the partitions among them: each has one reader in the group, but a reader may have several.\n\nHere `paiements` has four partitions.',
    coordinateur:
      'A member knows its own partitions only. The register of the group is kept by a broker, the coordinator: it knows who is a member, and the committed offsets.\n\nWhen a member comes or goes, the group rebalances: the partitions are shared anew, and a new generation begins.',
  },
  tasks: {
    trois: {
      text: 'Start three readers of the group `guichets`, one after the other, and watch their partitions.',
      hints: [
        'Three terminals, the same command.',
        'The console reader with `--group guichets`.',
        '`bin/kafka-console-consumer.sh --topic paiements --group guichets --bootstrap-server localhost:9092`, in all three terminals',
      ],
      wrongTurns: {
        'sans-groupe':
          'This reader is not in the group `guichets`: it reads everything, by itself. Add `--group guichets`.',
        trop: 'The group has more than three members. Stop some with Ctrl-C.',
      },
    },
    cinq: {
      text: 'Go up to five members, then ask Kafka who has nothing to read.',
      hints: [
        'Two more terminals are needed: the + button opens them.',
        'The tool of groups has a view of members: `--describe --members`.',
        '`bin/kafka-consumer-groups.sh --describe --group guichets --members --bootstrap-server localhost:9092`',
      ],
      wrongTurns: {
        'sans-groupe': 'This reader is not in the group `guichets`: add `--group guichets`.',
        quatre: 'Four members, four partitions: each has its own. Start a fifth.',
        'sans-members': 'This view shows offsets. Add `--members`: the column `#PARTITIONS` says who has what.',
      },
    },
    ecrire: {
      text: 'Send eight payments with eight different keys, and watch who prints what.',
      hints: [
        'A producer that reads a key: `parse.key` and `key.separator`.',
        '`printf` can write the eight lines at once, into a pipe.',
        "`printf '%s:20\\n' Alice Bob Carole Denis Emma Farid Gina Hugo | bin/kafka-console-producer.sh --topic paiements --property parse.key=true --property key.separator=: --bootstrap-server localhost:9092`",
      ],
      wrongTurns: {
        'sans-cle':
          'Without keys a whole batch goes to one partition: one member only has received it. Add `--property parse.key=true --property key.separator=:`.',
      },
    },
    relais: {
      text: 'Stop with Ctrl-C a member that has printed payments, and watch the idle one take its partition.',
      hints: [
        'In the terminal of a reader that has printed something.',
        'Ctrl-C: the member says that it leaves, and the group rebalances at once.',
        'Ctrl-C in the terminal of a reader that has printed a payment',
      ],
      wrongTurns: {
        chomeur:
          'This member had no partition: nothing changed for the others. Undo with `Ctrl` `Z`, and stop one that works.',
        tue: 'This member was killed and said nothing: the coordinator waits for 45 seconds of silence. Undo with `Ctrl` `Z`, then Ctrl-C.',
        'trop-peu': 'There are no longer four members. Start some again, or undo with `Ctrl` `Z`.',
      },
    },
  },
  questions: {
    'un-troisieme': {
      text: 'Two members read four partitions, two each. A third one comes. What happens?',
      choices: {
        attend: {
          text: 'It waits until a partition is free',
          feedback: 'Its coming is enough: the coordinator asks for a new sharing.',
        },
        'deux-un-un': {
          text: 'The partitions are shared anew: two, one and one',
          feedback: 'That is a rebalance. The generation goes from 2 to 3.',
        },
        tour: {
          text: 'Each message goes to one of the three, in turn',
          feedback: 'What is shared is partitions. All messages of one go to the same member.',
        },
      },
    },
    'deux-groupes': {
      text: 'A reader of another group, `audit`, reads `paiements` from the beginning. What does it get?',
      choices: {
        'un-seul': {
          text: 'Nothing: the group `guichets` has read everything',
          feedback: 'Groups ignore each other. Each has its own offsets.',
        },
        'une-par-groupe': {
          text: 'All the payments',
          feedback: 'Each group gets everything. Within a group, it is shared.',
        },
        moitie: { text: 'Half of the payments', feedback: 'Sharing happens within one group only.' },
      },
    },
  },
  freePlay: [
    'Kill a member instead of stopping it: its partition has no reader for 45 seconds.',
    'Run the fifth reader again, then give the topic five partitions (`--alter --partitions 5`): it gets one when the members read their metadata again, five minutes later at most.',
    'Open the view Groups: it shows who held which partition before and after each rebalance.',
  ],
};
