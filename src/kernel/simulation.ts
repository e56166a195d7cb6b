/**
 * The deterministic machine: takes the soonest event, steps the process it is for, carries out what the process asks. Same programs,
 * seed, files and inputs give the same facts.
 */
import { fireNext, loseMessage } from './choosing.ts';
import type { KernelEffect } from './effects.ts';
import { endProcess, sendSignal } from './ending.ts';
import type { Delivered, FactId, KernelEvent, ProcessId } from './events.ts';
import type { Fact, Happening } from './facts.ts';
import type { FileSystem } from './fileSystem.ts';
import type { HostCondition } from './host.ts';
import { predecessorOf, withDisk } from './host.ts';
import type { Input } from './input.ts';
import type { Kernel } from './kernel.ts';
import { asKernelEffect, isSameState, stateName } from './machineEffects.ts';
import { firstAcceptedSocket } from './network.ts';
import {
  acceptSyn,
  closeSocket,
  deliverSegment,
  finishClosing,
  finishSyn,
  holdBack,
  listen,
  openConnection,
  releaseLink,
  sendMessage,
  stopListening,
} from './networking.ts';
import { changeFile, print } from './output.ts';
import { mustWait, takeHeldUp } from './pausing.ts';
import type { Process, ProcessInput, Programs } from './process.ts';
import { nextUint32 } from './random.ts';
import type { SpawnPlan } from './spawning.ts';
import { planOfChild, planOfServer, planOfTerminal } from './spawning.ts';
import type { Step } from './stepper.ts';
import { Steppers } from './stepper.ts';
import { readFrom, typeAt } from './streams.ts';
import type { VirtualTimeUs } from './time.ts';
import { cancelTimer, isVoid, setTimer } from './timers.ts';
import type { Deliverable, Pending, World } from './world.ts';
import { copyWorld, createWorld } from './world.ts';

export class Simulation implements Kernel {
  readonly #steppers: Steppers;
  readonly #onFact: (fact: Fact) => void;
  #world: World;

  constructor(programs: Programs | Steppers, seed: number, onFact: (fact: Fact) => void, files?: FileSystem) {
    this.#steppers = programs instanceof Steppers ? programs : new Steppers(programs);
    this.#onFact = onFact;
    this.#world = createWorld(seed, files);
  }

  /** To be read; only the kernel writes it. */
  get world(): World {
    return this.#world;
  }

