/** A deep view in the frame of the page: its figure and its margin, fetched when it is first shown. */
import type { JSX } from 'react';
import type { Language } from '../../course/courseLesson.ts';
import type { MenuPlace } from '../../views/clusterMatrix/listenToMarks.ts';
import type { Lab } from '../session/Lab.ts';
import type { DeferredComponent } from '../whenLoaded.tsx';
import { whenLoaded } from '../whenLoaded.tsx';
import './deepViews.css';
import type { DeepWords } from './deepWords.ts';
import type { ViewName } from './views.ts';

export interface DeepViewProps {
  readonly lab: Lab;
  readonly language: Language;
  readonly theme: string;
  readonly selected: string | null;
  readonly isTable: boolean;
  readonly onSelect: (mark: string | null) => void;
  readonly onMenu: (mark: string, at: MenuPlace) => void;
  readonly words: DeepWords;
  /** Grows when something has happened: the words follow it. */
  readonly changes: number;
}

const Meanwhile = (): JSX.Element => <div className="deep" />;

const panels: Readonly<Record<Exclude<ViewName, 'cluster'>, DeferredComponent<DeepViewProps>>> = {
  groups: whenLoaded(async () => import('./groups/GroupsView.tsx'), Meanwhile),
  replication: whenLoaded(async () => import('./replication/ReplicationView.tsx'), Meanwhile),
  zookeeper: whenLoaded(async () => import('./zookeeper/ZooKeeperView.tsx'), Meanwhile),
};

export function DeepView({
  view,
  ...props
}: DeepViewProps & { readonly view: Exclude<ViewName, 'cluster'> }): JSX.Element {
  const Panel = panels[view];
  return <Panel {...props} />;
}
