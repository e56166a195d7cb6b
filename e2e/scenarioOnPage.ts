/**
 * Plays a scenario at the page's own terminals by the rules of virtual time that the headless player follows (`src/scenario/player.ts`).
 * A scenario's terminals are the page's, in the order in which they come; a command is typed at an interactive prompt.
 */
import { expect, type Page } from '@playwright/test';
import type { Got } from '../src/scenario/got.ts';
import { cleanLines, cleanState, type MaskContext } from '../src/scenario/masks.ts';
import type { Scenario, Step } from '../src/scenario/schema.ts';
import { home, kafkaFolder } from '../src/shell/environment.ts';
import { openHeldLab } from './heldLab.ts';

type Terminal = { readonly name: string; readonly tab: RegExp };
/** Those that the sandbox opens. */
const opened: readonly Terminal[] = [
  { name: 'admin', tab: /^Admin\b/ },
  { name: 'producteur', tab: /^Producteur\b/ },
  { name: 'lecteur-1', tab: /^Lecteur\s1\b/ },
];
const usualSettle = 2;
const longestSettle = 20;

export class ScenarioOnPage {
  readonly #page: Page;
  readonly #scenario: Scenario;
  readonly #terminals = new Map<string, Terminal>();

  constructor(page: Page, scenario: Scenario) {
    this.#page = page;
    this.#scenario = scenario;
  }

  /** The sandbox is a scenario's usual cluster: one ZooKeeper, broker 0. */
  async open(): Promise<void> {
    const { zookeepers, brokers, brokerConfig } = this.#scenario.cluster;
    expect({ zookeepers, brokers, brokerConfig }).toEqual({ zookeepers: 1, brokers: [0], brokerConfig: {} });
    await openHeldLab(this.#page, '#/labo/sandbox/1');
  }

  async step(step: Step): Promise<Got> {
    if (step.do === 'observe') {
      const state = await this.#page.evaluate((what) => window.labInTests!.observe(what), step);
      return { state: cleanState(state, this.#masks(step)) };
    }
    if ('terminal' in step) await this.#terminalOf(step.terminal);
    const before = await this.#marks();
    await this.#perform(step);
    return this.#outcome(step, before);
  }

  async #perform(step: Exclude<Step, { do: 'observe' }>): Promise<void> {
    const page = this.#page;
    if (step.do === 'wait') return page.evaluate((seconds) => window.labInTests!.runFor(seconds), step.seconds);
    if (step.do === 'edit' || step.do === 'server') throw new Error(`not a learner’s step at a terminal: ${step.do}`);
    const { name, tab } = await this.#terminalOf(step.terminal);
    await page.getByRole('tab', { name: tab }).click();
    await expect(page.locator('.xterm-helper-textarea:focus')).toHaveCount(1);
    const settle = step.settle ?? usualSettle;
    switch (step.do) {
      case 'run':
        return this.#run(step, name, settle);
      case 'type':
        await this.#enter(step.line);
        break;
      case 'eof':
        await page.keyboard.press('Control+d');
        await page.evaluate((terminal) => window.labInTests!.runUntilIdle(terminal, 30), name);
        break;
      case 'interrupt':
        await page.keyboard.press('Control+c');
        await page.evaluate((terminal) => window.labInTests!.runUntilIdle(terminal, 60), name);
        break;
    }
    await this.#settle(settle);
  }

  async #run(step: Extract<Step, { do: 'run' }>, terminal: string, settle: number): Promise<void> {
    const page = this.#page;
    const { until = null, limit = 90 } = step;
    const from = await page.evaluate((name) => window.labInTests!.textOf(name).length, terminal);
    // Pasted: lines of hundreds of letters; what a step types into a program is typed.
    await page.keyboard.insertText(step.command);
    await page.keyboard.press('Enter');
    if (step.background === true) {
      await page.evaluate((run) => window.labInTests!.runUntilPrinted(run.terminal, run.from, run.until, run.limit), {
        terminal,
        from,
        until,
        limit: until === null ? 4 : limit,
      });
      return this.#settle(settle);
    }
    await page.evaluate((run) => window.labInTests!.runUntilIdle(run.terminal, run.limit), { terminal, limit });
    const isAlone = step.settle === undefined && !(await page.evaluate(() => window.labInTests!.isAnyBusy()));
    return this.#settle(isAlone ? 0.1 : settle);
  }

  /** A Tab is a character where lines are written to a program. */
  async #enter(line: string): Promise<void> {
    await this.#page.keyboard.type(line);
    await this.#page.keyboard.press('Enter');
  }

  #settle(silence: number): Promise<void> {
    return this.#page.evaluate((wait) => window.labInTests!.awaitSilence(wait.silence, wait.limit), {
      silence,
      limit: longestSettle,
    });
  }

  async #outcome(step: Exclude<Step, { do: 'observe' }>, before: Marks): Promise<Got> {
    const own = 'terminal' in step ? step.terminal : null;
    let exit: number | undefined;
    const ended: Record<string, number> = {};
    const output: Record<string, readonly string[]> = {};
    for (const [name, { text, isBusy, exitCode }] of await this.#marks()) {
      const was = before.get(name);
      const isOver = !isBusy && exitCode !== null;
      if (isOver && name === own && (step.do === 'run' || was?.isBusy === true)) exit = exitCode;
      else if (isOver && was?.isBusy === true) ended[name] = exitCode;
      const lines = cleanLines(text.slice(was?.text.length), this.#masks(step));
      if (lines.length > 0) output[name] = lines;
    }
    return {
      ...(exit === undefined ? {} : { exit }),
      ...(Object.keys(ended).length === 0 ? {} : { ended }),
      ...(Object.keys(output).length === 0 ? {} : { output }),
    };
  }

  /** How each terminal of the scenario stands. */
  async #marks(): Promise<Marks> {
    const names = [...this.#terminals].map(([scenarioName, { name }]) => [scenarioName, name] as const);
    const marks = await this.#page.evaluate(
      (all) =>
        all.map(([scenarioName, name]) => {
          const lab = window.labInTests!;
          const mark = { text: lab.textOf(name), isBusy: lab.isBusy(name), exitCode: lab.exitCodeOf(name) };
          return [scenarioName, mark] as const;
        }),
      names,
    );
    return new Map(marks);
  }

  async #terminalOf(scenarioName: string): Promise<Terminal> {
    const known = this.#terminals.get(scenarioName);
    if (known !== undefined) return known;
    const number = this.#terminals.size;
    const terminal = opened[number] ?? (await this.#openAnother(number - opened.length + 1));
    this.#terminals.set(scenarioName, terminal);
    return terminal;
  }

  async #openAnother(number: number): Promise<Terminal> {
    const terminal = { name: `terminal-${number}`, tab: new RegExp(`^Terminal\\s${number}\\b`) };
    await this.#page.getByRole('button', { name: 'Ouvrir un terminal' }).click();
    await expect(this.#page.getByRole('tab', { name: terminal.tab })).toBeVisible();
    await this.#page.evaluate((name) => window.labInTests!.runUntilIdle(name, 1), terminal.name);
    return terminal;
  }

  #masks(step: Step): MaskContext {
    const { masks } = this.#scenario;
    return {
      kafka: kafkaFolder,
      home,
      ...(masks === undefined ? {} : { masks }),
      ...(step.repeats === undefined ? {} : { repeats: step.repeats }),
    };
  }
}

type Marks = ReadonlyMap<string, { readonly text: string; readonly isBusy: boolean; readonly exitCode: number | null }>;
