/** What faults are chosen from, at the shown instant: who is there, how the links are, what was done so far. */
import type { ClusterPicture } from '../../cluster/picture.ts';
import type { ProcessId } from '../../kernel/events.ts';
import type { StampedInput } from '../../kernel/input.ts';
import type { World } from '../../kernel/world.ts';
import { wordsOf } from '../i18n/useWords.ts';
import type { Lab } from '../session/Lab.ts';
import type { Language } from '../settings/settings.ts';
import type { Party } from './parties.ts';
import { partiesOf } from './parties.ts';
import { faultWordsEn } from './words.en.ts';
import { faultWordsFr } from './words.fr.ts';
import type { FaultWords } from './words.ts';

export interface Scene {
  readonly picture: ClusterPicture;
  readonly world: World;
  /** Up to the present. */
  readonly inputs: readonly StampedInput[];
  readonly parties: readonly Party[];
  readonly words: FaultWords;
  readonly language: Language;
}

export const faultWordsIn = (language: Language): FaultWords => (language === 'fr' ? faultWordsFr : faultWordsEn);

export function sceneOf(lab: Lab, language: Language): Scene {
  const { timeline } = lab;
  const picture = lab.picture();
  return {
    picture,
    world: timeline.world,
    inputs: timeline.inputs.slice(0, timeline.position.inputCount),
    parties: partiesOf(picture, wordsOf(language).views),
    words: faultWordsIn(language),
    language,
  };
}

/** The living parties that a process has a link with: servers with each other and with their clients, whoever it is connected to. */
export function peersOf(process: ProcessId, { parties, world }: Scene): readonly Party[] {
  const own = parties.find((party) => party.process === process);
  if (own === undefined || own.isDead) return [];
  const connected = new Set<ProcessId>();
  for (const end of world.ends.values()) {
    if (end.process === process && end.peerProcess !== null) connected.add(end.peerProcess);
    if (end.peerProcess === process) connected.add(end.process);
  }
  const isNear = ({ kind }: Party): boolean => kind === 'broker' || (kind === 'zookeeper' && own.kind !== 'client');
  return parties.filter((party) => party !== own && !party.isDead && (connected.has(party.process) || isNear(party)));
}
