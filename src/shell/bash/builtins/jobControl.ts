/** `jobs`, `fg`, `bg`, `wait`, `kill`, `disown`. */
import type { KernelEffect } from '../../../kernel/effects.ts';
import type { ProcessId, Signal } from '../../../kernel/events.ts';
import { signalChild, signalProcess } from '../../effects.ts';
import { runningProcesses, pidOf } from '../../processTable.ts';
import { signalNamed, signalNames, signalNumber } from '../../signals.ts';
import type { Builtin, BuiltinCall } from '../builtin.ts';
import { failure, ok } from '../builtin.ts';
import { describeJob, findJob, hasEnded, numberedJobs } from '../jobs.ts';
import { labelOf } from '../shell.ts';

export const jobs: Builtin = ({ shell, argv }) => {
  const options = argv.slice(1).join('');
  const lines = numberedJobs(shell).map((job) =>
    options.includes('p')
      ? `${pidOf(job.children[0]?.process ?? (0 as ProcessId))}\n`
      : `${describeJob(shell, job, { withPid: options.includes('l') })}\n`,
  );
  // What has been told as done is told once.
  const kept = shell.jobs.filter((job) => job.number === null || !hasEnded(job));
  return { exitCode: 0, stdout: lines.join(''), shell: { ...shell, jobs: kept } };
};

const noSuchJob = (call: BuiltinCall, spec: string | undefined): string =>
  `${call.argv[0]}: ${spec ?? 'current'}: no such job`;

export const fg: Builtin = (call) => {
  const { shell, argv } = call;
  if (!shell.isInteractive) return failure(call, 'fg: no job control');
  const [, spec] = argv;
  const job = findJob(shell, spec === undefined ? '%+' : spec.startsWith('%') ? spec : `%${spec}`);
  if (job === undefined) return failure(call, noSuchJob(call, spec));
  return { exitCode: 0, stdout: `${job.text}\n`, control: { kind: 'foreground', key: job.key } };
};

export const bg: Builtin = (call) => {
  if (!call.shell.isInteractive) return failure(call, 'bg: no job control');
  const [, spec] = call.argv;
  const job = findJob(call.shell, spec === undefined ? '%+' : spec.startsWith('%') ? spec : `%${spec}`);
  if (job === undefined) return failure(call, noSuchJob(call, spec));
  return { exitCode: 0, stderr: `${labelOf(call.shell)}bg: job ${job.number} already in background\n` };
};

export const wait: Builtin = (call) => {
  const specs = call.argv.slice(1).filter((arg) => !arg.startsWith('-'));
  if (specs.length === 0) {
    const running = call.shell.jobs.filter((job) => !hasEnded(job));
    return { ...ok, control: { kind: 'awaitJobs', keys: running.map(({ key }) => key) } };
  }
  const found = specs.map((spec) => findJob(call.shell, spec));
  const missing = specs.find((_spec, index) => found[index] === undefined);
  if (missing !== undefined) {
    const text = missing.startsWith('%')
      ? `wait: ${missing}: no such job`
      : `wait: pid ${missing} is not a child of this shell`;
    return failure(call, text, 127);
  }
  return { ...ok, control: { kind: 'awaitJobs', keys: found.flatMap((job) => (job === undefined ? [] : [job.key])) } };
};

export const disown: Builtin = (call) => {
  const [, spec = '%+'] = call.argv;
  const job = findJob(call.shell, spec);
  if (job === undefined) return failure(call, noSuchJob(call, spec));
  return { exitCode: 0, shell: { ...call.shell, jobs: call.shell.jobs.filter((other) => other !== job) } };
};

const usage = 'kill: usage: kill [-s sigspec | -n signum | -sigspec] pid | jobspec ... or kill -l [sigspec]\n';

export const kill: Builtin = (call) => {
  const [first, ...others] = call.argv.slice(1);
  if (first === undefined) return { exitCode: 2, stderr: usage };
  if (first === '-l') {
    const listed =
      others.length === 0
        ? signalNames
        : others.map((spec) => signalNames.find((name) => String(signalNumber(name)) === spec) ?? spec);
    return { exitCode: 0, stdout: `${listed.map((name) => name.replace('SIG', '')).join('\n')}\n` };
  }
  let signal: Signal | 0 | undefined = 'SIGTERM';
  let targets: readonly string[] = [first, ...others];
  const isSpec = first === '-s' || first === '-n';
  const spec = isSpec ? others[0] : /^-./.test(first) && first !== '--' ? first.slice(1) : undefined;
  if (spec !== undefined) {
    signal = spec === '0' ? 0 : signalNamed(spec);
    targets = isSpec ? others.slice(1) : others;
  } else if (first === '--') targets = others;
  if (signal === undefined) return failure(call, `kill: ${spec}: invalid signal specification`);
  if (targets.length === 0) return { exitCode: 2, stderr: usage };

  const effects: KernelEffect[] = [];
  let stderr = '';
  for (const target of targets) {
    const outcome = aim(call, target, signal);
    if (typeof outcome === 'string') stderr += `${labelOf(call.shell)}kill: ${outcome}\n`;
    else effects.push(...outcome);
  }
  return { exitCode: stderr === '' ? 0 : 1, stderr, effects };
};

/** The effects that signal one target, or why there are none. */
function aim({ shell, files }: BuiltinCall, target: string, signal: Signal | 0): readonly KernelEffect[] | string {
  if (target.startsWith('%')) {
    const job = findJob(shell, target);
    if (job === undefined) return `${target}: no such job`;
    if (signal === 0) return [];
    return job.children.filter(({ exitCode }) => exitCode === null).map(({ child }) => signalChild(child, signal));
  }
  if (!/^-?\d+$/.test(target)) return `${target}: arguments must be process or job IDs`;
  const isOwn = findJob(shell, target)?.children.some(
    ({ process, exitCode }) => process !== null && pidOf(process) === Number(target) && exitCode === null,
  );
  const entry = runningProcesses(files).find(({ process }) => pidOf(process) === Number(target));
  if (entry === undefined && isOwn !== true) return `(${target}) - No such process`;
  return signal === 0 ? [] : [signalProcess((Number(target) - pidOf(0 as ProcessId)) as ProcessId, signal)];
}
