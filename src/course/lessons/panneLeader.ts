/** A leader dies without a word: who takes over, when, and what becomes of what was being written. */
import { all, any } from '../goal.ts';
import { disturb, type, wait, type Lesson } from '../lesson.ts';
import { tillAndReader } from '../tillAndReader.ts';

const p0 = { topic: 'paiements', partition: 0 } as const;
const elect = 'bin/kafka-leader-election.sh --election-type preferred';

export const panneLeader: Lesson = {
  id: 'panne-leader',
  module: 'M9',
  minutes: 14,
  slides: [8, 9, 16],
  start: {
    preset: 'trio',
    ...tillAndReader,
  },
  steps: [
    { kind: 'read', id: 'la-caisse' },
    { kind: 'read', id: 'qui-decide' },
    {
      kind: 'question',
      question: {
        id: 'nouveau-leader',
        kind: 'predict',
        choices: ['zero', 'deux', 'vote'],
        experiment: [disturb('kill', 'broker-1'), wait(22)],
        proofs: [
          { choice: 'deux', when: { is: 'leaderIs', ...p0, broker: 2 } },
          { choice: 'zero', when: { is: 'leaderIs', ...p0, broker: 0 } },
        ],
      },
    },
    {
      kind: 'question',
      question: {
        id: 'duree',
        kind: 'predict',
        choices: ['aussitot', 'vingtaine', 'trente'],
        experiment: [disturb('kill', 'broker-1'), wait(40)],
        proofs: [
          { choice: 'aussitot', when: { is: 'happened', fact: 'leaderElected', where: p0, afterSeconds: { max: 5 } } },
          {
            choice: 'vingtaine',
            when: { is: 'happened', fact: 'leaderElected', where: p0, afterSeconds: { min: 10, max: 24 } },
          },
          { choice: 'trente', when: { is: 'happened', fact: 'leaderElected', where: p0, afterSeconds: { min: 25 } } },
        ],
      },
    },
    {
      kind: 'task',
      task: {
        id: 'tuer',
        goal: all(
          { is: 'commandRun', program: 'kafka-topics', options: { '--describe': true }, exit: 0 },
          { is: 'serviceStopped', service: 'broker-1', how: 'killed' },
          { is: 'leaderIsNot', ...p0, broker: 1 },
          { is: 'leaderEpoch', ...p0, epoch: { min: 1 } },
        ),
        solution: [
          type('admin', 'bin/kafka-topics.sh --describe --topic paiements --bootstrap-server localhost:9092'),
          disturb('kill', 'broker-1'),
          wait(22),
        ],
        wrongTurns: [
          { id: 'arret-propre', when: { is: 'serviceStopped', service: 'broker-1', how: 'told' } },
          {
            id: 'autre-broker',
            when: any({ is: 'serviceStopped', service: 'broker-0' }, { is: 'serviceStopped', service: 'broker-2' }),
          },
          {
            id: 'pas-encore',
            when: all(
              { is: 'serviceStopped', service: 'broker-1', how: 'killed' },
              { is: 'leaderIs', ...p0, broker: 1 },
            ),
          },
        ],
      },
    },
    {
      kind: 'question',
      question: {
        id: 'pendant-la-panne',
        kind: 'observe',
        choices: ['perdus', 'en-attente', 'doubles'],
        answer: 'en-attente',
      },
    },
    {
      kind: 'task',
      task: {
        id: 'rendre',
        goal: all(
          { is: 'serviceRunning', service: 'broker-1' },
          { is: 'underReplicated', topic: 'paiements', count: 0 },
          { is: 'commandRun', program: 'kafka-leader-election', exit: 0 },
          { is: 'leaderIs', ...p0, broker: 1 },
        ),
        solution: [
          disturb('start', 'broker-1'),
          wait(3),
          type('admin', `${elect} --topic paiements --partition 0 --bootstrap-server localhost:9092`),
          wait(1),
        ],
        wrongTurns: [
          { id: 'echec', when: { is: 'commandRun', program: 'kafka-leader-election', latest: true, exit: 1 } },
          {
            id: 'non-propre',
            when: { is: 'commandRun', program: 'kafka-leader-election', latest: true, words: ['unclean'], exit: 0 },
          },
          {
            id: 'revenu-suiveur',
            when: all(
              { is: 'serviceRunning', service: 'broker-1' },
              { is: 'underReplicated', topic: 'paiements', count: 0 },
            ),
          },
        ],
      },
    },
  ],
};
