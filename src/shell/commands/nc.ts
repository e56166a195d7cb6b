/** `nc`: opens a connection to a port of the machine; says four-letter words to ZooKeeper. */
import type { Program } from '../../kernel/process.ts';
import type { ZkMessage } from '../../cluster/protocol/zookeeper.ts';
import { isZkMessage } from '../../cluster/protocol/zookeeper.ts';
import type { Socket } from '../../kernel/events.ts';
import { close, connect, exit, print, printError, read, send, setTimer } from '../effects.ts';
import { defineProgram, startUpUsOf } from '../program.ts';
import { beginRun } from './command.ts';
import type { Options } from './options.ts';
import { seconds } from '../../kernel/time.ts';

interface State {
  readonly options: Options;
  readonly host: string;
  readonly port: number;
  readonly text: string;
}
const socket = 1 as Socket;

export const nc: Program = defineProgram<State | null, { readonly type: 'TIMED_OUT' }>({
  startUpUs: startUpUsOf.smallCommand,
  start(input) {
    const run = beginRun(
      { name: 'nc', help: 'usage: nc [-vz] [-w timeout] destination port\n', flags: 'vznN46t', valued: 'wq' },
      input,
    );
    if ('effects' in run) return { state: null, effects: run.effects };
    const [host, port] = run.operands;
    if (host === undefined || port === undefined)
      return { state: null, effects: [printError('usage: nc [-vz] [-w timeout] destination port\n'), exit(1)] };
    if (!/^\d+$/.test(port) || Number(port) > 65_535 || Number(port) < 1)
      return { state: null, effects: [printError(`nc: port number invalid: ${port}\n`), exit(1)] };
    if (host !== 'localhost' && !host.startsWith('127.'))
      return {
        state: null,
        effects: [
          printError(`nc: getaddrinfo for host "${host}" port ${port}: Temporary failure in name resolution\n`),
          exit(1),
        ],
      };
    const state = { options: run.options, host, port: Number(port), text: '' };
    const limit = run.options.value('w');
    const timer = limit === undefined ? [] : [setTimer('limit', seconds(Number(limit)), { type: 'TIMED_OUT' })];
    return { state, effects: [connect(socket, state.port), ...timer] };
  },
  handle(state, event) {
    if (state === null) return { state, effects: [] };
    const { options, host, port } = state;
    switch (event.type) {
      case 'CONNECTED': {
        const said = options.has('v')
          ? [printError(`Connection to ${host} (127.0.0.1) ${port} port [tcp/*] succeeded!\n`)]
          : [];
        return { state, effects: [...said, options.has('z') ? exit(0) : read] };
      }
      case 'CONNECTION_REFUSED': {
        const said = options.has('v')
          ? [printError(`nc: connect to ${host} (127.0.0.1) port ${port} (tcp) failed: Connection refused\n`)]
          : [];
        return { state, effects: [...said, exit(1)] };
      }
      case 'STDIN': {
        const text = state.text + event.text;
        // A server answers four letters as soon as it has them.
        if (text.trim().length < 4) return { state: { ...state, text }, effects: [read] };
        const message: ZkMessage = {
          protocol: 'zookeeper',
          kind: 'fourLetterWord',
          name: 'FourLetterWord',
          word: text.trim().slice(0, 4),
        };
        return { state: { ...state, text: '' }, effects: [send(socket, message)] };
      }
      case 'MESSAGE': {
        const { message } = event;
        const isAnswer = isZkMessage(message) && message.kind === 'fourLetterAnswer';
        return { state, effects: isAnswer ? [print(message.text)] : [close(socket), exit(1)] };
      }
      case 'DISCONNECTED':
        return { state, effects: [exit(0)] };
      case 'TIMED_OUT':
        return { state, effects: [exit(1)] };
      default:
        return { state, effects: [] };
    }
  },
});
