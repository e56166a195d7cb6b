/**
 * The deterministic machine: takes the soonest event, steps the process it is for, carries out what the process asks. Same programs,
 * seed, files and inputs give the same facts.
 */
import type { AnyEventObject } from 'xstate';
import type { KernelEffect } from './effects.ts';
import { exitCodeOf } from './effects.ts';
import type { FactId, KernelEvent, ProcessId, Signal } from './events.ts';
import type { Fact, Happening } from './facts.ts';
import type { FileChange, FileSystem } from './fileSystem.ts';
import { canHold, changeFiles } from './fileSystem.ts';
import type { Input } from './input.ts';
import type { Kernel, Unscheduled } from './kernel.ts';
import {
  acceptSyn,
  closeSocket,
  deliverSegment,
  dropConnectionsOf,
  finishClosing,
  finishSyn,
  holdBack,
  openConnection,
  releaseLink,
  sendMessage,
} from './networking.ts';
import { firstAcceptedSocket } from './network.ts';
import type { OutputTarget, Process, Programs } from './process.ts';
import type { SpawnPlan } from './spawning.ts';
import { planOfChild, planOfServer, planOfTerminal } from './spawning.ts';
import type { Step, Stepper } from './stepper.ts';
import { createStepper } from './stepper.ts';
import { closeWriter, forgetReader, readFrom, writeChunk } from './streams.ts';
import type { VirtualTimeUs } from './time.ts';
import { later } from './time.ts';
import { nextUint32 } from './random.ts';
import type { Deliverable, Pending, World } from './world.ts';
import { copyWorld, createWorld } from './world.ts';

export class Simulation implements Kernel {
  readonly #programs: Programs;
  #steppers = new Map<string, Stepper>();
  readonly #onFact: (fact: Fact) => void;
  #world: World;

  constructor(programs: Programs, seed: number, onFact: (fact: Fact) => void, files?: FileSystem) {
    this.#programs = programs;
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
    this.#world.queue.remove((entry) => this.#isVoid(entry));
    return copyWorld(this.#world);
  }

  restore(checkpoint: World): void {
    this.#world = copyWorld(checkpoint);
  }

  /** Another simulation of the same programs, at a state that this one or one of its likes has been in. */
  another(state: World, onFact: (fact: Fact) => void): Simulation {
    const other = new Simulation(this.#programs, 0, onFact);
    other.#steppers = this.#steppers;
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
        return this.#type(input.terminal, `${input.line}\n`, cause);
      case 'endOfFile':
        return this.#type(input.terminal, null, cause);
      case 'interrupt':
        for (const process of world.processes) {
          if (process.terminal === input.terminal && process.isForeground) this.#signal(process.id, 'SIGINT', cause);
        }
        return;
      case 'start':
        this.#start(planOfServer(input), [cause]);
        return;
      case 'signal':
        return this.#signal(input.process, input.signal, cause);
      case 'setLink':
        world.links.set(input.from, input.to, input.condition);
        if (input.condition.isCut) holdBack(this, input.from, input.to, cause);
        else releaseLink(this, input.from, input.to, cause);
        return;
      case 'changeFile':
        return this.#changeFile(null, input.change, cause);
    }
  }

  schedule(at: VirtualTimeUs, entry: Unscheduled): number {
    const sequence = this.#world.nextSequence++;
    this.#world.queue.push({ ...entry, at, sequence });
    return sequence;
  }

  record(process: ProcessId | null, causes: readonly FactId[], what: Happening): FactId {
    const id = this.#world.nextFact;
    this.#world.nextFact = (id + 1) as FactId;
    this.#onFact({ id, at: this.#world.now, process, causes, what });
    return id;
  }

  #dropVoidTimers(): void {
    const { queue, timers } = this.#world;
    for (let next = queue.peek(); next?.kind === 'timer'; next = queue.peek()) {
      if (timers.get(next.toProcess)?.get(next.id) === next.sequence) return;
      queue.pop();
    }
  }

