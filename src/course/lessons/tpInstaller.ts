/** Hands-on 1: the deck's installation, from an empty home. */
import { all, any, not } from '../goal.ts';
import { type, type Lesson } from '../lesson.ts';

export const tpInstaller: Lesson = {
  id: 'tp-installer',
  module: 'M8',
  minutes: 8,
  slides: [34],
  start: { preset: 'vide', terminals: ['admin'], actions: [], folders: ['telechargements'] },
  steps: [
    { kind: 'read', id: 'trois-gestes' },
    { kind: 'read', id: 'dossier' },
    {
      kind: 'task',
      task: {
        id: 'telecharger',
        goal: { is: 'file', path: 'telechargements/kafka.tgz', exists: true },
        solution: [
          type(
            'admin',
            'curl https://downloads.apache.org/kafka/3.9.0/kafka_2.13-3.9.0.tgz -o telechargements/kafka.tgz',
          ),
        ],
        wrongTurns: [
          {
            id: 'ailleurs',
            when: any(
              { is: 'file', path: 'kafka.tgz', exists: true },
              { is: 'file', path: 'kafka_2.13-3.9.0.tgz', exists: true },
            ),
          },
          {
            id: 'sans-o',
            when: {
              is: 'commandRun',
              program: 'curl',
              latest: true,
              without: ['-o', '-O', '--output', '--remote-name'],
            },
          },
          { id: 'echec', when: { is: 'commandRun', program: 'curl', latest: true, exit: 23 } },
        ],
      },
    },
    {
      kind: 'task',
      task: {
        id: 'extraire',
        goal: { is: 'file', path: 'kafka/kafka_2.13-3.9.0/bin/kafka-topics.sh', exists: true },
        solution: [
          type('admin', 'mkdir kafka'),
          type('admin', 'cd kafka'),
          type('admin', 'tar -xzf ../telechargements/kafka.tgz'),
        ],
        wrongTurns: [
          {
            id: 'a-cote',
            when: any(
              { is: 'file', path: 'kafka_2.13-3.9.0', exists: true },
              { is: 'file', path: 'telechargements/kafka_2.13-3.9.0', exists: true },
            ),
          },
          { id: 'sans-dossier', when: not({ is: 'file', path: 'kafka', exists: true }) },
        ],
      },
    },
    {
      kind: 'question',
      question: { id: 'nom', kind: 'observe', choices: ['java', 'scala', 'kafka'], answer: 'scala' },
    },
    {
      kind: 'task',
      task: {
        id: 'verifier',
        goal: all(
          { is: 'file', path: 'kafka/kafka_2.13-3.9.0/bin/kafka-topics.sh', exists: true },
          { is: 'commandRun', program: 'kafka-topics', options: { '--version': true }, exit: 0 },
        ),
        solution: [type('admin', 'cd kafka_2.13-3.9.0'), type('admin', 'bin/kafka-topics.sh --version')],
        wrongTurns: [
          {
            id: 'sans-version',
            when: { is: 'commandRun', program: 'kafka-topics', latest: true, without: ['--version'] },
          },
        ],
      },
    },
  ],
};
