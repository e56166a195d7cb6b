/**
 * A menu at a place of the page, by the WAI-ARIA menu pattern: arrows, first letters, Escape; what is impossible stays in it, greyed, with
 * its reason. A page of the menu may lead to another.
 */
import type { JSX, KeyboardEvent } from 'react';
import { useEffect, useLayoutEffect, useRef } from 'react';
import { createPortal } from 'react-dom';
import { Icon } from '../../views/marks/Icon.tsx';
import type { IconName } from '../../views/marks/iconPaths.ts';
import './faults.css';

export interface MenuItem {
  readonly key: string;
  readonly label: string;
  readonly icon?: IconName | undefined;
  readonly shortcut?: string | undefined;
  /** Beside the label. */
  readonly note?: string;
  /** Why it is impossible now. */
  readonly reason?: string | null;
  readonly isDanger?: boolean;
  /** It opens another page of the menu. */
  readonly leadsOn?: boolean;
  readonly onPick: () => void;
}
export interface MenuPageContent {
  readonly title: string;
  readonly groups: readonly (readonly MenuItem[])[];
}

export function Menu({
  content,
  at,
  onBack,
  onClose,
}: {
  readonly content: MenuPageContent;
  readonly at: { readonly clientX: number; readonly clientY: number };
  readonly onBack: (() => void) | null;
  readonly onClose: () => void;
}): JSX.Element {
  const box = useRef<HTMLDivElement>(null);
  const typed = useRef({ text: '', at: 0 });
  const { clientX, clientY } = at;

  useLayoutEffect(() => {
    const { current } = box;
    if (current === null) return;
    const { offsetWidth: width, offsetHeight: height } = current;
    current.style.left = `${Math.max(4, Math.min(clientX, innerWidth - width - 4))}px`;
    current.style.top = `${Math.max(4, Math.min(clientY, innerHeight - height - 4))}px`;
    itemsOf(current)[0]?.focus();
  }, [clientX, clientY]);
  useEffect(() => {
    const onPointerDown = ({ target }: PointerEvent): void => {
      if (target instanceof Node && box.current?.contains(target) !== true) onClose();
    };
    document.addEventListener('pointerdown', onPointerDown, true);
    return () => document.removeEventListener('pointerdown', onPointerDown, true);
  }, [onClose]);

  function onKeyDown(event: KeyboardEvent<HTMLElement>): void {
    const items = itemsOf(event.currentTarget);
    const index = items.findIndex((item) => item === document.activeElement);
    const focus = (next: number): void => items.at(next % items.length)?.focus();
    event.stopPropagation();
    switch (event.key) {
      case 'ArrowDown':
        focus(index + 1);
        break;
      case 'ArrowUp':
        focus(index <= 0 ? -1 : index - 1);
        break;
      case 'Home':
        focus(0);
        break;
      case 'End':
        focus(-1);
        break;
      case 'ArrowRight':
        if (items[index]?.getAttribute('aria-haspopup') === 'menu') items[index].click();
        break;
      case 'ArrowLeft':
        onBack?.();
        break;
      case 'Escape':
      case 'Tab':
        onClose();
        break;
      default:
        if (event.key.length !== 1 || event.ctrlKey || event.metaKey || event.altKey) return;
        // The space presses the item, unless it is part of a name that is being typed.
        if (event.key === ' ' && !isTyping(event)) return;
        items[byFirstLetters(items, index, event)]?.focus();
    }
    event.preventDefault();
  }

  const isTyping = ({ timeStamp }: Pick<KeyboardEvent, 'timeStamp'>): boolean => timeStamp - typed.current.at < 500;

  /** The item whose label begins with what was typed within half a second; the next one with that letter when it is typed again. */
  function byFirstLetters(items: readonly HTMLElement[], index: number, { key, timeStamp }: KeyboardEvent): number {
    const isGoingOn = isTyping({ timeStamp });
    typed.current = { text: (isGoingOn ? typed.current.text : '') + key.toLowerCase(), at: timeStamp };
    const start = isGoingOn ? index : index + 1;
    return (
      items
        .map((_, i) => (start + i) % items.length)
        .find((i) => items[i]?.textContent.trim().toLowerCase().startsWith(typed.current.text)) ?? index
    );
  }

  return createPortal(
    <div className="fault-menu" ref={box}>
      <p className="fault-menu-title">{content.title}</p>
      {/* oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- The HTML element of that name is a toolbar's list. */}
      <div role="menu" aria-label={content.title} tabIndex={-1} onKeyDown={onKeyDown}>
        {content.groups
          .filter((group) => group.length > 0)
          .map((group) => (
            // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- A fieldset is no part of a menu.
            <div role="group" key={group[0]?.key}>
              {group.map((item) => (
                <Item key={item.key} item={item} />
              ))}
            </div>
          ))}
      </div>
    </div>,
    document.body,
  );
}

function Item({
  item: { label, icon, shortcut, note, reason, isDanger, leadsOn, onPick },
}: {
  readonly item: MenuItem;
}): JSX.Element {
  const isPossible = reason === undefined || reason === null;
  return (
    <button
      type="button"
      role="menuitem"
      tabIndex={-1}
      className={isDanger === true ? 'is-danger' : undefined}
      aria-disabled={!isPossible}
      aria-haspopup={leadsOn === true ? 'menu' : undefined}
      aria-keyshortcuts={shortcut}
      onClick={() => {
        if (isPossible) onPick();
      }}
    >
      <span className="fault-menu-icon">{icon === undefined ? null : <Icon name={icon} />}</span>
      <span>
        {label}
        {note === undefined ? null : <small>{note}</small>}
        {isPossible ? null : <small>{reason}</small>}
      </span>
      {leadsOn === true ? <Icon name="next" size={0.85} /> : shortcut === undefined ? null : <kbd>{shortcut}</kbd>}
    </button>
  );
}

const itemsOf = (box: Element): readonly HTMLElement[] => [...box.querySelectorAll<HTMLElement>('[role="menuitem"]')];
