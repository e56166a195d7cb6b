/**
 * Plays a scenario: its steps at virtual terminals, and what each brought about. Where the recorder of real Kafka waits for silence, a
 * play waits in virtual time, by fixed rules, so that any two plays do the same.
 */
import type { Fact } from '../kernel/facts.ts';
import { readText, resolvePath } from '../kernel/fileSystem.ts';
import type { Programs } from '../kernel/process.ts';
import { Simulation } from '../kernel/simulation.ts';
import type { Steppers } from '../kernel/stepper.ts';
import { seconds } from '../kernel/time.ts';
import { home, kafkaFolder } from '../shell/environment.ts';
import { Cluster } from './cluster.ts';
import { clusterFiles, placePath } from './clusterFiles.ts';
import type { Got } from './got.ts';
import type { MaskContext } from './masks.ts';
import { cleanLines, cleanState, filterLog } from './masks.ts';
import { observe } from './observe.ts';
import { ScenarioError } from './scenarioError.ts';
import type { Scenario, Step } from './schema.ts';
import { runFor, runUntil } from './stage.ts';
import { Terminals } from './terminals.ts';

/** Silence that ends a step, unless it says otherwise; and the longest that silence is waited for. */
const usualSettle = 2;
const longestSettle = 20;

export interface PlayOptions {
  readonly programs: Programs | Steppers;
  readonly seed: number;
  readonly onFact?: (fact: Fact) => void;
}

export class Play {
  readonly #scenario: Scenario;
  readonly #simulation: Simulation;
  readonly #terminals: Terminals;
  readonly #cluster: Cluster;

  constructor(scenario: Scenario, { programs, seed, onFact }: PlayOptions) {
    this.#scenario = scenario;
    const files = clusterFiles(scenario.cluster, scenario.files);
    const listen = (fact: Fact): void => {
      this.#terminals.note(fact);
      onFact?.(fact);
    };
    this.#simulation = new Simulation(programs, seed, listen, files);
    this.#terminals = new Terminals(this.#simulation);
    this.#cluster = new Cluster(this.#simulation, scenario.cluster);
  }

  get simulation(): Simulation {
    return this.#simulation;
  }

  /** Starts the servers that run before the first step. */
  start(): void {
    this.#cluster.start();
  }

