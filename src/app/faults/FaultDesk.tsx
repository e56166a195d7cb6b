/** Faults by hand in the figure: the tools to drag, the menu of what is under the pointer, the keys. Loaded once the figure is there. */
import type { JSX, Ref, RefObject } from 'react';
import { useCallback, useImperativeHandle, useState } from 'react';
import { useStore } from 'zustand';
import type { Input } from '../../kernel/input.ts';
import type { MatrixHandle } from '../../views/clusterMatrix/ClusterMatrix.tsx';
import type { Lab } from '../session/Lab.ts';
import { useSettings } from '../settings/settings.ts';
import type { FaultKey } from './faultKeys.ts';
import { deedOfKey } from './faultKeys.ts';
import { Menu } from './Menu.tsx';
import type { MenuPage } from './menuPages.ts';
import { contentOf } from './menuPages.ts';
import { faultWordsIn, sceneOf } from './scene.ts';
import { ToolPalette } from './ToolPalette.tsx';

export interface FaultDeskHandle {
  /** At a place of the page. */
  openMenu(mark: string, at: Place): void;
  /** A letter that acts on that mark, which had the focus; null: on what is selected. */
  press(key: FaultKey, focused: string | null): void;
}
interface Place {
  readonly clientX: number;
  readonly clientY: number;
}
interface OpenMenu {
  readonly pages: readonly MenuPage[];
  readonly at: Place;
  /** What had the focus. */
  readonly before: Element | null;
}

export function FaultDesk({
  lab,
  matrix,
  hasTools,
  onSelect,
  ref,
}: {
  readonly lab: Lab;
  readonly matrix: RefObject<MatrixHandle | null>;
  /** The figure of the cluster is shown: there is something to drag onto. */
  readonly hasTools: boolean;
  /** Opens the card of a mark. */
  readonly onSelect: (mark: string) => void;
  readonly ref?: Ref<FaultDeskHandle>;
}): JSX.Element | null {
  const { language } = useSettings();
  const isHiddenBranch = useStore(lab.store, (state) => state.isHiddenBranch);
  const [menu, setMenu] = useState<OpenMenu | null>(null);

  const open = useCallback((page: MenuPage, { clientX, clientY }: Place): void => {
    setMenu({ pages: [page], at: { clientX, clientY }, before: document.activeElement });
  }, []);
  const act = useCallback(
    (inputs: readonly Input[]): void => {
      for (const input of inputs) lab.act(input);
    },
    [lab],
  );
  useImperativeHandle(
    ref,
    () => ({
      openMenu: (mark, at) => {
        if (!lab.store.getState().isHiddenBranch) open({ kind: 'thing', mark }, at);
      },
      press: (key, focused) => {
        const { isHiddenBranch: isHidden, selected } = lab.store.getState();
        const mark = focused ?? selected;
        if (isHidden || mark === null) return;
        const deed = deedOfKey(key, mark, sceneOf(lab, useSettings.getState().language));
        if (deed === null) return;
        if (deed.kind === 'act') return act(deed.inputs);
        open(deed.page, placeBelow(mark));
      },
    }),
    [lab, open, act],
  );

  if (isHiddenBranch) return null;
  return (
    <>
      {hasTools ? (
        <ToolPalette
          lab={lab}
          matrix={matrix}
          words={faultWordsIn(language)}
          onAct={act}
          onChoose={(tool, at) => open({ kind: 'tool', tool }, at)}
        />
      ) : null}
      {menu === null ? null : <OpenedMenu lab={lab} menu={menu} onMenu={setMenu} onAct={act} onSelect={onSelect} />}
    </>
  );
}

/** Below the head of a mark; in the middle of the page when it is not drawn. */
function placeBelow(mark: string): Place {
  const drawn = document.querySelector(`#figure [data-mark="${CSS.escape(mark)}"]`);
  const box = (drawn?.querySelector('.mark-anchor') ?? drawn)?.getBoundingClientRect();
  return box === undefined
    ? { clientX: innerWidth / 2, clientY: innerHeight / 2 }
    : { clientX: box.left, clientY: box.bottom + 4 };
}

/** Follows the clock: what was possible when it opened may no longer be. */
function OpenedMenu({
  lab,
  menu,
  onMenu,
  onAct,
  onSelect,
}: {
  readonly lab: Lab;
  readonly menu: OpenMenu;
  readonly onMenu: (menu: OpenMenu | null) => void;
  readonly onAct: (inputs: readonly Input[]) => void;
  readonly onSelect: (mark: string) => void;
}): JSX.Element | null {
  const { language } = useSettings();
  useStore(lab.store, (state) => state.changes);
  const { pages, at, before } = menu;
  const page = pages.at(-1);
  const close = useCallback((): void => {
    onMenu(null);
    if (before instanceof HTMLElement || before instanceof SVGElement) before.focus({ preventScroll: true });
  }, [onMenu, before]);
  const content =
    page === undefined
      ? null
      : contentOf(page, sceneOf(lab, language), {
          act: (inputs) => {
            close();
            onAct(inputs);
          },
          go: (next) => onMenu({ ...menu, pages: [...pages, next] }),
          inspect: (mark) => {
            close();
            onSelect(mark);
          },
        });
  if (content === null) return null;
  return (
    <Menu
      // Another page: the focus goes to its first item.
      key={JSON.stringify(page)}
      content={content}
      at={at}
      onBack={pages.length > 1 ? () => onMenu({ ...menu, pages: pages.slice(0, -1) }) : null}
      onClose={close}
    />
  );
}
