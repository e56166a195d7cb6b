/** How parties, links and active faults are named to the learner. */
import type { ProcessId } from '../../kernel/events.ts';
import { durationText } from '../narration/numbers.ts';
import type { LinkCondition } from '../../kernel/network.ts';
import type { WireEnds } from '../../views/clusterMatrix/wireEnds.ts';
import type { ActiveFault } from './activeFaults.ts';
import type { LinkState } from './linkDeeds.ts';
import type { Party } from './parties.ts';
import type { Scene } from './scene.ts';
import type { FaultWords } from './words.ts';

/** A broker's name inside a sentence begins small. */
export const inSentence = (name: string): string => name.replace(/^Broker /, 'broker ');

export function partyName(process: ProcessId, parties: readonly Party[]): string {
  return parties.find((party) => party.process === process)?.name ?? `${1000 + process}`;
}

/** The names of the two ends, as in a sentence. */
export function endNames(
  { from, to }: WireEnds,
  parties: readonly Party[],
  { and }: FaultWords,
): readonly [string, string] {
  const named = (side: readonly ProcessId[]): string => and(side.map((one) => inSentence(partyName(one, parties))));
  return [named(from), named(to)];
}

/** « coupé, + 800 ms, perte 30 % »; of what only one way suffers, which way. */
export function linkStateText(
  { forth, back }: LinkState,
  [one, other]: readonly [string, string],
  words: FaultWords,
): string {
  const [going, coming] = [conditionTexts(forth, words), conditionTexts(back, words)];
  const both = going.filter((text) => coming.includes(text));
  const oneWay = (texts: readonly string[], from: string, to: string): readonly string[] =>
    texts.filter((text) => !both.includes(text)).map((text) => words.suffered(text, from, to));
  const parts = [...both, ...oneWay(going, one, other), ...oneWay(coming, other, one)];
  return parts.length === 0 ? words.healthy : parts.join(', ');
}

const conditionTexts = (
  { isCut, extraLatencyUs, lossPerMille }: LinkCondition,
  words: FaultWords,
): readonly string[] => [
  ...(isCut ? [words.cut] : []),
  ...(extraLatencyUs > 0 ? [`+ ${words.milliseconds(Math.round(extraLatencyUs / 1000))}`] : []),
  ...(lossPerMille > 0 ? [`${words.loss.toLowerCase()} ${words.percent(lossPerMille)}`] : []),
];

/** « Broker 1 : tué » in two parts: what is struck, and how. */
export function faultText(
  fault: ActiveFault,
  { parties, words, language }: Scene,
): { readonly what: string; readonly how: string } {
  switch (fault.kind) {
    case 'dead':
    case 'paused':
      return { what: partyName(fault.process, parties), how: words[fault.kind] };
    case 'disk': {
      const { state, extraLatencyUs } = fault.condition;
      const server = parties.find(({ logDir }) => logDir === fault.directory)?.name ?? fault.directory;
      return {
        what: words.diskOf(server),
        how: state === 'sound' ? `+ ${words.milliseconds(Math.round(extraLatencyUs / 1000))}` : words.diskStates[state],
      };
    }
    case 'clock': {
      const duration = durationText(Math.abs(fault.offsetMs), language);
      return {
        what: words.clockOf(partyName(fault.process, parties)),
        how: fault.offsetMs > 0 ? words.ahead(duration) : words.behind(duration),
      };
    }
    case 'link': {
      const names = endNames(fault.ends, parties, words);
      const what = words.link(...names).replace(/^./, (letter) => letter.toUpperCase());
      return { what, how: linkStateText(fault.state, names, words) };
    }
  }
}
