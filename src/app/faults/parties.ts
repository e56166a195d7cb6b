/** Who and what a fault may strike: the processes that the figure draws, the links between them, and what a mark stands for. */
import type { ClusterPicture } from '../../cluster/picture.ts';
import type { ProcessId } from '../../kernel/events.ts';
import type { WireEnds } from '../../views/clusterMatrix/wireEnds.ts';
import type { ViewWords } from '../../views/words.ts';
import { parseMark } from '../inspector/mark.ts';

export interface Party {
  readonly process: ProcessId;
  readonly kind: 'broker' | 'zookeeper' | 'client';
  readonly name: string;
  readonly isDead: boolean;
  /** On the disk of a broker. */
  readonly logDir?: string;
}

/** In the order of the figure: brokers, ZooKeeper, producers, consumers, tools. */
export function partiesOf(picture: ClusterPicture, words: Pick<ViewWords, 'broker' | 'client'>): readonly Party[] {
  const { brokers, zookeepers, producers, groups, tools } = picture;
  const isEnsemble = zookeepers.length > 1;
  const client = (process: ProcessId, name: string): Party => ({ process, kind: 'client', name, isDead: false });
  return [
    ...brokers.map(
      ({ process, broker, health, logDir }): Party => ({
        process,
        kind: 'broker',
        name: words.broker(broker),
        isDead: health === 'dead',
        logDir,
      }),
    ),
    ...zookeepers.map(
      ({ process, server, health }): Party => ({
        process,
        kind: 'zookeeper',
        name: isEnsemble ? `zk-${server}` : 'ZooKeeper',
        isDead: health === 'dead',
      }),
    ),
    ...[...producers, ...groups.flatMap(({ members }) => members)].map((one) => client(one.process, words.client(one))),
    ...tools.map(({ process, program }) => client(process, program)),
  ];
}

/** What is struck by a fault on what is selected. */
export type Struck =
  | { readonly kind: 'processes'; readonly processes: readonly ProcessId[] }
  | { readonly kind: 'link'; readonly ends: WireEnds }
  | { readonly kind: 'message'; readonly fact: number };

/** Of a replica or a record, the broker that holds it; of a group, its members. Null for what is not there at this instant. */
export function struckBy(
  key: string,
  { brokers, zookeepers, producers, groups, tools }: ClusterPicture,
): Struck | null {
  const mark = parseMark(key);
  if (mark === null) return null;
  const among = (processes: readonly ProcessId[]): Struck | null =>
    processes.length === 0 ? null : { kind: 'processes', processes };
  switch (mark.kind) {
    case 'broker':
    case 'replica':
    case 'record':
      return among(brokers.filter(({ broker }) => broker === mark.broker).map(({ process }) => process));
    case 'zookeeper':
      return among(zookeepers.filter(({ server }) => server === mark.server).map(({ process }) => process));
    case 'producer':
    case 'tool':
      return among(
        [...producers, ...tools].filter(({ process }) => process === mark.process).map(({ process }) => process),
      );
    case 'group':
      return among(
        groups
          .filter(({ group }) => group === mark.group)
          .flatMap(({ members }) => members.map(({ process }) => process)),
      );
    case 'member':
      return among(
        groups.flatMap(({ members }) =>
          members.filter(({ process }) => process === mark.process).map(({ process }) => process),
        ),
      );
    case 'znode':
      return null;
    case 'link':
      return { kind: 'link', ends: { from: asProcesses(mark.from), to: asProcesses(mark.to) } };
    case 'message':
      return mark;
  }
}

const asProcesses = (ids: readonly number[]): readonly ProcessId[] => ids.map((id) => id as ProcessId);
