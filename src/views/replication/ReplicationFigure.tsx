/** Mounts the figure of one partition's replication. */
import type { JSX } from 'react';
import { useCallback } from 'react';
import type { ReplicationPicture } from '../../cluster/broker/pictureOfReplication.ts';
import type { KeyOrder } from '../clusterMatrix/keyOrder.ts';
import type { Frame } from '../clusterMatrix/geometry.ts';
import type { DeepFigureProps } from '../deepFigure/DeepFigure.tsx';
import { DeepFigure } from '../deepFigure/DeepFigure.tsx';
import { drawReplication } from './draw.ts';
import type { ReplicationHistory } from './layout.ts';
import { layoutReplication } from './layout.ts';
import './replication.css';
import type { ReplicationWords } from './replicationWords.ts';

export interface ReplicationNow {
  readonly picture: ReplicationPicture;
  readonly history: ReplicationHistory;
}

export interface ReplicationFigureProps
  extends Pick<
    DeepFigureProps<ReplicationNow>,
    'now' | 'onFrame' | 'theme' | 'onSelect' | 'onMenu' | 'emptyText' | 'picture'
  > {
  readonly keys: KeyOrder;
  readonly words: ReplicationWords;
  readonly selected: string | null;
}

export function ReplicationFigure(props: ReplicationFigureProps): JSX.Element {
  const { keys, words, selected, ...rest } = props;
  const draw = useCallback(
    (root: SVGGElement, { picture, history }: ReplicationNow, frame: Frame) =>
      drawReplication(root, layoutReplication(picture, history, frame), { keys, words, selected }),
    [keys, words, selected],
  );
  const shown = props.picture()?.picture;
  const label = shown === undefined ? '' : words.figure(shown.topic, shown.partition);
  return <DeepFigure {...rest} draw={draw} label={label} kind={words.figureKind} />;
}
