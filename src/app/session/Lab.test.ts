import { beforeEach, describe, expect, test } from 'vitest';
import type { Input } from '../../kernel/input.ts';
import { Lab } from './Lab.ts';
import { openSession } from './openSession.ts';

/** The shell of the terminal « Admin » dies: something that can be seen to have been done. */
const deedOf = (lab: Lab): Input => {
  const { id } = lab.timeline.world.processes.findLast(({ status }) => status === 'running')!;
  return { kind: 'signal', process: id, signal: 'SIGKILL' };
};
const deaths = ({ timeline }: Lab): number =>
  timeline.world.processes.filter(({ status }) => status === 'exited').length;

let lab: Lab;
beforeEach(async () => {
  lab = new Lab((await openSession({ kind: 'sandbox', brokers: 1 }, { kind: 'none' }))!);
  lab.step(1);
});
/** Two deaths, some steps between them and after. */
function playTwoDeaths(): void {
  for (let death = 0; death < 2; death++) {
    lab.act(deedOf(lab));
    for (let step = 0; step < 3; step++) lab.step(1);
  }
}
const goOn = (): void => {
  for (let step = 0; step < 12; step++) lab.step(1);
};

describe('what was undone', () => {
  test('does not happen when time goes on', () => {
    const before = deaths(lab);
    playTwoDeaths();
    lab.undo();
    goOn();

    expect(deaths(lab)).toBe(before + 1);
    expect(lab.timeline.branches).toHaveLength(2);
  });

  test('does not happen either when time goes on from further back', () => {
    const before = deaths(lab);
    playTwoDeaths();
    lab.undo();
    lab.step(-1);
    goOn();

    expect(deaths(lab)).toBe(before + 1);
  });

  test('is done again by redo, one thing at a time; the rest stays undone', () => {
    const before = deaths(lab);
    playTwoDeaths();
    lab.undo();
    lab.undo();
    expect(deaths(lab)).toBe(before);
    lab.redo();
    expect(deaths(lab)).toBe(before + 1);
    goOn();

    expect(deaths(lab)).toBe(before + 1);
  });

  test('is known after a reload', () => {
    playTwoDeaths();
    expect(lab.toSaved().hasUndone).toBe(false);
    lab.undo();

    expect(lab.toSaved().hasUndone).toBe(true);
  });
});

describe('a hidden branch', () => {
  const look = (): void => lab.showHiddenBranch(lab.timeline.fork());

  test('is left by undo, which changes nothing in the session', () => {
    playTwoDeaths();
    const present = lab.timeline;
    const { position } = present;
    look();
    lab.undo();

    expect(lab.timeline).toBe(present);
    expect(present.position).toEqual(position);
  });

  test('does not make up for what was undone in the session', () => {
    const before = deaths(lab);
    playTwoDeaths();
    lab.undo();
    look();
    lab.step(1);
    lab.leaveHiddenBranch();
    goOn();

    expect(deaths(lab)).toBe(before + 1);
  });

  test('is left with the page whose question it answers', () => {
    look();
    lab.goToStep(1);

    expect(lab.store.getState()).toMatchObject({ isHiddenBranch: false, progress: { step: 1 } });
  });
});
