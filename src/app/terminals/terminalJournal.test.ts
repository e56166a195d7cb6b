import { describe, expect, test } from 'vitest';
import type { VirtualTimeUs } from '../../kernel/time.ts';
import { seconds } from '../../kernel/time.ts';
import { Timeline } from '../../kernel/timeline.ts';
import { machineWithEmptyHome } from '../../shell/environment.ts';
import { smallCommands } from '../../shell/programs.ts';
import { withBash } from '../../shell/withBash.ts';
import { closeTerminalInput, openTerminalInput } from './terminalInputs.ts';
import { sharedBefore, TerminalJournal } from './terminalJournal.ts';
import { freeTerminalName, terminalStatesOf } from './terminalStates.ts';

const programs = withBash({ smallCommands, kafkaTools: {} });
const at = (second: number): VirtualTimeUs => seconds(second) as VirtualTimeUs;

/** A session with a terminal `admin`, and lines typed there at seconds 1, 2, 3… */
function typed(...lines: readonly string[]): { readonly timeline: Timeline; readonly journal: TerminalJournal } {
  const timeline = new Timeline({ programs, seed: 1, files: machineWithEmptyHome(), setup: null });
  const journal = new TerminalJournal(timeline);
  timeline.act(openTerminalInput(timeline.world, 'admin'));
  for (const [index, line] of lines.entries()) {
    timeline.advance({ until: at(index + 1) });
    timeline.act({ kind: 'typed', terminal: 'admin', line });
  }
  timeline.advance({ until: at(lines.length + 1) });
  journal.read();
  return { timeline, journal };
}

const shown = (journal: TerminalJournal, terminal = 'admin'): string =>
  journal
    .piecesOf(terminal)
    .slice(0, journal.shownCountOf(terminal))
    .map(({ text }) => text)
    .join('')
    // oxlint-disable-next-line no-control-regex -- colours aside
    .replace(/\u001b\[[\d;]*m/g, '');
const prompt = 'apprenant@localhost:~$ ';

describe('a terminal shows', () => {
  test('what is typed and what is printed, in order', () => {
    const { journal } = typed('echo un', 'cd nulle-part');

    expect(shown(journal)).toBe(
      `${prompt}echo un\r\nun\r\n${prompt}cd nulle-part\r\nbash: cd: nulle-part: No such file or directory\r\n${prompt}`,
    );
  });

  test('^C where it was pressed', () => {
    const { timeline, journal } = typed('sleep 100');
    timeline.act({ kind: 'interrupt', terminal: 'admin' });
    timeline.advance({ until: at(9) });
    journal.read();

    expect(shown(journal)).toBe(`${prompt}sleep 100\r\n^C\r\n${prompt}`);
  });

  test('a prompt of its own when it is opened again, on a new line', () => {
    const { timeline, journal } = typed('echo un');
    timeline.act(closeTerminalInput(terminalStatesOf(timeline.world)[0]!)!);
    timeline.advance({ until: at(5) });
    timeline.act(openTerminalInput(timeline.world, 'admin'));
    timeline.advance({ until: at(6) });
    journal.read();

    expect(shown(journal)).toBe(`${prompt}echo un\r\nun\r\n${prompt}\r\n${prompt}`);
  });

  test('no empty line when its shell had ended on one', () => {
    const { timeline, journal } = typed('exit');
    timeline.act(openTerminalInput(timeline.world, 'admin'));
    timeline.advance({ until: at(6) });
    journal.read();

    expect(shown(journal)).toBe(`${prompt}exit\r\nexit\r\n${prompt}`);
  });

  test('the past of the present instant only, and the known future again', () => {
    const { timeline, journal } = typed('echo un', 'echo deux');
    const whole = shown(journal);

    timeline.seekTo(at(1.5));
    journal.read();
    expect(shown(journal)).toBe(`${prompt}echo un\r\nun\r\n${prompt}`);

    timeline.seekTo(at(3));
    journal.read();
    expect(shown(journal)).toBe(whole);
  });

  test('of another branch its own, after what both share', () => {
    const { timeline, journal } = typed('echo un', 'echo deux');
    const whole = shown(journal);
    timeline.seekTo(at(1.5));
    timeline.act({ kind: 'typed', terminal: 'admin', line: 'echo autre' });
    timeline.advance({ until: at(3) });

    journal.read();
    expect(shown(journal)).toBe(`${prompt}echo un\r\nun\r\n${prompt}echo autre\r\nautre\r\n${prompt}`);

    timeline.switchTo(1);
    timeline.seekTo(at(3));
    journal.read();
    expect(shown(journal)).toBe(whole);
  });

  test('the same when the history is read in slices', () => {
    const { timeline, journal } = typed('for i in $(seq 1 60); do seq 1 $i; done');
    const other = new TerminalJournal(timeline);
    let slices = 0;
    while (!other.read(() => true)) slices++;

    expect([slices > 0, shown(other)]).toEqual([true, shown(journal)]);
  });
});

describe('branches share', () => {
  const branch = (id: number, parent: number | null, forkedAt: number) => ({
    id,
    parent,
    forkedAt: at(forkedAt),
    forkedAtEvent: 0,
    inputs: [],
    endAt: at(100),
  });
  const branches = [branch(1, null, 0), branch(2, 1, 50), branch(3, 2, 70), branch(4, 1, 20)];

  test.each([
    [1, 2, 50],
    [1, 3, 50],
    [3, 2, 70],
    [3, 4, 20],
  ])('%i and %i: what came before second %i', (one, other, second) => {
    expect(sharedBefore(branches, one, other)).toBe(at(second));
    expect(sharedBefore(branches, other, one)).toBe(at(second));
  });
});

describe('the state of a terminal', () => {
  test('tells what runs in it, and whether a line is awaited', () => {
    const { timeline } = typed('sleep 100');
    const [busy] = terminalStatesOf(timeline.world);
    timeline.act({ kind: 'interrupt', terminal: 'admin' });
    timeline.advance({ until: at(3) });
    const [idle] = terminalStatesOf(timeline.world);

    expect([busy!.running, busy!.awaitsLine]).toEqual(['sleep', false]);
    expect([idle!.running, idle!.awaitsLine]).toEqual([null, true]);
  });

  test('stays after the shell has ended, and goes when it was hung up', () => {
    const { timeline } = typed('exit');
    expect(terminalStatesOf(timeline.world).map(({ isClosed }) => isClosed)).toEqual([true]);

    const other = typed().timeline;
    other.act({ kind: 'signal', process: terminalStatesOf(other.world)[0]!.shell.id, signal: 'SIGHUP' });
    other.advance({ until: at(2) });
    expect(terminalStatesOf(other.world)).toEqual([]);
  });

  test('a new terminal gets the first free number', () => {
    expect(freeTerminalName(['admin', 'terminal-1', 'terminal-3'])).toBe('terminal-2');
  });
});
