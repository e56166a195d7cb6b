/** `export`, `unset`, `set`, `shift`, `declare`, `local`, `readonly`, `alias`, `unalias`, `read`. */
import { byName } from '../../sorting.ts';
import type { Builtin, BuiltinCall, BuiltinResult } from '../builtin.ts';
import { failure, ok } from '../builtin.ts';
import type { Shell } from '../shell.ts';
import { labelOf, withVariable } from '../shell.ts';

const isName = (text: string): boolean => /^[A-Za-z_]\w*$/.test(text);
const quoted = (value: string): string => `"${value.replace(/[\\"$`]/g, String.raw`\$&`)}"`;

export const exportVariables: Builtin = (call) => {
  const args = call.argv.slice(1);
  const isRemoval = args[0] === '-n';
  const names = args.filter((arg) => !/^-[pnf]+$/.test(arg));
  if (names.length === 0) {
    const exported = [...call.shell.variables].filter(([, { isExported }]) => isExported);
    const lines = exported.sort(([one], [other]) => byName(one, other));
    return { exitCode: 0, stdout: lines.map(([name, { value }]) => `declare -x ${name}=${quoted(value)}\n`).join('') };
  }
  return assignAll(call, names, { isExported: !isRemoval });
};

/** `declare`, `local`, `readonly`: variables of the shell; functions have none of their own here. */
export const declare: Builtin = (call) => {
  const args = call.argv.slice(1);
  const isExported = args.some((arg) => /^-\w*x/.test(arg)) ? true : undefined;
  const names = args.filter((arg) => !arg.startsWith('-'));
  return assignAll(call, names, isExported === undefined ? {} : { isExported });
};

function assignAll(
  call: BuiltinCall,
  names: readonly string[],
  { isExported }: { readonly isExported?: boolean },
): BuiltinResult {
  let { shell } = call;
  let stderr = '';
  for (const item of names) {
    const at = item.indexOf('=');
    const name = at < 0 ? item : item.slice(0, at);
    if (!isName(name)) {
      stderr += `${labelOf(shell)}${call.argv[0]}: \`${item}': not a valid identifier\n`;
      continue;
    }
    if (at >= 0) shell = withVariable(shell, name, item.slice(at + 1), isExported);
    else if (shell.variables.has(name)) shell = withVariable(shell, name, shell.variables.get(name)!.value, isExported);
  }
  return { exitCode: stderr === '' ? 0 : 1, stderr, shell };
}

export const unset: Builtin = ({ shell, argv }) => {
  const variables = new Map(shell.variables);
  const functions = new Map(shell.functions);
  const [first] = argv.slice(1);
  for (const name of argv.slice(1)) {
    if (first === '-f' || !variables.delete(name)) functions.delete(name);
  }
  return { exitCode: 0, shell: { ...shell, variables, functions } };
};

export const set: Builtin = (call) => {
  const { shell } = call;
  const [first, ...rest] = call.argv.slice(1);
  if (first === undefined) {
    const lines = [...shell.variables].sort(([one], [other]) => byName(one, other));
    return { exitCode: 0, stdout: lines.map(([name, { value }]) => `${name}=${value}\n`).join('') };
  }
  if (first === '--') return { exitCode: 0, shell: { ...shell, positional: rest } };
  if (/^[-+]/.test(first)) return failure(call, `set: ${first}: options of the shell are not simulated`, 2);
  return { exitCode: 0, shell: { ...shell, positional: [first, ...rest] } };
};

export const shift: Builtin = (call) => {
  const count = Number(call.argv[1] ?? '1');
  if (!Number.isInteger(count) || count < 0) return failure(call, `shift: ${call.argv[1]}: numeric argument required`);
  const { positional } = call.shell;
  if (count > positional.length) return { exitCode: 1 };
  return { exitCode: 0, shell: { ...call.shell, positional: positional.slice(count) } };
};

export const alias: Builtin = (call) => {
  const aliases = new Map(call.shell.aliases);
  const show = (name: string, value: string): string => `alias ${name}='${value.replaceAll("'", String.raw`'\''`)}'\n`;
  const args = call.argv.slice(1).filter((arg) => arg !== '-p');
  if (args.length === 0) {
    const lines = [...aliases].sort(([one], [other]) => byName(one, other));
    return { exitCode: 0, stdout: lines.map(([name, value]) => show(name, value)).join('') };
  }
  let [stdout, stderr] = ['', ''];
  for (const arg of args) {
    const at = arg.indexOf('=');
    const known = aliases.get(arg);
    if (at > 0) aliases.set(arg.slice(0, at), arg.slice(at + 1));
    else if (known === undefined) stderr += `${labelOf(call.shell)}alias: ${arg}: not found\n`;
    else stdout += show(arg, known);
  }
  return { exitCode: stderr === '' ? 0 : 1, stdout, stderr, shell: { ...call.shell, aliases } };
};

export const unalias: Builtin = (call) => {
  const aliases = new Map(call.argv[1] === '-a' ? [] : call.shell.aliases);
  const missing = call.argv.slice(1).filter((name) => name !== '-a' && !aliases.delete(name));
  const shell: Shell = { ...call.shell, aliases };
  const stderr = missing.map((name) => `${labelOf(shell)}unalias: ${name}: not found\n`).join('');
  return { exitCode: missing.length > 0 ? 1 : 0, stderr, shell };
};

export const read: Builtin = (call) => {
  let prompt = '';
  const names: string[] = [];
  const args = call.argv.slice(1);
  for (let i = 0; i < args.length; i++) {
    const arg = args[i]!;
    if (arg === '-p') prompt = args[++i] ?? '';
    else if (/^-[rs]+$/.test(arg)) continue;
    else if (arg.startsWith('-')) return failure(call, `read: ${arg}: this option is not simulated`, 2);
    else if (isName(arg)) names.push(arg);
    else return failure(call, `read: \`${arg}': not a valid identifier`);
  }
  const isRaw = args.some((arg) => /^-\w*r/.test(arg));
  // Bash prints the prompt on standard error, and only at a terminal.
  const stderr = call.shell.streams.stdin.kind === 'inherit' ? prompt : '';
  return { ...ok, stderr, control: { kind: 'read', names: names.length === 0 ? ['REPLY'] : names, isRaw } };
};