  /** An independent copy of the state. */
  checkpoint(): World {
    // Timers that were cancelled or replaced have no effect: a checkpoint need not keep them.
    this.#world.queue.remove((entry) => isVoid(this.#world, entry));
    return copyWorld(this.#world);
  }

  restore(checkpoint: World): void {
    this.#world = copyWorld(checkpoint);
  }

  /** Another simulation of the same programs, at a state that this one or one of its likes has been in. */
  another(state: World, onFact: (fact: Fact) => void): Simulation {
    const other = new Simulation(this.#steppers, 0, onFact);
    other.restore(state);
    return other;
  }

  /** When the next event is due; undefined when nothing will ever happen by itself. */
  nextEventAt(): VirtualTimeUs | undefined {
    this.#dropVoidTimers();
    return this.#world.queue.peek()?.at;
  }

  /** Handles one event; false when there is none. */
  step(): boolean {
    this.#dropVoidTimers();
    const entry = this.#world.queue.pop();
    if (entry === undefined) return false;
    this.#world.now = entry.at;
    this.#world.eventCount++;
    this.#handle(entry);
    return true;
  }

  /** Moves the clock on; only to before the next event. */
  advanceTo(at: VirtualTimeUs): void {
    this.#world.now = at;
  }

  /** Applies an input at the present instant. */
  apply(input: Input): void {
    const cause = this.record(null, [], { kind: 'input', input });
    const { world } = this;
    switch (input.kind) {
      case 'openTerminal':
        if (!world.terminals.has(input.terminal)) this.#start(planOfTerminal(world, input), [cause]);
        return;
      case 'typed':
        return typeAt(this, input.terminal, `${input.line}\n`, cause);
      case 'endOfFile':
        return typeAt(this, input.terminal, null, cause);
      case 'interrupt':
        for (const process of world.processes) {
          if (process.terminal === input.terminal && process.isForeground)
            sendSignal(this, process.id, 'SIGINT', cause);
        }
        return;
      case 'start':
        this.#start(planOfServer(input), [cause]);
        return;
      case 'signal':
        return sendSignal(this, input.process, input.signal, cause);
      case 'setLink':
        world.links.set(input.from, input.to, input.condition);
        if (input.condition.isCut) holdBack(this, input.from, input.to, cause);
        else releaseLink(this, input.from, input.to, cause);
        return;
      case 'changeFile':
        return changeFile(this, null, input.change, cause);
      case 'setDisk':
        world.disks = withDisk(world.disks, input.directory, input.condition);
        return;
      case 'setClock':
        return this.#setClock(input.process, input.offsetMs);
      case 'loseMessage':
        return loseMessage(this, input.message, input.outcome, cause);
      case 'fireTimer':
        return fireNext(this, input.process, input.timer);
      case 'operate': {
        const { process, operation, argument } = input;
        if (world.processes[process] === undefined) return;
        this.schedule({
          at: world.now,
          sequence: this.nextSequence(),
          kind: 'tell',
          toProcess: process,
          event: { type: 'OPERATION', operation, argument },
          fact: cause,
        });
        return;
      }
    }
  }

  nextSequence(): number {
    return this.#world.nextSequence++;
  }

  schedule(entry: Pending): void {
    this.#world.queue.push(entry);
  }

  record(process: ProcessId | null, causes: readonly FactId[], what: Happening): FactId {
    const id = this.#world.nextFact;
    this.#world.nextFact = (id + 1) as FactId;
    this.#onFact({ id, at: this.#world.now, process, causes, what });
    return id;
  }

  #setClock(process: ProcessId, offsetMs: number): void {
    const clocks = new Map(this.#world.clocks);
    if (offsetMs === 0) clocks.delete(process);
    else clocks.set(process, offsetMs);
    this.#world.clocks = clocks;
  }

  /** Undefined while all is well there. */
  #hostOf({ disks, clocks }: World, process: ProcessId): HostCondition | undefined {
    if (disks.size === 0 && clocks.size === 0) return undefined;
    const clockOffsetMs = clocks.get(process) ?? 0;
    return disks.size === 0 && clockOffsetMs === 0 ? undefined : { disks, clockOffsetMs };
  }

  #dropVoidTimers(): void {
    const { world } = this;
    for (let next = world.queue.peek(); next !== undefined && isVoid(world, next); next = world.queue.peek()) {
      world.queue.pop();
    }
  }

