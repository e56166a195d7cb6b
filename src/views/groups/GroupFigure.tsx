/** Mounts the figure of one consumer group. */
import type { JSX } from 'react';
import { useCallback } from 'react';
import type { KeyOrder } from '../clusterMatrix/keyOrder.ts';
import type { Frame } from '../clusterMatrix/geometry.ts';
import type { DeepFigureProps } from '../deepFigure/DeepFigure.tsx';
import { DeepFigure } from '../deepFigure/DeepFigure.tsx';
import { drawGroup } from './draw.ts';
import './groups.css';
import type { GroupWords } from './groupWords.ts';
import type { GroupNow } from './layout.ts';
import { layoutGroup } from './layout.ts';

export interface GroupFigureProps
  extends Pick<
    DeepFigureProps<GroupNow>,
    'now' | 'onFrame' | 'theme' | 'onSelect' | 'onMenu' | 'emptyText' | 'picture'
  > {
  readonly keys: KeyOrder;
  readonly words: GroupWords;
  readonly selected: string | null;
}

export function GroupFigure({ keys, words, selected, ...rest }: GroupFigureProps): JSX.Element {
  const draw = useCallback(
    (root: SVGGElement, now: GroupNow, frame: Frame) =>
      drawGroup(root, layoutGroup(now, frame), { keys, words, selected }),
    [keys, words, selected],
  );
  const label = words.figure(rest.picture()?.group.group ?? '');
  return <DeepFigure {...rest} draw={draw} label={label} kind={words.figureKind} />;
}
