/** What the letters of faults do to what is selected: at once where there is no doubt, by the menu where one has to choose. */
import type { Input } from '../../kernel/input.ts';
import { linkDeeds } from './linkDeeds.ts';
import type { MenuPage } from './menuPages.ts';
import { struckBy } from './parties.ts';
import { processDeeds } from './processDeeds.ts';
import type { Scene } from './scene.ts';

export type FaultKey = 'kill' | 'pauseOrResume' | 'restart' | 'cut' | 'slow' | 'lossy';
type KeyDeed =
  | { readonly kind: 'act'; readonly inputs: readonly Input[] }
  | { readonly kind: 'choose'; readonly page: MenuPage };

/** Null when that key means nothing for such a mark, or is impossible now. On a link that suffers it already, the key mends it. */
export function deedOfKey(key: FaultKey, mark: string, scene: Scene): KeyDeed | null {
  const struck = struckBy(mark, scene.picture);
  if (struck === null || struck.kind === 'message') return null;
  const isOfLinks = key === 'cut' || key === 'slow' || key === 'lossy';
  if (struck.kind === 'link') {
    if (!isOfLinks) return null;
    const deeds = linkDeeds(struck.ends, scene.world);
    const deed =
      deeds.find(({ verb, refusal }) => verb === key && refusal === null) ??
      deeds.find(({ verb, refusal }) => verb === 'mend' && refusal === null);
    return deed === undefined ? null : { kind: 'act', inputs: deed.inputs };
  }
  const [only, ...others] = struck.processes;
  if (only === undefined) return null;
  if (others.length > 0) return { kind: 'choose', page: { kind: 'thing', mark } };
  if (isOfLinks) return { kind: 'choose', page: { kind: 'links', process: only, tool: key } };
  const isServer = scene.parties.find(({ process }) => process === only)?.kind !== 'client';
  const deed = processDeeds(only, { ...scene, isServer }).find(
    ({ verb, refusal }) =>
      refusal === null && (verb === key || (key === 'pauseOrResume' && (verb === 'pause' || verb === 'resume'))),
  );
  return deed === undefined ? null : { kind: 'act', inputs: deed.inputs };
}
