/** The words of the page in English; `fr.ts` says the same in French. */
import type { Words } from './fr.ts';
const plural = (count: number, one: string, many: string): string => `${count} ${count === 1 ? one : many}`;

export const en: Words = {
  loading: 'Loading…',
  backHome: 'Vive le Log, back to the course',
  otherLanguage: 'Passer en français',
  themeIs: (theme) =>
    `Theme: ${{ system: 'as the system', light: 'light', dark: 'dark', projector: 'projector' }[theme]}`,
  minutes: (count) => `about ${count} min`,
  home: {
    title: 'Your course',
    aside: 'Resume, sandbox, credits',
    progress: (done, all) => `${done} of ${all} lessons done`,
    lessonCount: (count) => plural(count, 'lesson', 'lessons'),
    done: 'done',
    begin: 'Begin',
    resume: 'Resume',
    beginNow: 'Begin',
    resumeNow: 'Continue',
    sandbox: 'Sandbox',
    sandboxText: 'An empty cluster, all commands of the lab, time at hand.',
    brokers: (count) => plural(count, 'broker', 'brokers'),
    credits: 'Credits and licences',
    creditLines: [
      'Code under Apache 2.0. Course content under CC BY-SA 4.0, after the deck “Spark Python – Kafka”; two pages inspired by the work of Régis Behmo (CC BY-SA 4.0).',
      'Fonts Atkinson Hyperlegible Next and Mono (Braille Institute, OFL 1.1). Your progress stays on this device.',
    ],
    trademark:
      'Apache, Apache Kafka, Kafka, Apache ZooKeeper and their logos are trademarks of the Apache Software Foundation. This simulator is neither affiliated with nor endorsed by the foundation.',
  },
  lab: {
    skipTo: 'Skip to',
    path: 'Breadcrumb',
    resizeLesson: 'Width of the lesson',
    resizeTerminals: 'Height of the terminals',
    restartTitle: 'Start again from the beginning: this session is erased',
    close: 'Close',
  },
  editor: {
    label: (path) => `Contents of ${path}`,
    keys: 'Ctrl S saves, Escape closes without saving.',
    cancel: 'Close without saving',
    save: 'Save',
  },
  keys: {
    title: 'Keyboard shortcuts',
    rows: [
      ['Space', 'play, pause'],
      ['→  ←', 'one step, either way'],
      ['Shift →  Shift ←', 'marked event'],
      ['[  ]', 'slower, faster'],
      ['M', 'set a bookmark'],
      ['L', 'lesson'],
      ['T', 'terminal'],
      ['Esc Esc', 'leave the terminal'],
      ['V', 'table of this picture'],
      ['W', '“Why?” of the selection'],
      ['F6', 'next region'],
      ['Ctrl Z', 'back to before the last action'],
      ['Ctrl Enter', 'type for me'],
      ['Ctrl B  Ctrl J', 'fold the lesson, the terminals'],
      ['arrows, in the picture', 'neighbour'],
      ['?', 'these shortcuts'],
    ],
    letters: 'Single-letter keys are on',
    narration: 'Narration for screen readers',
    narrationLevels: { essential: 'essential', normal: 'normal', all: 'all' },
    motion: 'Motion',
    motions: { system: 'as the system', full: 'full', reduced: 'reduced' },
  },
};
