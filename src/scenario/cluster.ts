/** The servers that run beside the terminals: started before a scenario's first step, and by its `server` steps. */
import type { ProcessId, Signal } from '../kernel/events.ts';
import { readText } from '../kernel/fileSystem.ts';
import { seconds } from '../kernel/time.ts';
import type { ClusterSetup } from './clusterFiles.ts';
import { answeringBrokers } from './observe/brokers.ts';
import { ScenarioError } from './scenarioError.ts';
import { serverOutputFile, serverStart } from './serverStart.ts';
import type { Stage } from './stage.ts';
import { runUntil } from './stage.ts';

export type ServerAction = 'start' | 'stop' | 'kill' | 'pause' | 'resume';

const signalOf: Readonly<Record<Exclude<ServerAction, 'start'>, Signal>> = {
  stop: 'SIGTERM',
  kill: 'SIGKILL',
  pause: 'SIGSTOP',
  resume: 'SIGCONT',
};

/** What a server prints once it serves. */
const servingLine = {
  broker: /started \(kafka\.server\.KafkaServer\)/,
  zookeeper: /PrepRequestProcessor|LEADER ELECTION TOOK/,
} as const;

export class Cluster {
  readonly #stage: Stage;
  readonly #setup: ClusterSetup;
  /** By name, `broker-0` or `zookeeper-1`: the latest start script. */
  readonly #processes = new Map<string, ProcessId>();

  constructor(stage: Stage, setup: ClusterSetup) {
    this.#stage = stage;
    this.#setup = setup;
  }

  /** The ensemble, then the first broker, which becomes controller, then the others; until all know of each other. */
  start(): void {
    const { zookeepers, brokers } = this.#setup;
    this.#startAll(Array.from({ length: zookeepers }, (_, index) => `zookeeper-${index + 1}`));
    const [first, ...others] = brokers;
    if (first === undefined) return;
    this.#startAll([`broker-${first}`]);
    this.#startAll(others.map((id) => `broker-${id}`));
    const knowEachOther = (): boolean =>
      answeringBrokers(this.#stage.world).every(({ metadata }) => metadata.aliveBrokers.length === brokers.length);
    runUntil(this.#stage, knowEachOther, seconds(10));
  }

  act(name: string, action: ServerAction): void {
    if (action === 'start') return this.#startAll([name]);
    const process = this.processOf(name);
    if (process === undefined) throw new ScenarioError(`${name} is not running`);
    this.#stage.apply({ kind: 'signal', process, signal: signalOf[action] });
    // A broker that is told to stop first hands its partitions over.
    if (action === 'stop' || action === 'kill') runUntil(this.#stage, () => !this.isRunning(name), seconds(60));
  }

  isRunning(name: string): boolean {
    const process = this.#processes.get(name);
    return process !== undefined && this.#stage.world.processes[process]?.status !== 'exited';
  }

  #startAll(names: readonly string[]): void {
    const before = new Map(names.map((name) => [name, this.#output(name).length]));
    for (const name of names) this.launch(name);
    const isUp = (name: string): boolean => {
      const kind = name.startsWith('broker') ? 'broker' : 'zookeeper';
      return !this.isRunning(name) || servingLine[kind].test(this.#output(name).slice(before.get(name)));
    };
    runUntil(this.#stage, () => names.every(isUp), seconds(60));
  }

  /** Starts a server and does not wait for it. */
  launch(name: string): void {
    const input = serverStart(name, this.#setup);
    this.#processes.set(name, this.#stage.world.processes.length as ProcessId);
    this.#stage.apply(input);
  }

  /** The server that the script started: the script has handed its place to it. */
  processOf(name: string): ProcessId | undefined {
    const script = this.#processes.get(name);
    return this.#stage.world.processes.find(({ parent, status }) => parent === script && status !== 'exited')?.id;
  }

  #output(name: string): string {
    return readText(this.#stage.world.files, serverOutputFile(name)) ?? '';
  }
}