  /** A timer that was cancelled or replaced since, or whose process has ended. */
  #isVoid(entry: Pending): boolean {
    return entry.kind === 'timer' && this.#world.timers.get(entry.toProcess)?.get(entry.id) !== entry.sequence;
  }

  #handle(entry: Pending): void {
    const { world } = this;
    if (entry.kind === 'syn') return acceptSyn(this, entry);
    const process = world.processes[entry.toProcess]!;
    if (process.status === 'exited') {
      if (entry.kind === 'segment') finishClosing(world, entry);
      return;
    }
    if (entry.kind === 'catchUp') return this.#catchUp(process);
    const heldUp = world.heldUp.get(process.id);
    if (process.status === 'paused' || heldUp !== undefined) {
      world.heldUp.set(process.id, heldUp === undefined ? [entry] : [...heldUp, entry]);
      if (process.status === 'running') this.schedule(world.now, { kind: 'catchUp', toProcess: process.id });
      return;
    }
    this.#deliver(process, entry);
  }

  #deliver(process: Process, entry: Deliverable): void {
    const { world } = this;
    switch (entry.kind) {
      case 'segment':
        return this.#tell(process.id, deliverSegment(this, entry));
      case 'synAnswer':
        return this.#tell(process.id, finishSyn(this, entry));
      case 'timer': {
        world.timers.get(process.id)?.delete(entry.id);
        const cause = this.record(process.id, [entry.fact], { kind: 'timerFired', timer: entry.id });
        return this.#advance(process.id, entry.event, cause);
      }
      case 'tell':
        return this.#advance(process.id, entry.event, entry.fact);
    }
  }

  #tell(process: ProcessId, arrival: { readonly event: KernelEvent; readonly fact: FactId } | null): void {
    if (arrival !== null) this.#advance(process, arrival.event, arrival.fact);
  }

  #stepperOf(program: string, sampleInput: unknown): Stepper {
    let stepper = this.#steppers.get(program);
    if (stepper === undefined) {
      const machine = this.#programs[program];
      if (machine === undefined) throw new Error(`No program is called ${program}.`);
      stepper = createStepper(machine, sampleInput);
      this.#steppers.set(program, stepper);
    }
    return stepper;
  }

  #advance(id: ProcessId, event: AnyEventObject, cause: FactId): void {
    const process = this.world.processes[id]!;
    const step = this.#stepperOf(process.program, undefined).next(process.snapshot, {
      ...event,
      now: this.world.now,
      files: this.world.files,
      cause,
    });
    this.#settle(process, step, cause);
  }

  /** Keeps the new snapshot and carries out what the machine asked for. */
  #settle(process: Process, { snapshot, effects }: Step, cause: FactId): void {
    const before: unknown = process.snapshot.value;
    if (snapshot !== process.snapshot) this.world.processes[process.id] = { ...process, snapshot };
    const state: unknown = snapshot.value;
    if (state !== before && !isSameState(state, before)) {
      this.record(process.id, [cause], { kind: 'entered', state: stateName(state) });
    }
    for (const { type, params } of effects) {
      if (this.world.processes[process.id]!.status === 'exited') return;
      const effect = asKernelEffect(type, params, process.program);
      if (effect !== null) this.#perform(process.id, effect, cause);
    }
  }

  #perform(id: ProcessId, effect: KernelEffect, cause: FactId): void {
    const { world } = this;
    switch (effect.type) {
      case 'send':
        return sendMessage(this, id, effect.params.socket, effect.params.message, cause);
      case 'setTimer': {
        const { id: timer, delayUs, event } = effect.params;
        const dueAt = later(world.now, Math.max(0, Math.round(delayUs)));
        const fact = this.record(id, [cause], { kind: 'timerSet', timer, dueAt });
        let timers = world.timers.get(id);
        if (timers === undefined) world.timers.set(id, (timers = new Map()));
        timers.set(timer, this.schedule(dueAt, { kind: 'timer', toProcess: id, id: timer, event, fact }));
        return;
      }
      case 'cancelTimer':
        world.timers.get(id)?.delete(effect.params.id);
        return;
      case 'fact': {
        const { name, mark, detail, alsoBecauseOf } = effect.params;
        const causes =
          alsoBecauseOf === undefined ? [cause] : [cause, ...alsoBecauseOf.filter((other) => other !== cause)];
        this.record(id, causes, { kind: 'told', name, mark: mark ?? null, detail });
        return;
      }
      case 'print': {
        const process = world.processes[id]!;
        return this.#print(process, effect.params.to, effect.params.text, cause);
      }
      case 'read':
        return readFrom(this, id, cause);
      case 'listen': {
        const { port } = effect.params;
        const isFree = !world.ports.has(port);
        if (isFree) world.ports.set(port, id);
        this.schedule(world.now, {
          kind: 'tell',
          toProcess: id,
          event: { type: isFree ? 'LISTENING' : 'ADDRESS_IN_USE', port },
          fact: cause,
        });
        return;
      }
      case 'stopListening':
        if (world.ports.get(effect.params.port) === id) world.ports.delete(effect.params.port);
        return;
      case 'connect':
        return openConnection(this, id, effect.params, cause);
      case 'close':
        return closeSocket(this, id, effect.params.socket, cause);
      case 'changeFile':
        return this.#changeFile(id, effect.params, cause);
      case 'spawn': {
        const { child } = effect.params;
        const plan = planOfChild(this, world.processes[id]!, effect.params, cause);
        // Told before the child runs: it may end in its first transition, and CHILD_EXITED comes after CHILD_STARTED.
        const event = { type: 'CHILD_STARTED', child, process: world.processes.length as ProcessId } as const;
        this.schedule(world.now, { kind: 'tell', toProcess: id, event, fact: cause });
        this.#start(plan, [cause]);
        return;
      }
      case 'signalChild': {
        const { child, signal } = effect.params;
        const target = world.processes.find(
          (process) => process.parent === id && process.child === child && process.status !== 'exited',
        );
        if (target !== undefined) this.#signal(target.id, signal, cause);
        return;
      }
      case 'signalProcess':
        return this.#signal(effect.params.process, effect.params.signal, cause);
      case 'exit':
        return this.#end(id, effect.params.code, null, cause);
    }
  }

  #start(plan: SpawnPlan, causes: readonly FactId[]): void {
    const { world } = this;
    const id = world.processes.length as ProcessId;
    const cause = this.record(id, causes, { kind: 'started', program: plan.program, argv: plan.argv });
    const [seed, rest] = nextUint32(world.processRandom);
    world.processRandom = rest;
    const stdin = plan.stdin === null ? undefined : world.streams.get(plan.stdin);
    const input = {
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
    };
    const step = this.#stepperOf(plan.program, input).initial(input);
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

  #signal(id: ProcessId, signal: Signal, because: FactId): void {
    const { world } = this;
    const process = world.processes[id];
    if (process === undefined || process.status === 'exited') return;
    const cause = this.record(id, [because], { kind: 'signalled', signal });
    switch (signal) {
      case 'SIGKILL':
        return this.#end(id, exitCodeOf.SIGKILL, signal, cause);
      case 'SIGSTOP':
        world.processes[id] = { ...process, status: 'paused' };
        return;
      case 'SIGCONT':
        if (process.status === 'paused') this.#resume(process);
        break;
      case 'SIGINT':
      case 'SIGTERM':
      case 'SIGHUP':
      case 'SIGPIPE':
        break;
    }
    this.schedule(world.now, { kind: 'tell', toProcess: id, event: { type: 'SIGNAL', signal }, fact: cause });
  }

  /** All that arrived meanwhile is handled now, in the order of arrival, before anything that arrives from now on. */
  #resume(process: Process): void {
    const { world } = this;
    world.processes[process.id] = { ...process, status: 'running' };
    const count = world.heldUp.get(process.id)?.length ?? 0;
    for (let i = 0; i < count; i++) this.schedule(world.now, { kind: 'catchUp', toProcess: process.id });
  }

  #catchUp(process: Process): void {
    const { heldUp } = this.world;
    const [entry, ...rest] = heldUp.get(process.id) ?? [];
    if (entry === undefined || process.status === 'paused') return;
    if (rest.length === 0) heldUp.delete(process.id);
    else heldUp.set(process.id, rest);
    if (!this.#isVoid(entry)) this.#deliver(process, entry);
  }

  #end(id: ProcessId, exitCode: number, signal: Signal | null, because: FactId): void {
    const { world } = this;
    const process = world.processes[id]!;
    const cause = this.record(id, [because], { kind: 'exited', exitCode, signal });
    world.processes[id] = { ...process, status: 'exited', exitCode, endedBy: signal };
    world.timers.delete(id);
    for (const entry of world.heldUp.get(id) ?? []) if (entry.kind === 'segment') finishClosing(world, entry);
    world.heldUp.delete(id);
    for (const [port, owner] of world.ports) if (owner === id) world.ports.delete(port);
    dropConnectionsOf(this, id, cause);
    forgetReader(world, id);
    for (const target of [process.stdout, process.stderr]) {
      if (target.kind === 'stream') closeWriter(this, target.stream, cause);
    }
    if (process.terminal !== null && process.parent === null) world.terminals.delete(process.terminal);
    if (process.parent !== null) {
      const event = { type: 'CHILD_EXITED', child: process.child, process: id, exitCode } as const;
      this.schedule(world.now, { kind: 'tell', toProcess: process.parent, event, fact: cause });
    }
  }

  #print(process: Process, to: 'stdout' | 'stderr', text: string, cause: FactId): void {
    const target: OutputTarget = to === 'stdout' ? process.stdout : process.stderr;
    const fact = this.record(process.id, [cause], {
      kind: 'printed',
      terminal: target.kind === 'terminal' ? target.terminal : null,
      to,
      text,
    });
    if (target.kind === 'file') {
      // Somebody may have removed the directory meanwhile: what is written to a file without a name is lost.
      if (canHold(this.world.files, target.path))
        this.#changeFile(process.id, { kind: 'append', path: target.path, text }, fact);
    } else if (target.kind === 'stream' && !writeChunk(this, target.stream, { text, fact }))
      this.#signal(process.id, 'SIGPIPE', fact);
  }

  #type(terminal: string, text: string | null, fact: FactId): void {
    const stream = this.world.terminals.get(terminal);
    if (stream !== undefined) writeChunk(this, stream, { text, fact });
  }

  #changeFile(process: ProcessId | null, change: FileChange, cause: FactId): void {
    this.world.files = changeFiles(this.world.files, change, this.world.now);
    this.record(process, [cause], { kind: 'fileChanged', path: change.kind === 'move' ? change.to : change.path });
  }
}

