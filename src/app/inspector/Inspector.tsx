/** The card of what is selected in a figure: its values, its configuration, its latest facts, and why they happened. */
import type { JSX, KeyboardEvent, ReactNode, RefObject } from 'react';
import { useLayoutEffect, useMemo, useRef, useState } from 'react';
import type { ClusterPicture } from '../../cluster/picture.ts';
import type { Language } from '../../course/courseLesson.ts';
import type { FactId } from '../../kernel/events.ts';
import type { VirtualTimeUs } from '../../kernel/time.ts';
import type { Timeline } from '../../kernel/timeline.ts';
import { Icon } from '../../views/marks/Icon.tsx';
import { wordsOf } from '../i18n/useWords.ts';
import { namesOf } from '../narration/processNames.ts';
import { sentence } from '../narration/sentence.ts';
import { clockText } from '../timebar/clock.ts';
import { isAbout, processOf } from './about.ts';
import type { SettingRow } from './configuration.ts';
import { configurationOf } from './configuration.ts';
import './inspector.css';
import { parseMark } from './mark.ts';
import { keepBeside } from './keepBeside.ts';
import { RecentFacts } from './recentFacts.ts';
import { nameOf as titleNameOf, valuesOf } from './values.ts';
import { WhyChain } from './WhyChain.tsx';
import { inspectorWordsEn } from './words.en.ts';
import { inspectorWordsFr } from './words.fr.ts';
import type { InspectorWords } from './words.ts';

export interface InspectorProps {
  readonly timeline: Timeline;
  /** At the present instant. */
  readonly picture: ClusterPicture;
  /** Key of a mark: `data-mark`. */
  readonly selected: string;
  /** Grows when the timeline may have changed. */
  readonly tick: number;
  readonly language: Language;
  /** Where the clock of the time bar begins. */
  readonly startedAt: VirtualTimeUs;
  readonly onClose: () => void;
  readonly onSeekFact: (id: FactId) => void;
  /** Shows the deep view of the mark; null: it has none, or it is shown. */
  readonly onOpenView: (() => void) | null;
  /** What can be done to it, below its values. */
  readonly children?: ReactNode;
}

export function Inspector(props: InspectorProps): JSX.Element | null {
  // Another mark is another card, that asks no old « Pourquoi ? ».
  return parseMark(props.selected) === null ? null : <Card key={props.selected} {...props} />;
}

function Card({
  timeline,
  picture,
  selected,
  language,
  startedAt,
  onClose,
  onSeekFact,
  onOpenView,
  children,
}: InspectorProps): JSX.Element {
  const words = language === 'fr' ? inspectorWordsFr : inspectorWordsEn;
  const card = useRef<HTMLDialogElement>(null);
  const heading = useRef<HTMLHeadingElement>(null);
  const [why, setWhy] = useState<FactId | null>(null);
  const [recent] = useState(() => new RecentFacts());
  const mark = parseMark(selected)!;
  const process = processOf(mark, picture);
  const { world } = timeline;
  const nameOf = namesOf(picture, world, language);
  const facts = recent.of(timeline, `${selected} ${process}`, (fact) => isAbout(fact, mark, process));
  const values = valuesOf(mark, { picture, world, words, language });
  const configuration = useMemo(
    () => configurationOf(parseMark(selected)!, picture, world, language),
    [selected, picture, world, language],
  );

  useCardFocus(card, heading);
  useLayoutEffect(() => (card.current === null ? undefined : keepBeside(card.current, selected)), [selected]);

  function onKeyDown(event: KeyboardEvent<HTMLElement>): void {
    if (event.key !== 'Escape') return;
    event.stopPropagation();
    onClose();
  }

  return (
    <dialog ref={card} open className="inspector-card" aria-labelledby="inspector-title" onKeyDown={onKeyDown}>
      <div className="inspector-head">
        <h3 id="inspector-title" ref={heading} tabIndex={-1}>
          {words.title(mark, titleNameOf(mark, picture, wordsOf(language).views))}
        </h3>
        <button
          type="button"
          className="btn quiet small icon"
          aria-label={words.close}
          title={words.close}
          onClick={onClose}
        >
          <Icon name="cross" />
        </button>
      </div>
      {values === null ? <p>{words.gone}</p> : <Values rows={values} />}
      {onOpenView === null ? null : (
        <button type="button" className="btn small" aria-keyshortcuts="o" onClick={onOpenView}>
          {words.openView}
        </button>
      )}
      {children}
      {why === null ? (
        <section>
          <h4>{words.recentFacts}</h4>
          {facts.length === 0 ? <p className="inspector-dim">{words.noFacts}</p> : null}
          <ul>
            {facts.map((fact) => {
              const said = sentence(fact, language, nameOf) ?? fact.what.kind;
              const clock = clockText(fact.at - startedAt, language);
              return (
                <li key={fact.id} className="inspector-fact">
                  <button
                    type="button"
                    className="inspector-step"
                    aria-label={words.goTo(clock, said)}
                    onClick={() => onSeekFact(fact.id)}
                  >
                    <time>{clock}</time>
                    <span>{said}</span>
                  </button>
                  <button
                    type="button"
                    className="btn small"
                    aria-label={words.whyOf(said)}
                    onClick={() => setWhy(fact.id)}
                  >
                    {words.why}
                  </button>
                </li>
              );
            })}
          </ul>
        </section>
      ) : (
        <WhyChain
          timeline={timeline}
          fact={why}
          nameOf={nameOf}
          startedAt={startedAt}
          language={language}
          words={words}
          onBack={() => {
            setWhy(null);
            heading.current?.focus();
          }}
          onSeekFact={onSeekFact}
        />
      )}
      {configuration === null ? null : (
        <section>
          <h4>{words.configuration}</h4>
          <Settings rows={configuration.given} words={words} />
          {configuration.byDefault.length === 0 ? null : (
            <details>
              <summary>{words.otherSettings(configuration.byDefault.length)}</summary>
              <Settings rows={configuration.byDefault} words={words} />
            </details>
          )}
        </section>
      )}
    </dialog>
  );
}

function Values({ rows }: { readonly rows: NonNullable<ReturnType<typeof valuesOf>> }): JSX.Element {
  return (
    <dl className="inspector-values">
      {rows.map(({ label, value }) => (
        <div key={label}>
          <dt>{label}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

function Settings({
  rows,
  words,
}: {
  readonly rows: readonly SettingRow[];
  readonly words: InspectorWords;
}): JSX.Element {
  return (
    <dl className="inspector-settings">
      {rows.map(({ name, value, defaultValue, knowledge, doc }) => (
        <div key={name}>
          <dt>
            <code>{name}</code>
          </dt>
          <dd>
            <code>{value}</code>
            {value === defaultValue ? null : (
              <small>{defaultValue === null ? words.noDefault : words.byDefault(defaultValue)}</small>
            )}
          </dd>
          <dd className="inspector-doc">
            {doc ?? (knowledge === 'unknown' ? words.unknownSetting : words.notSimulated)}
          </dd>
        </div>
      ))}
    </dl>
  );
}

/** The card takes the focus when it opens, and gives it back when it closes. */
function useCardFocus(card: RefObject<HTMLElement | null>, heading: RefObject<HTMLElement | null>): void {
  useLayoutEffect(() => {
    const opened = card.current;
    const before = document.activeElement;
    heading.current?.focus({ preventScroll: true });
    return () => {
      const hasFocus = opened?.contains(document.activeElement) === true;
      if (hasFocus && (before instanceof HTMLElement || before instanceof SVGElement))
        before.focus({ preventScroll: true });
    };
  }, [card, heading]);
}
