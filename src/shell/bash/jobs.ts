/** Jobs in bash's words: `[1]+  Running                 sleep 100 &`. */
import { isJavaProgram } from '../kafkaFolder/scripts.ts';
import type { Job, Shell } from './shell.ts';

export const hasEnded = ({ children }: Job): boolean => children.every(({ exitCode }) => exitCode !== null);
export const hasStarted = ({ children }: Job): boolean => children.every(({ process }) => process !== null);
/** Of its last process. */
export const exitCodeOfJob = ({ children }: Job): number => children.at(-1)?.exitCode ?? 0;
export const jobOf = (shell: Shell, key: number): Job | undefined => shell.jobs.find((job) => job.key === key);
export const numberedJobs = ({ jobs }: Shell): readonly Job[] => jobs.filter(({ number }) => number !== null);

/** The smallest number above those in use. */
export const nextJobNumber = (shell: Shell): number =>
  numberedJobs(shell).reduce((highest, { number }) => Math.max(highest, number ?? 0), 0) + 1;

/** `%1`, `%+`, `%-`, `%name`, or a pid of one of its processes. */
export function findJob(shell: Shell, spec: string): Job | undefined {
  const jobs = numberedJobs(shell);
  if (!spec.startsWith('%')) {
    const process = Number(spec) - 1000;
    return shell.jobs.find(({ children }) => children.some((child) => child.process === process));
  }
  const name = spec.slice(1);
  if (name === '' || name === '+' || name === '%') return jobs.at(-1);
  if (name === '-') return jobs.at(-2) ?? jobs.at(-1);
  if (/^\d+$/.test(name)) return jobs.find(({ number }) => number === Number(name));
  return jobs.find(({ text }) => text.startsWith(name));
}

const widthOfStatus = 24;

/** One line of `jobs`, without its end of line. */
export function describeJob(shell: Shell, job: Job, { withPid = false }: { readonly withPid?: boolean } = {}): string {
  const jobs = numberedJobs(shell);
  const mark = job === jobs.at(-1) ? '+' : job === jobs.at(-2) ? '-' : ' ';
  const pid = withPid ? `${1000 + (job.children[0]?.process ?? 0)} ` : '';
  const text = hasEnded(job) ? job.text : `${job.text} &`;
  return `[${job.number}]${mark}  ${pid}${statusOf(job).padEnd(widthOfStatus)}${text}`;
}

function statusOf(job: Job): string {
  if (!hasEnded(job)) return 'Running';
  const code = exitCodeOfJob(job);
  const last = job.children.at(-1);
  const signal = last === undefined ? undefined : signalText(code, last.program);
  return signal ?? (code === 0 ? 'Done' : `Exit ${code}`);
}

/** What bash calls the death of a process by a signal; a Java program that was asked to stop ends by itself, with the same code. */
export function signalText(code: number, program: string): string | undefined {
  if (code === 137) return 'Killed';
  if (isJavaProgram(program)) return undefined;
  return { 129: 'Hangup', 130: 'Interrupt', 141: 'Broken pipe', 143: 'Terminated' }[code];
}