  step(step: Step): Got {
    const before = this.#terminals.marks();
    const done = this.#perform(step);
    return { ...this.#outcome(step, before), ...done };
  }

  #perform(step: Step): Pick<Got, 'state' | 'cut' | 'missed'> {
    const settle = step.settle ?? usualSettle;
    switch (step.do) {
      case 'observe': {
        const state = observe(this.#simulation.world, step);
        return { state: cleanState(state, this.#masks(step)) };
      }
      case 'wait':
        runFor(this.#simulation, seconds(step.seconds));
        return {};
      case 'run':
        return this.#run(step, settle);
      case 'type':
        this.#terminals.type(step.terminal, step.line);
        break;
      case 'eof':
        this.#terminals.endOfFile(step.terminal);
        runUntil(this.#simulation, () => !this.#terminals.isBusy(step.terminal), seconds(30));
        break;
      case 'interrupt':
        if (!this.#terminals.isBusy(step.terminal)) break;
        if (step.signal === 'KILL') this.#terminals.kill(step.terminal);
        else this.#terminals.interrupt(step.terminal);
        runUntil(this.#simulation, () => !this.#terminals.isBusy(step.terminal), seconds(60));
        break;
      case 'edit':
        this.#edit(step);
        break;
      case 'server':
        this.#cluster.act(step.name, step.action);
        break;
    }
    this.#settle(step, settle);
    return {};
  }

  #run(step: Extract<Step, { do: 'run' }>, settle: number): Pick<Got, 'cut' | 'missed'> {
    const { terminal } = step;
    const limit = step.limit ?? 90;
    const from = this.#terminals.textOf(terminal).length;
    this.#terminals.run(terminal, placePath(step.command));
    const isOver = (): boolean => !this.#terminals.isBusy(terminal);
    if (step.background === true) {
      const pattern = step.until === undefined ? null : expressionOf(step.until);
      const isMet = (): boolean => {
        const text = this.#terminals.textOf(terminal).slice(from);
        return isOver() || (pattern === null ? text !== '' : pattern.test(text));
      };
      const wasMet = runUntil(this.#simulation, isMet, seconds(pattern === null ? 4 : limit));
      this.#settle(step, settle);
      return wasMet || step.until === undefined ? {} : { missed: step.until };
    }
    const ended = runUntil(this.#simulation, isOver, seconds(limit));
    if (!ended) {
      this.#terminals.interrupt(terminal);
      runUntil(this.#simulation, isOver, seconds(20));
    }
    const isAlone = step.settle === undefined && !this.#terminals.isAnyBusy();
    this.#settle(step, isAlone ? 0.1 : settle);
    return ended ? {} : { cut: true };
  }

  #settle(step: Step, settle: number): void {
    if (step.repeats === true) runFor(this.#simulation, seconds(settle));
    else this.#terminals.awaitSilence(seconds(settle), seconds(longestSettle));
  }

  /** An editor of the machine: the file as it will be, in one change. */
  #edit({ file, text, append, replace }: Extract<Step, { do: 'edit' }>): void {
    const path = resolvePath(kafkaFolder, file);
    const { world } = this.#simulation;
    const old = readText(world.files, path) ?? '';
    let edited = old;
    if (text !== undefined) edited = placePath(text);
    else if (append !== undefined) edited = placePath((old === '' || old.endsWith('\n') ? old : `${old}\n`) + append);
    else if (replace !== undefined) edited = old.replace(new RegExp(replace[0], 'm'), () => replace[1]);
    const folder = path.slice(0, path.lastIndexOf('/'));
    for (const parent of parentsOf(folder)) {
      this.#simulation.apply({ kind: 'changeFile', change: { kind: 'makeDirectory', path: parent } });
    }
    this.#simulation.apply({ kind: 'changeFile', change: { kind: 'write', path, text: edited } });
  }

  #outcome(step: Step, before: ReturnType<Terminals['marks']>): Got {
    const own = 'terminal' in step ? step.terminal : null;
    let exit: number | undefined;
    const ended: Record<string, number> = {};
    const output: Record<string, readonly string[]> = {};
    for (const name of this.#terminals.names()) {
      const was = before.get(name) ?? { length: 0, isBusy: false };
      const code = this.#terminals.exitCodeOf(name);
      const isOver = !this.#terminals.isBusy(name) && code !== null;
      if (isOver && name === own && (step.do === 'run' || was.isBusy)) exit = code;
      else if (isOver && was.isBusy) ended[name] = code;
      const lines = cleanLines(this.#terminals.textOf(name).slice(was.length), this.#masks(step));
      const marks = this.#scenario.logs?.[name];
      const shown = marks === undefined ? lines : filterLog(lines, marks);
      if (shown.length > 0) output[name] = shown;
    }
    return {
      ...(exit === undefined ? {} : { exit }),
      ...(Object.keys(ended).length === 0 ? {} : { ended }),
      ...(Object.keys(output).length === 0 ? {} : { output }),
    };
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

const parentsOf = (folder: string): readonly string[] => {
  const parts = folder.split('/').slice(1);
  return parts.map((_, index) => `/${parts.slice(0, index + 1).join('/')}`);
};

/** Throws a `ScenarioError` for what is no regular expression. */
function expressionOf(source: string): RegExp {
  try {
    return new RegExp(source, 'm');
  } catch (problem) {
    throw new ScenarioError(problem instanceof Error ? problem.message : source);
  }
}

/** What every step brought about. */
export function playScenario(scenario: Scenario, options: PlayOptions): readonly Got[] {
  const play = new Play(scenario, options);
  play.start();
  return scenario.steps.map((step, index) => {
    try {
      return play.step(step);
    } catch (problem) {
      if (!(problem instanceof ScenarioError)) throw problem;
      throw new ScenarioError(`step ${index + 1} (${step.do}): ${problem.message}`);
    }
  });
}