/** Compares state values: names, or the values of regions by name. */
function isSameState(one: unknown, other: unknown): boolean {
  if (one === other) return true;
  if (!isRegions(one) || !isRegions(other)) return false;
  const names = Object.keys(one);
  return names.length === Object.keys(other).length && names.every((name) => isSameState(one[name], other[name]));
}
const isRegions = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null;

const stateName = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value));

/**
 * xstate's own effects become the kernel's: a delayed event of `after` is a timer, leaving the state cancels it. Null for an event
 * raised at once: the transition has handled it.
 */
function asKernelEffect(type: string, params: unknown, program: string): KernelEffect | null {
  if (!type.startsWith('xstate.')) return { type, params } as KernelEffect;
  if (type === 'xstate.raise') {
    const { id, delay, event } = params as { id?: string; delay?: number; event: { type: string } };
    if (delay === undefined) return null;
    if (id === undefined)
      throw new Error(`Program ${program} raises ${event.type} later without an id to cancel it by.`);
    return { type: 'setTimer', params: { id, delayUs: delay * 1000, event } };
  }
  if (type === 'xstate.cancel') return { type: 'cancelTimer', params: { id: (params as { sendId: string }).sendId } };
  throw new Error(`Program ${program} asked for ${type}; processes exchange messages through the kernel.`);
}
