/**
 * A session as data: what it started from, its seed, and the inputs of each branch. Everything else is what a replay gives. It is plain
 * JSON, to be kept in a browser, in a file, in a link; whoever reads it checks it with `sessionSchema`.
 */
import * as v from 'valibot';
import type { FactId, ProcessId } from './events.ts';
import type { Input, StampedInput } from './input.ts';
import type { VirtualTimeUs } from './time.ts';

/** Grows when older sessions can no longer be read. */
export const sessionVersion = 1;

const count = v.pipe(v.number(), v.safeInteger(), v.minValue(0));
const processId = v.pipe(
  count,
  v.transform((id) => id as ProcessId),
);
const instant = v.pipe(
  count,
  v.transform((us) => us as VirtualTimeUs),
);
const factId = v.pipe(
  count,
  v.transform((id) => id as FactId),
);
const path = v.pipe(v.string(), v.startsWith('/'));
const environment = v.record(v.string(), v.string());
const signal = v.picklist(['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGPIPE', 'SIGKILL', 'SIGSTOP', 'SIGCONT']);

const changeSchema = v.variant('kind', [
  v.object({ kind: v.literal('write'), path, text: v.string(), isExecutable: v.exactOptional(v.boolean()) }),
  v.object({ kind: v.literal('append'), path, text: v.string() }),
  v.object({ kind: v.literal('makeDirectory'), path }),
  v.object({ kind: v.literal('remove'), path }),
  v.object({ kind: v.literal('move'), from: path, to: path }),
  v.object({ kind: v.literal('touch'), path }),
]);

const linkSchema = v.object({
  isCut: v.boolean(),
  extraLatencyUs: count,
  lossPerMille: v.pipe(count, v.maxValue(1000)),
});

const diskSchema = v.object({ state: v.picklist(['sound', 'full', 'failed']), extraLatencyUs: count });

const inputSchema: v.GenericSchema<unknown, Input> = v.variant('kind', [
  v.object({
    kind: v.literal('openTerminal'),
    terminal: v.string(),
    program: v.string(),
    argv: v.exactOptional(v.array(v.string())),
    cwd: path,
    env: environment,
  }),
  v.object({ kind: v.literal('typed'), terminal: v.string(), line: v.string() }),
  v.object({ kind: v.literal('endOfFile'), terminal: v.string() }),
  v.object({ kind: v.literal('interrupt'), terminal: v.string() }),
  v.object({
    kind: v.literal('start'),
    program: v.string(),
    argv: v.array(v.string()),
    cwd: path,
    env: environment,
    outputFile: path,
  }),
  v.object({ kind: v.literal('signal'), process: processId, signal }),
  v.object({ kind: v.literal('setLink'), from: processId, to: processId, condition: linkSchema }),
  v.object({ kind: v.literal('changeFile'), change: changeSchema }),
  v.object({ kind: v.literal('setDisk'), directory: path, condition: diskSchema }),
  v.object({ kind: v.literal('setClock'), process: processId, offsetMs: v.pipe(v.number(), v.safeInteger()) }),
  v.object({ kind: v.literal('loseMessage'), message: factId, outcome: v.picklist(['resent', 'disconnected']) }),
  v.object({ kind: v.literal('fireTimer'), process: processId, timer: v.string() }),
  v.object({ kind: v.literal('operate'), process: processId, operation: v.string(), argument: v.string() }),
]);

const stampedInputSchema: v.GenericSchema<unknown, StampedInput> = v.object({
  afterEvent: count,
  at: instant,
  input: inputSchema,
});

const positionSchema = v.object({ eventCount: count, inputCount: count, at: instant });

const branchSchema = v.object({
  id: count,
  parent: v.nullable(count),
  forkedAtEvent: count,
  /** How many inputs of the parent came before the fork; `inputs` are the branch's own. */
  inheritedInputs: count,
  inputs: v.array(stampedInputSchema),
  end: positionSchema,
});
export type BranchData = v.InferOutput<typeof branchSchema>;

/** Parents come before their children, inputs in the order of time. */
export const sessionSchema = v.pipe(
  v.object({
    version: v.literal(sessionVersion),
    /** What the simulation began with, in the words of whoever builds its programs and files. */
    setup: v.unknown(),
    seed: v.pipe(v.number(), v.safeInteger()),
    branches: v.pipe(v.array(branchSchema), v.minLength(1)),
    current: count,
    present: positionSchema,
  }),
  v.check(({ branches, current }) => isFamily(branches, current), 'The branches do not hang together.'),
);
export type Session = v.InferOutput<typeof sessionSchema>;

function isFamily(branches: readonly BranchData[], current: number): boolean {
  const inputCounts = new Map<number, number>();
  for (const { id, parent, inheritedInputs, inputs } of branches) {
    const available = parent === null ? 0 : inputCounts.get(parent);
    if (available === undefined || inheritedInputs > available || inputCounts.has(id)) return false;
    if (inputs.some(({ at }, index) => at < (inputs[index - 1]?.at ?? 0))) return false;
    inputCounts.set(id, inheritedInputs + inputs.length);
  }
  return inputCounts.has(current) && branches.filter(({ parent }) => parent === null).length === 1;
}
