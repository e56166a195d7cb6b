/** Mounts the figure of ZooKeeper. */
import type { JSX } from 'react';
import { useCallback } from 'react';
import type { Frame } from '../clusterMatrix/geometry.ts';
import type { DeepFigureProps } from '../deepFigure/DeepFigure.tsx';
import { DeepFigure } from '../deepFigure/DeepFigure.tsx';
import { drawZooKeeper } from './draw.ts';
import type { ZooKeeperNow } from './layout.ts';
import { layoutZooKeeper } from './layout.ts';
import './zookeeper.css';
import type { ZooKeeperWords } from './zooKeeperWords.ts';

export interface ZooKeeperFigureProps
  extends Pick<
    DeepFigureProps<ZooKeeperNow>,
    'now' | 'onFrame' | 'theme' | 'onSelect' | 'onMenu' | 'emptyText' | 'picture'
  > {
  readonly words: ZooKeeperWords;
  readonly selected: string | null;
}

export function ZooKeeperFigure({ words, selected, ...rest }: ZooKeeperFigureProps): JSX.Element {
  const draw = useCallback(
    (root: SVGGElement, now: ZooKeeperNow, frame: Frame) =>
      drawZooKeeper(root, layoutZooKeeper(now, frame), { words, selected }),
    [words, selected],
  );
  return <DeepFigure {...rest} draw={draw} label={words.figure} kind={words.figureKind} />;
}
