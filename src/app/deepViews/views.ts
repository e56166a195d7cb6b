/** The views of the cluster, each with its tab and the key that shows it. Numbers in between are kept for views to come. */
import type { ClusterPicture } from '../../cluster/picture.ts';
import type { Mark } from '../inspector/mark.ts';

export type ViewName = 'cluster' | 'replication' | 'groups' | 'zookeeper';
export interface View {
  readonly name: ViewName;
  readonly key: string;
}
/** In the order of their tabs. */
export const allViews: readonly View[] = [
  { name: 'cluster', key: '1' },
  { name: 'replication', key: '3' },
  { name: 'groups', key: '4' },
  { name: 'zookeeper', key: '6' },
];

/** Whether there is anything to show at this instant. */
export function hasSomething(view: ViewName, { topics, groups, zookeepers }: ClusterPicture): boolean {
  switch (view) {
    case 'cluster':
      return true;
    case 'replication':
      return topics.some(({ isInternal }) => !isInternal);
    case 'groups':
      return groups.length > 0;
    case 'zookeeper':
      return zookeepers.length > 0;
  }
}

/** Where a thing is shown closely; null: nowhere. */
export function viewOf(mark: Mark): ViewName | null {
  switch (mark.kind) {
    case 'replica':
    case 'record':
      return 'replication';
    case 'group':
    case 'member':
      return 'groups';
    case 'zookeeper':
    case 'znode':
      return 'zookeeper';
    default:
      return null;
  }
}
