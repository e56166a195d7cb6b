/**
 * `curl`: downloads Kafka's archive, the one thing of the Internet that the simulated machine has, and speaks HTTP to servers of the
 * machine itself.
 */
import type { KernelEffect } from '../../kernel/effects.ts';
import type { Message, Socket } from '../../kernel/events.ts';
import { asDirectory, canHold, findNode, resolvePath } from '../../kernel/fileSystem.ts';
import type { ProcessInput, Program } from '../../kernel/process.ts';
import type { VirtualTimeUs } from '../../kernel/time.ts';
import { seconds } from '../../kernel/time.ts';
import { archiveSizeInBytes } from '../kafkaFolder/kafkaFolder.ts';
import { changeFile, close, connect, exit, print, printError, send, setTimer } from '../effects.ts';
import type { Outcome } from '../program.ts';
import { defineProgram, startUpUsOf } from '../program.ts';
import { isArchiveAddress, kafkaArchive } from './archive.ts';
import { beginRun } from './command.ts';
import { parseAddress } from './httpAddress.ts';
import type { Options } from './options.ts';
import { progressHeading, progressLine } from '../text/curlProgress.ts';

/** What curl says to a server of the machine. */
interface HttpRequest extends Message {
  readonly name: 'HttpRequest';
  readonly method: string;
  readonly path: string;
  readonly headers: readonly string[];
  readonly body: string;
}
/** What it is answered. */
interface HttpResponse extends Message {
  readonly name: 'HttpResponse';
  readonly status: number;
  readonly reason: string;
  readonly headers: readonly string[];
  readonly body: string;
}
const isResponse = (message: Message): message is HttpResponse => message.name === 'HttpResponse';

const downloadSeconds = 5;
const socket = 1 as Socket;

interface State {
  readonly input: ProcessInput;
  readonly options: Options;
  readonly url: string;
  readonly startedAt: VirtualTimeUs;
  readonly elapsedSeconds: number;
}

const help = `Usage: curl [options...] <url>
 -d, --data <data>     HTTP POST data
 -f, --fail            Fail fast with no output on HTTP errors
 -H, --header <line>   Pass custom header to server
 -i, --include         Include response headers in the output
 -L, --location        Follow redirects
 -o, --output <file>   Write to file instead of stdout
 -O, --remote-name     Write output to a file named as the remote file
 -s, --silent          Silent mode
 -X, --request <method>  Specify request method to use
`;

export const curl: Program = defineProgram<State | null, { readonly type: 'MORE_DATA' }>({
  startUpUs: startUpUsOf.smallCommand,
  start(input) {
    const run = beginRun(
      {
        name: 'curl',
        help,
        exitCodeOfMisuse: 2,
        flags: 'sSLOfikvg#I',
        valued: 'oXdHu',
        long: {
          silent: 's',
          'show-error': 'S',
          location: 'L',
          'remote-name': 'O',
          fail: 'f',
          include: 'i',
          head: 'I',
          verbose: 'v',
          output: 'o',
          request: 'X',
          data: 'd',
          header: 'H',
          'progress-bar': '#',
        },
      },
      input,
    );
    if ('effects' in run) return { state: null, effects: run.effects };
    const [url] = run.operands;
    if (url === undefined)
      return {
        state: null,
        effects: [printError("curl: try 'curl --help' or 'curl --manual' for more information\n"), exit(2)],
      };
    const state: State = { input, options: run.options, url, startedAt: input.now, elapsedSeconds: 0 };
    if (isArchiveAddress(url)) return beginDownload(state);
    const address = parseAddress(url);
    if (address === null) return fail(state, 3, 'URL using bad/illegal format or missing URL');
    if (!address.isLocal) return fail(state, 6, `Could not resolve host: ${address.host}`);
    return { state, effects: [connect(socket, address.port)] };
  },
  handle(state, event) {
    if (state === null) return { state, effects: [] };
    switch (event.type) {
      case 'MORE_DATA':
        return goOn(state, event.now);
      case 'CONNECTED':
        return { state, effects: [send(socket, requestOf(state))] };
      case 'CONNECTION_REFUSED': {
        const { host, port } = parseAddress(state.url)!;
        const took = Math.round((event.now - state.startedAt) / 1000);
        return fail(state, 7, `Failed to connect to ${host} port ${port} after ${took} ms: Couldn't connect to server`);
      }
      case 'MESSAGE':
        return isResponse(event.message)
          ? showResponse(state, event.message)
          : fail(state, 1, 'Received HTTP/0.9 when not allowed');
      case 'DISCONNECTED':
        return fail(state, 52, 'Empty reply from server');
      default:
        return { state, effects: [] };
    }
  },
});

