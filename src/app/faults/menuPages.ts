/** The pages of the menu of faults: of a thing in the figure, of a process, its links, its disk, clock and timers, of one link, of a tool. */
import type { ProcessId } from '../../kernel/events.ts';
import type { Input } from '../../kernel/input.ts';
import type { WireEnds } from '../../views/clusterMatrix/wireEnds.ts';
import { linkMark } from '../../views/clusterMatrix/wireEnds.ts';
import type { Deed } from './deed.ts';
import { endNames, inSentence, linkStateText, partyName } from './faultText.ts';
import { clockDeeds, diskDeeds } from './hostDeeds.ts';
import { linkDeeds, linkState } from './linkDeeds.ts';
import type { MenuItem, MenuPageContent } from './Menu.tsx';
import { messageDeeds } from './messageDeeds.ts';
import type { Party } from './parties.ts';
import { struckBy } from './parties.ts';
import { processDeeds } from './processDeeds.ts';
import type { Scene } from './scene.ts';
import { peersOf } from './scene.ts';
import { sessionDeed } from './sessionDeed.ts';
import { timerRows } from './timerRows.ts';
import type { LinkTool, Tool } from './tools.ts';
import { iconOf, shortcutOf } from './verbs.ts';

export type MenuPage =
  | { readonly kind: 'thing'; readonly mark: string }
  | { readonly kind: 'process' | 'disk' | 'clock' | 'timers'; readonly process: ProcessId }
  /** `tool`: each link at once suffers that, or is mended; otherwise it opens its own page. */
  | { readonly kind: 'links'; readonly process: ProcessId; readonly tool: LinkTool | null }
  | { readonly kind: 'link'; readonly ends: WireEnds }
  | { readonly kind: 'tool'; readonly tool: Tool };

export interface MenuHands {
  readonly act: (inputs: readonly Input[]) => void;
  readonly go: (page: MenuPage) => void;
  readonly inspect: (mark: string) => void;
}

/** Null when nothing is there any more. */
export function contentOf(page: MenuPage, scene: Scene, hands: MenuHands): MenuPageContent | null {
  switch (page.kind) {
    case 'thing':
      return thingContent(page.mark, scene, hands);
    case 'link':
      return linkContent(page.ends, scene, hands, null);
    case 'tool':
      return toolContent(page.tool, scene, hands);
    default: {
      const party = scene.parties.find(({ process }) => process === page.process);
      return party === undefined ? null : partyContent(page, party, scene, hands);
    }
  }
}

function partyContent(
  page: Extract<MenuPage, { readonly process: ProcessId }>,
  party: Party,
  scene: Scene,
  hands: MenuHands,
): MenuPageContent {
  const { words, world } = scene;
  switch (page.kind) {
    case 'process':
      return processContent(party, scene, hands, null);
    case 'links':
      return linksContent(party, page.tool, scene, hands);
    case 'disk':
      return {
        title: words.diskOf(party.name),
        groups: [
          diskDeeds(party.logDir ?? '', world).map((deed) => deedItem(deed, words.disk[deed.verb], scene, hands)),
        ],
      };
    case 'clock':
      return {
        title: words.clockOf(party.name),
        groups: [clockDeeds(party.process, world).map((deed) => deedItem(deed, words.clock[deed.verb], scene, hands))],
      };
    case 'timers':
      return {
        title: `${words.timers}, ${inSentence(party.name)}`,
        groups: [
          timerRows(party.process, scene).map(({ key, label, due, input }) => ({
            key,
            label,
            note: due,
            onPick: () => hands.act([input]),
          })),
        ],
      };
  }
}

function thingContent(mark: string, scene: Scene, hands: MenuHands): MenuPageContent | null {
  const { words, parties, picture } = scene;
  const struck = struckBy(mark, picture);
  if (struck === null) return null;
  if (struck.kind === 'link') return linkContent(struck.ends, scene, hands, mark);
  if (struck.kind === 'message') return messageContent(struck.fact, mark, scene, hands);
  const [only, ...others] = struck.processes.flatMap(
    (process) => parties.find((party) => party.process === process) ?? [],
  );
  if (only === undefined) return null;
  if (others.length === 0) return processContent(only, scene, hands, mark);
  return {
    title: words.section,
    groups: [
      [only, ...others].map(({ process, name }) => ({
        key: `${process}`,
        label: name,
        leadsOn: true,
        onPick: () => hands.go({ kind: 'process', process }),
      })),
      [inspectItem(mark, scene, hands)],
    ],
  };
}