  #handle(entry: Pending): void {
    const { world } = this;
    if (entry.kind === 'syn') return acceptSyn(this, entry);
    const process = world.processes[entry.toProcess]!;
    if (process.status === 'exited') {
      if (entry.kind === 'segment') finishClosing(world, entry);
      return;
    }
    if (entry.kind === 'catchUp') {
      const heldUp = takeHeldUp(this, process);
      if (heldUp !== undefined && !isVoid(world, heldUp)) this.#deliver(process, heldUp);
    } else if (!mustWait(this, process, entry)) this.#deliver(process, entry);
  }

  #deliver(process: Process, entry: Deliverable): void {
    const { world } = this;
    switch (entry.kind) {
      case 'segment':
        return this.#tell(process.id, deliverSegment(this, entry));
      case 'synAnswer':
        return this.#tell(process.id, finishSyn(this, entry));
      case 'timer': {
        cancelTimer(world, process.id, entry.id);
        const cause = this.record(process.id, [entry.fact], { kind: 'timerFired', timer: entry.id });
        return this.#tellOf(process.id, entry.event, cause);
      }
      case 'tell':
        return this.#tellOf(process.id, entry.event, entry.fact);
    }
  }

  #tell(process: ProcessId, arrival: Delivered<KernelEvent> | null): void {
    if (arrival !== null) this.#advance(process, arrival);
  }

  #tellOf(process: ProcessId, event: { readonly type: string }, cause: FactId): void {
    const { now, files } = this.world;
    this.#advance(process, { ...event, now, files, cause });
  }

  #advance(id: ProcessId, event: Delivered<{ readonly type: string }>): void {
    const process = this.world.processes[id]!;
    const host = this.#hostOf(this.world, id);
    const step = this.#steppers
      .of(process.program)
      .next(process.snapshot, host === undefined ? event : { ...event, host });
    this.#settle(process, step, event.cause);
  }

  /** Keeps the new snapshot and carries out what the machine asked for. */
  #settle(process: Process, { snapshot, effects }: Step, cause: FactId): void {
    const before: unknown = process.snapshot.value;
    if (snapshot !== process.snapshot) this.world.processes[process.id] = { ...process, snapshot };
    const state: unknown = snapshot.value;
    if (state !== before && !isSameState(state, before)) {
      this.record(process.id, [cause], { kind: 'entered', state: stateName(state) });
    }
    for (const asked of effects) {
      if (this.world.processes[process.id]!.status === 'exited') return;
      const effect = asKernelEffect(asked, process.program);
      if (effect !== null) this.#perform(process.id, effect, cause);
    }
  }

  #perform(id: ProcessId, effect: KernelEffect, cause: FactId): void {
    const { world } = this;
    switch (effect.type) {
      case 'send':
        return sendMessage(this, id, effect.params, cause);
      case 'setTimer':
        return setTimer(this, id, effect.params, cause);
      case 'cancelTimer':
        return cancelTimer(world, id, effect.params.id);
      case 'fact': {
        const { name, mark, detail, alsoBecauseOf } = effect.params;
        const causes =
          alsoBecauseOf === undefined ? [cause] : [cause, ...alsoBecauseOf.filter((other) => other !== cause)];
        this.record(id, causes, { kind: 'told', name, mark: mark ?? null, detail });
        return;
      }
      case 'print':
        return print(this, id, effect.params, cause);
      case 'read':
        return readFrom(this, id, cause);
      case 'listen':
        return listen(this, id, effect.params.port, cause);
      case 'stopListening':
        return stopListening(world, id, effect.params.port);
      case 'connect':
        return openConnection(this, id, effect.params, cause);
      case 'close':
        return closeSocket(this, id, effect.params.socket, cause);
      case 'changeFile':
        return changeFile(this, id, effect.params, cause);
      case 'spawn': {
        const { child } = effect.params;
        const plan = planOfChild(this, world.processes[id]!, effect.params, cause);
        // Told before the child runs: it may end in its first transition, and CHILD_EXITED comes after CHILD_STARTED.
        const event = { type: 'CHILD_STARTED', child, process: world.processes.length as ProcessId } as const;
        this.schedule({
          at: world.now,
          sequence: this.nextSequence(),
          kind: 'tell',
          toProcess: id,
          event,
          fact: cause,
        });
        this.#start(plan, [cause]);
        return;
      }
      case 'signalChild': {
        const { child, signal } = effect.params;
        const target = world.processes.find(
          (process) => process.parent === id && process.child === child && process.status !== 'exited',
        );
        if (target !== undefined) sendSignal(this, target.id, signal, cause);
        return;
      }
      case 'signalProcess':
        return sendSignal(this, effect.params.process, effect.params.signal, cause);
      case 'exit':
        return endProcess(this, id, { exitCode: effect.params.code, signal: null }, cause);
    }
  }

  #start(plan: SpawnPlan, causes: readonly FactId[]): void {
    const { world } = this;
    const id = world.processes.length as ProcessId;
    const cause = this.record(id, causes, { kind: 'started', program: plan.program, argv: plan.argv });
    const [seed, rest] = nextUint32(world.processRandom);
    world.processRandom = rest;
    const stdin = plan.stdin === null ? undefined : world.streams.get(plan.stdin);
    this.#takeOverHost(plan, id);
    const host = this.#hostOf(world, id);
    const input: ProcessInput = {
      process: id,
      argv: plan.argv,
      cwd: plan.cwd,
      env: plan.env,
      seed,
      now: world.now,
      files: world.files,
      cause,
      terminal: plan.terminal,
      stdinIsTerminal: stdin?.kind === 'terminal',
      stdoutIsTerminal: plan.stdout.kind === 'terminal',
      ...(host === undefined ? {} : { host }),
    };
    const step = this.#steppers.of(plan.program, input).initial(input);
    const process: Process = {
      ...plan,
      id,
      snapshot: step.snapshot,
      status: 'running',
      exitCode: null,
      endedBy: null,
      startedAt: world.now,
      nextAcceptedSocket: firstAcceptedSocket,
    };
    world.processes.push(process);
    this.record(id, [cause], { kind: 'entered', state: stateName(step.snapshot.value) });
    this.#settle(process, step, cause);
  }

  /** Its clock and its links are as whoever ran there before left them. */
  #takeOverHost(plan: SpawnPlan, id: ProcessId): void {
    const { world } = this;
    if (world.clocks.size === 0 && world.links.areHealthy) return;
    const before = predecessorOf(world.processes, plan);
    if (before === undefined) return;
    world.links.handOver(before, id);
    const offsetMs = world.clocks.get(before) ?? 0;
    this.#setClock(before, 0);
    this.#setClock(id, offsetMs);
  }
}