function fail(state: State, exitCode: number, message: string): Outcome<State> {
  const isSilent = state.options.has('s') && !state.options.has('S');
  return { state, effects: [...(isSilent ? [] : [printError(`curl: (${exitCode}) ${message}\n`)]), exit(exitCode)] };
}

/** The file to write, or null for standard output. */
function outputOf({ options, url }: State): string | null {
  if (options.has('O')) return url.slice(url.lastIndexOf('/') + 1);
  return options.value('o') ?? null;
}

function beginDownload(state: State): Outcome<State> {
  const { options, input } = state;
  const output = outputOf(state);
  const isQuiet = options.has('s');
  if (options.has('I'))
    return { state, effects: [print(`HTTP/1.1 200 OK\r\nContent-Length: ${archiveSizeInBytes}\r\n\r\n`), exit(0)] };
  if (output === null) {
    const warning = `Warning: Binary output can mess up your terminal. Use "--output -" to tell \nWarning: curl to output it to your terminal anyway, or consider "--output \nWarning: <FILE>" to save to a file.\n`;
    return { state, effects: [printError(warning), exit(23)] };
  }
  const path = resolvePath(input.cwd, output);
  const reason = reasonNotToWrite(input, path);
  const heading = isQuiet ? [] : [printError(progressHeading)];
  if (reason !== null) {
    const warning = isQuiet
      ? []
      : [printError(`${progressLine(0, 0, downloadSeconds)}\nWarning: Failed to open the file ${output}: ${reason}\n`)];
    return {
      state,
      effects: [...heading, ...warning, printError('curl: (23) Failure writing output to destination\n'), exit(23)],
    };
  }
  const first = isQuiet ? [] : [printError(progressLine(0, 0, downloadSeconds))];
  return { state, effects: [...heading, ...first, setTimer('data', seconds(1), { type: 'MORE_DATA' })] };
}

function reasonNotToWrite({ files }: ProcessInput, path: string): string | null {
  if (asDirectory(findNode(files, path)) !== undefined) return 'Is a directory';
  return canHold(files, path) ? null : 'No such file or directory';
}

function goOn(state: State, now: VirtualTimeUs): Outcome<State> {
  const elapsedSeconds = state.elapsedSeconds + 1;
  const isDone = elapsedSeconds >= downloadSeconds;
  const next = { ...state, elapsedSeconds };
  const effects: KernelEffect[] = [];
  if (!state.options.has('s')) {
    const received = Math.round((archiveSizeInBytes * elapsedSeconds) / downloadSeconds);
    effects.push(printError(progressLine(received, elapsedSeconds, downloadSeconds) + (isDone ? '\n' : '')));
  }
  if (!isDone) return { state: next, effects: [...effects, setTimer('data', seconds(1), { type: 'MORE_DATA' })] };
  const path = resolvePath(state.input.cwd, outputOf(state) ?? '');
  return { state: next, effects: [changeFile({ kind: 'place', path, node: kafkaArchive(now) }), ...effects, exit(0)] };
}

function requestOf({ options, url }: State): HttpRequest {
  const body = options.values('d').join('&');
  return {
    name: 'HttpRequest',
    method: options.value('X') ?? (options.has('d') ? 'POST' : options.has('I') ? 'HEAD' : 'GET'),
    path: parseAddress(url)!.path,
    headers: options.values('H'),
    body,
  };
}

function showResponse(state: State, { status, reason, headers, body }: HttpResponse): Outcome<State> {
  const { options, input } = state;
  if (options.has('f') && status >= 400) return fail(state, 22, `The requested URL returned error: ${status}`);
  const head =
    options.has('i') || options.has('I') ? [`HTTP/1.1 ${status} ${reason}`, ...headers, '', ''].join('\r\n') : '';
  const text = head + (options.has('I') ? '' : body);
  const output = outputOf(state);
  if (output === null) return { state, effects: [...(text === '' ? [] : [print(text)]), close(socket), exit(0)] };
  const path = resolvePath(input.cwd, output);
  return { state, effects: [changeFile({ kind: 'write', path, text }), close(socket), exit(0)] };
}
