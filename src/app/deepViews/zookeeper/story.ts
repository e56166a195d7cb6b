/** The margin of the view of ZooKeeper, from what the view shows. */
import type { ZooKeeperNow } from '../../../views/zookeeper/layout.ts';
import type { Story, StoryFact } from '../Margin.tsx';

export type ZooKeeperSituation =
  | { readonly kind: 'standalone' }
  | { readonly kind: 'down' }
  /** Too few serve: nobody leads. `isElecting`: enough run to elect. */
  | { readonly kind: 'noQuorum'; readonly alive: number; readonly size: number; readonly isElecting: boolean }
  | { readonly kind: 'quorum'; readonly leader: number; readonly seated: number; readonly size: number };

export function zooKeeperSituation({ servers, ensemble }: ZooKeeperNow): ZooKeeperSituation {
  const alive = servers.filter(({ health }) => health !== 'dead');
  if (alive.length === 0) return { kind: 'down' };
  if (ensemble.size < 2) return { kind: 'standalone' };
  const { size, seated } = ensemble;
  const leader = alive.find(({ role, server }) => role === 'leader' && seated.includes(server));
  if (leader === undefined || seated.length <= size / 2)
    return { kind: 'noQuorum', alive: alive.length, size, isElecting: alive.length > size / 2 };
  return { kind: 'quorum', leader: leader.server, seated: seated.length, size };
}

export interface ZooKeeperStoryWords {
  readonly eyebrow: string;
  readonly title: (situation: ZooKeeperSituation) => string;
  readonly paragraphs: (situation: ZooKeeperSituation) => readonly string[];
  readonly labels: Readonly<
    Record<'quorum' | 'leader' | 'epoch' | 'zxid' | 'watches' | 'sessions' | 'controller', string>
  >;
  readonly quorum: (seated: number, size: number) => string;
  readonly server: (server: number) => string;
  readonly none: string;
  readonly trials: {
    readonly kill: (server: number) => string;
    readonly pauseController: (broker: number) => string;
    readonly nextPing: string;
  };
}

export function zooKeeperStory(now: ZooKeeperNow, words: ZooKeeperStoryWords): Story {
  const situation = zooKeeperSituation(now);
  return { title: words.title(situation), paragraphs: words.paragraphs(situation), facts: factsOf(now, words) };
}

function factsOf(
  { ensemble, servers, nameOfSession }: ZooKeeperNow,
  { labels, quorum, server, none }: ZooKeeperStoryWords,
): readonly StoryFact[] {
  const { size, seated, sessions, znodes, lastZxid } = ensemble;
  const leader = servers.find(({ role, health }) => role === 'leader' && health !== 'dead');
  const epoch = lastZxid === null ? null : Math.floor(Number(lastZxid) / 4_294_967_296);
  const owner = znodes.find(({ path }) => path === '/controller')?.owner ?? null;
  const watches = znodes.reduce((sum, { watchers }) => sum + watchers.length, 0);
  return [
    ...(size < 2
      ? []
      : [
          { label: labels.quorum, value: quorum(seated.length, size) },
          {
            label: labels.leader,
            value: leader === undefined ? none : server(leader.server),
            tone: 'zookeeper' as const,
          },
          ...(epoch === null ? [] : [{ label: labels.epoch, value: `${epoch}` }]),
        ]),
    ...(lastZxid === null ? [] : [{ label: labels.zxid, value: lastZxid, tone: 'mono' as const }]),
    { label: labels.controller, value: owner === null ? none : (nameOfSession(owner) ?? owner) },
    { label: labels.sessions, value: `${sessions.length}` },
    { label: labels.watches, value: `${watches}` },
  ];
}