function processContent(party: Party, scene: Scene, hands: MenuHands, mark: string | null): MenuPageContent {
  const { words, world, picture } = scene;
  const { process, kind, isDead, name, logDir } = party;
  const deeds = processDeeds(process, { ...scene, isServer: kind !== 'client' });
  const session = sessionDeed(process, world, picture);
  const timers = timerRows(process, scene);
  const further = (page: 'links' | 'disk' | 'clock' | 'timers', label: string, reason: string | null): MenuItem => ({
    key: page,
    label,
    icon: iconOf[page],
    reason,
    leadsOn: true,
    onPick: () => hands.go(page === 'links' ? { kind: 'links', process, tool: null } : { kind: page, process }),
  });
  const whyDead = isDead ? words.refusals.isDead : null;
  return {
    title: words.menuOf(name),
    groups: [
      deeds.map((deed) => deedItem(deed, words.process[deed.verb], scene, hands)),
      [
        further('links', words.links, whyDead),
        ...(kind === 'broker' ? [deedItem(session, words.expire, scene, hands)] : []),
        ...(logDir === undefined ? [] : [further('disk', words.diskTitle, null)]),
        ...(kind === 'client' ? [] : [further('clock', words.clockTitle, whyDead)]),
        further('timers', words.timers, whyDead ?? (timers.length === 0 ? words.noTimer : null)),
      ],
      mark === null ? [] : [inspectItem(mark, scene, hands)],
    ],
  };
}

function messageContent(fact: number, mark: string, scene: Scene, hands: MenuHands): MenuPageContent | null {
  const { words, picture } = scene;
  const flight = picture.flights.find((one) => one.fact === fact);
  if (flight === undefined) return null;
  const ends = { from: [flight.from], to: [flight.to] };
  return {
    title: words.messageInFlight,
    groups: [
      messageDeeds(flight).map((deed) => deedItem(deed, words.message[deed.verb], scene, hands)),
      [
        {
          key: 'link',
          label: words.linkOfMessage,
          icon: 'link',
          leadsOn: true,
          onPick: () => hands.go({ kind: 'link', ends }),
        },
      ],
      [inspectItem(mark, scene, hands)],
    ],
  };
}

function linkContent(ends: WireEnds, scene: Scene, hands: MenuHands, mark: string | null): MenuPageContent {
  const { words, parties, world } = scene;
  const names = endNames(ends, parties, words);
  return {
    title: words.menuOf(words.link(...names)),
    groups: [
      linkDeeds(ends, world).map((deed) => deedItem(deed, words.linkVerbs[deed.verb](...names), scene, hands)),
      [inspectItem(mark ?? linkMark(ends), scene, hands)],
    ],
  };
}

function linksContent(
  { process, name: ownName }: Party,
  tool: LinkTool | null,
  scene: Scene,
  hands: MenuHands,
): MenuPageContent {
  const { words, parties, world } = scene;
  const peers = peersOf(process, scene);
  const item = (key: string, label: string, ends: WireEnds): MenuItem => {
    if (tool === null)
      return {
        key,
        label,
        note: linkStateText(linkState(ends, world), endNames(ends, parties, words), words),
        leadsOn: true,
        onPick: () => hands.go({ kind: 'link', ends }),
      };
    const deeds = linkDeeds(ends, world);
    const wanted = deeds.find(({ verb }) => verb === tool);
    const deed = wanted?.refusal === null ? wanted : deeds.find(({ verb }) => verb === 'mend');
    return {
      key,
      label: deed === wanted ? label : words.dropMend(label),
      icon: iconOf[deed?.verb ?? tool],
      onPick: () => hands.act(deed?.inputs ?? []),
    };
  };
  const name = inSentence(ownName);
  return {
    title: tool === null ? words.linksWith(name) : words.chooseLink[tool](name),
    groups: [
      peers.map((peer) => item(`${peer.process}`, peer.name, { from: [process], to: [peer.process] })),
      peers.length > 1
        ? [item('all', words.everyone(name), { from: [process], to: peers.map((peer) => peer.process) })]
        : [],
    ],
  };
}

/** A tool that is chosen instead of dragged: who is to be struck. */
function toolContent(tool: Tool, { words, parties }: Scene, hands: MenuHands): MenuPageContent {
  return {
    title: words.tools[tool],
    groups: [
      parties.map(({ process, isDead }) => ({
        key: `${process}`,
        label: partyName(process, parties),
        reason: isDead ? words.refusals.isDead : null,
        leadsOn: tool !== 'kill',
        onPick: () =>
          tool === 'kill'
            ? hands.act([{ kind: 'signal', process, signal: 'SIGKILL' }])
            : hands.go({ kind: 'links', process, tool }),
      })),
    ],
  };
}

function deedItem<Verb extends keyof typeof iconOf>(
  { verb, refusal, inputs }: Deed<Verb>,
  label: string,
  { words }: Scene,
  { act }: MenuHands,
): MenuItem {
  return {
    key: verb,
    label,
    icon: iconOf[verb],
    shortcut: shortcutOf[verb],
    reason: refusal === null ? null : words.refusals[refusal],
    isDanger: verb === 'kill' || verb === 'cut',
    onPick: () => act(inputs),
  };
}

const inspectItem = (mark: string, { words }: Scene, { inspect }: MenuHands): MenuItem => ({
  key: 'inspect',
  label: words.inspect,
  icon: 'eye',
  onPick: () => inspect(mark),
});
