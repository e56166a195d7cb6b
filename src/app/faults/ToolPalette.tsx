/**
 * The tools in the bar of the figure, dragged onto a wire or a server; pressed without dragging, each asks what it is for. What would be
 * struck is told beside the pointer, and drawn thick in the figure; Escape lets go.
 */
import type { JSX, PointerEvent as ReactPointerEvent, RefObject } from 'react';
import { useEffect, useRef, useState } from 'react';
import { createPortal } from 'react-dom';
import type { Input } from '../../kernel/input.ts';
import type { MatrixHandle } from '../../views/clusterMatrix/ClusterMatrix.tsx';
import { Icon } from '../../views/marks/Icon.tsx';
import type { Lab } from '../session/Lab.ts';
import { useSettings } from '../settings/settings.ts';
import type { Aim } from './aimTool.ts';
import { aimTool } from './aimTool.ts';
import './faults.css';
import { sceneOf } from './scene.ts';
import type { Tool } from './tools.ts';
import { iconOfTool, keyOfTool, tools } from './tools.ts';
import type { FaultWords } from './words.ts';

/** A press that moves no further is a click. */
const leastDragPx = 5;

interface Drag {
  readonly tool: Tool;
  readonly x: number;
  readonly y: number;
  readonly aim: Aim | null;
}

export interface ToolPaletteProps {
  readonly lab: Lab;
  readonly matrix: RefObject<MatrixHandle | null>;
  readonly words: FaultWords;
  readonly onAct: (inputs: readonly Input[]) => void;
  /** Pressed, not dragged. */
  readonly onChoose: (tool: Tool, at: { readonly clientX: number; readonly clientY: number }) => void;
}

export function ToolPalette({ lab, matrix, words, onAct, onChoose }: ToolPaletteProps): JSX.Element {
  const [drag, setDrag] = useState<Drag | null>(null);
  const press = useRef<{ readonly tool: Tool; readonly x: number; readonly y: number } | null>(null);
  const wasDragged = useRef(false);

  const aimAt = (
    tool: Tool,
    { clientX, clientY, shiftKey }: Pick<PointerEvent, 'clientX' | 'clientY' | 'shiftKey'>,
  ): Aim | null =>
    aimTool(
      tool,
      { clientX, clientY, isOneWay: shiftKey },
      { scene: sceneOf(lab, useSettings.getState().language), matrix: matrix.current },
    );
  const letGo = (): void => {
    press.current = null;
    setDrag(null);
    lightUp(null);
  };
  useEscape(drag !== null, () => {
    letGo();
    wasDragged.current = true;
  });
  useEffect(() => () => lightUp(null), []);

  const onMove = (event: ReactPointerEvent): void => {
    const begun = press.current;
    if (begun === null) return;
    const { clientX, clientY } = event;
    if (drag === null && Math.hypot(clientX - begun.x, clientY - begun.y) < leastDragPx) return;
    wasDragged.current = true;
    const aim = aimAt(begun.tool, event);
    lightUp(aim);
    setDrag({ tool: begun.tool, x: clientX, y: clientY, aim });
  };
  const onUp = (event: ReactPointerEvent): void => {
    const begun = press.current;
    letGo();
    if (begun === null || drag === null) return;
    // What was struck when it was seen last may have changed since.
    const aim = aimAt(begun.tool, event);
    if (aim !== null) onAct(aim.inputs);
  };

  return (
    // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- A fieldset is for forms.
    <div role="group" aria-label={words.palette} className="fault-tools">
      {tools.map((tool) => (
        <button
          key={tool}
          type="button"
          className={`btn quiet small icon fault-tool${drag?.tool === tool ? ' on' : ''}`}
          aria-label={words.toolHelp[tool]}
          title={`${words.toolHelp[tool]} (${keyOfTool[tool]})`}
          aria-haspopup="menu"
          aria-keyshortcuts={keyOfTool[tool]}
          onPointerDown={(event) => {
            if (event.button !== 0) return;
            event.currentTarget.setPointerCapture(event.pointerId);
            wasDragged.current = false;
            press.current = { tool, x: event.clientX, y: event.clientY };
          }}
          onPointerMove={onMove}
          onPointerUp={onUp}
          onPointerCancel={letGo}
          onClick={({ currentTarget }) => {
            if (wasDragged.current) {
              wasDragged.current = false;
              return;
            }
            const { left, bottom } = currentTarget.getBoundingClientRect();
            onChoose(tool, { clientX: left, clientY: bottom + 4 });
          }}
        >
          <Icon name={iconOfTool[tool]} />
        </button>
      ))}
      {drag === null ? null : createPortal(<Ghost drag={drag} words={words} />, document.body)}
    </div>
  );
}

/** The tool under the pointer, with what it would do. */
function Ghost({ drag: { tool, x, y, aim }, words }: { readonly drag: Drag; readonly words: FaultWords }): JSX.Element {
  const isAtRight = x > innerWidth - 320;
  return (
    <div
      className={`fault-ghost${aim === null ? '' : ' is-aimed'}${isAtRight ? ' is-at-right' : ''}`}
      style={{ left: `${x}px`, top: `${y}px` }}
      aria-hidden="true"
    >
      <span className="fault-ghost-tool">
        <Icon name={iconOfTool[tool]} />
      </span>
      <span className="fault-ghost-label">
        {aim?.label ?? words.dropOn[tool]}
        {aim?.hint === undefined ? null : <small>{aim.hint}</small>}
      </span>
    </div>
  );
}

/** Draws thick, in the figure, what would be struck; nothing when null. */
function lightUp(aim: Aim | null): void {
  for (const lit of document.querySelectorAll('#figure [data-aimed]')) lit.removeAttribute('data-aimed');
  if (aim === null) return;
  const { attribute, value } = aim.mark;
  for (const drawn of document.querySelectorAll(`#figure [${attribute}="${CSS.escape(value)}"]`))
    drawn.setAttribute('data-aimed', '');
}

function useEscape(isWanted: boolean, onEscape: () => void): void {
  const latest = useRef(onEscape);
  useEffect(() => {
    latest.current = onEscape;
  });
  useEffect(() => {
    if (!isWanted) return undefined;
    const onKeyDown = (event: KeyboardEvent): void => {
      if (event.key !== 'Escape') return;
      event.preventDefault();
      event.stopPropagation();
      latest.current();
    };
    document.addEventListener('keydown', onKeyDown, true);
    return () => document.removeEventListener('keydown', onKeyDown, true);
  }, [isWanted]);
}
