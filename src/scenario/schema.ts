/**
 * Scenario files: a cluster, and the steps that a person takes on it at terminals. A `got` in a file is dropped when it is read: a player
 * never sees what it should find.
 */
import * as v from 'valibot';
import { ScenarioError } from './scenarioError.ts';

const strings = v.array(v.string());
/** A number or a yes-or-no is as good as its text. */
const settings = v.record(
  v.string(),
  v.pipe(
    v.union([v.string(), v.number(), v.boolean()]),
    v.transform((value) => String(value)),
  ),
);
/** Pattern and what replaces it; a pattern may also be the key of a number in an observed state. */
const masks = v.array(v.tuple([v.string(), v.string()]));

/** What any step may say of how long it lasts and how its lines are compared. */
const options = {
  /** Seconds of silence that end it. */
  settle: v.optional(v.number()),
  /** Seconds given to a command, then Ctrl-C. */
  limit: v.optional(v.number()),
  repeats: v.optional(v.boolean()),
  unordered: v.optional(v.boolean()),
  races: v.optional(strings),
};

const observed = { do: v.literal('observe'), ...options } as const;
const observe = v.variant('what', [
  v.object({ ...observed, what: v.literal('topic'), topic: v.string(), from: v.optional(v.number()) }),
  v.object({
    ...observed,
    what: v.literal('log'),
    topic: v.string(),
    partition: v.number(),
    broker: v.optional(v.number()),
  }),
  v.object({ ...observed, what: v.literal('group'), group: v.string(), from: v.optional(v.number()) }),
  v.object({ ...observed, what: v.literal('controller') }),
  v.object({ ...observed, what: v.literal('cluster'), from: v.optional(v.number()) }),
  v.object({ ...observed, what: v.literal('znode'), path: v.string() }),
  v.object({ ...observed, what: v.literal('file'), path: v.string() }),
]);

const step = v.variant('do', [
  v.object({
    do: v.literal('run'),
    terminal: v.string(),
    command: v.string(),
    background: v.optional(v.boolean()),
    until: v.optional(v.string()),
    ...options,
  }),
  v.object({ do: v.literal('type'), terminal: v.string(), line: v.string(), ...options }),
  v.object({ do: v.literal('eof'), terminal: v.string(), ...options }),
  v.object({
    do: v.literal('interrupt'),
    terminal: v.string(),
    signal: v.optional(v.literal('KILL')),
    ...options,
  }),
  v.object({
    do: v.literal('edit'),
    file: v.string(),
    replace: v.optional(v.tuple([v.string(), v.string()])),
    append: v.optional(v.string()),
    text: v.optional(v.string()),
    ...options,
  }),
  v.object({
    do: v.literal('server'),
    name: v.string(),
    action: v.picklist(['start', 'stop', 'kill', 'pause', 'resume']),
    ...options,
  }),
  v.object({ do: v.literal('wait'), seconds: v.number(), ...options }),
  observe,
]);

const cluster = v.object({
  zookeepers: v.optional(v.number(), 1),
  brokers: v.optional(v.array(v.number()), [0]),
  brokerConfig: v.optional(settings, {}),
  zookeeperConfig: v.optional(settings, {}),
});

const scenario = v.object({
  id: v.optional(v.string(), ''),
  title: v.optional(v.string()),
  deck: v.optional(v.string()),
  cluster: v.optional(cluster, {}),
  /** Texts by path, relative to the Kafka folder. */
  files: v.optional(v.record(v.string(), v.string())),
  /** By terminal, the lines of a server's log that are shown. */
  logs: v.optional(v.record(v.string(), strings)),
  keepLogs: v.optional(v.boolean()),
  masks: v.optional(masks),
  steps: v.array(step),
});

export type Scenario = v.InferOutput<typeof scenario>;
export type Step = v.InferOutput<typeof step>;
export type Observation = v.InferOutput<typeof observe>;

/** The scenario without any `got`. Throws a `ScenarioError` that says where a file has another form. */
export function readScenario(file: unknown): Scenario {
  const read = v.safeParse(scenario, file);
  if (read.success) return read.output;
  const problems = read.issues.map((issue) => `${v.getDotPath(issue) ?? 'the file'}: ${issue.message}`);
  throw new ScenarioError(problems.join('\n'));
}
