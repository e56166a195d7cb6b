/** The kernel's effects as short sentences, for programs. */
import type { KernelEffect, SpawnRequest } from '../kernel/effects.ts';
import type { Message, Signal, Socket } from '../kernel/events.ts';
import type { FileChange } from '../kernel/fileSystem.ts';
import type { ProcessId } from '../kernel/events.ts';

/** Text on standard output, as it is: end lines with `\n`. */
export const print = (text: string): KernelEffect => ({ type: 'print', params: { text, to: 'stdout' } });
/** Text on standard error, as it is: end lines with `\n`. */
export const printError = (text: string): KernelEffect => ({ type: 'print', params: { text, to: 'stderr' } });
export const exit = (code: number): KernelEffect => ({ type: 'exit', params: { code } });
/** Answered by STDIN or STDIN_CLOSED. */
export const read: KernelEffect = { type: 'read', params: {} };
/** Replaces a timer of the same id. */
export const setTimer = (id: string, delayUs: number, event: { readonly type: string }): KernelEffect => ({
  type: 'setTimer',
  params: { id, delayUs, event },
});
export const cancelTimer = (id: string): KernelEffect => ({ type: 'cancelTimer', params: { id } });
/** Answered by CONNECTED or CONNECTION_REFUSED. */
export const connect = (socket: Socket, port: number): KernelEffect => ({ type: 'connect', params: { socket, port } });
export const send = (socket: Socket, message: Message): KernelEffect => ({ type: 'send', params: { socket, message } });
export const close = (socket: Socket): KernelEffect => ({ type: 'close', params: { socket } });
export const changeFile = (change: FileChange): KernelEffect => ({ type: 'changeFile', params: change });
export const spawn = (request: SpawnRequest): KernelEffect => ({ type: 'spawn', params: request });
export const signalChild = (child: number, signal: Signal): KernelEffect => ({
  type: 'signalChild',
  params: { child, signal },
});
export const signalProcess = (process: ProcessId, signal: Signal): KernelEffect => ({
  type: 'signalProcess',
  params: { process, signal },
});
export const tell = (name: string, detail: Readonly<Record<string, unknown>>): KernelEffect => ({
  type: 'fact',
  params: { name, detail },
});
