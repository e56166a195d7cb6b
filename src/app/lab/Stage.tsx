/** The figure with its bar: the cluster as a picture or as a table, the keys of its records, what is selected. */
import type { JSX, RefObject } from 'react';
import { lazy, Suspense, useCallback, useEffect, useRef, useState } from 'react';
import { useStore } from 'zustand';
import type { ClusterPicture } from '../../cluster/picture.ts';
import type { FactId } from '../../kernel/events.ts';
import type { MatrixHandle } from '../../views/clusterMatrix/ClusterMatrix.tsx';
import { ClusterMatrix } from '../../views/clusterMatrix/ClusterMatrix.tsx';
import type { MenuPlace } from '../../views/clusterMatrix/listenToMarks.ts';
import { noChoices } from '../../views/clusterMatrix/matrixChoices.ts';
import { ClusterTable } from '../../views/clusterTable/ClusterTable.tsx';
import { tableWordsEn } from '../../views/clusterTable/tableWords.en.ts';
import { tableWordsFr } from '../../views/clusterTable/tableWords.fr.ts';
import { Icon } from '../../views/marks/Icon.tsx';
import { KeyShape } from '../../views/marks/KeyShape.tsx';
import { DeepView } from '../deepViews/DeepView.tsx';
import { deepWordsEn } from '../deepViews/deepWords.en.ts';
import { deepWordsFr } from '../deepViews/deepWords.fr.ts';
import { ViewTabs } from '../deepViews/ViewTabs.tsx';
import type { ViewName } from '../deepViews/views.ts';
import { allViews, hasSomething, viewOf } from '../deepViews/views.ts';
import type { FaultDeskHandle } from '../faults/FaultDesk.tsx';
import { useWords } from '../i18n/useWords.ts';
import { Inspector } from '../inspector/Inspector.tsx';
import { parseMark } from '../inspector/mark.ts';
import type { Lab } from '../session/Lab.ts';
import { useSettings } from '../settings/settings.ts';

const FaultDesk = lazy(async () => ({ default: (await import('../faults/FaultDesk.tsx')).FaultDesk }));
const FaultSection = lazy(async () => ({ default: (await import('../faults/FaultSection.tsx')).FaultSection }));

/** As many keys as there is room for beside the name of the figure. */
const mostKeys = 5;

export interface StageProps {
  readonly lab: Lab;
  readonly isTable: boolean;
  readonly onTable: (isTable: boolean) => void;
  readonly view: ViewName;
  readonly onView: (view: ViewName) => void;
  /** The deep view of a thing, by the key of its mark. */
  readonly onOpen: (mark: string) => void;
  readonly faults: RefObject<FaultDeskHandle | null>;
}

export function Stage({ lab, isTable, onTable, view, onView, onOpen, faults }: StageProps): JSX.Element {
  const { lab: texts, views } = useWords();
  const { language, theme } = useSettings();
  const selected = useStore(lab.store, (state) => state.selected);
  const [choices, setChoices] = useState(noChoices);
  const picture = useCallback(() => lab.picture(), [lab]);
  const now = useCallback(() => lab.timeline.now, [lab]);
  const speed = useCallback(() => {
    const { isPlaying, effectiveSpeed } = lab.store.getState();
    return isPlaying ? effectiveSpeed : 0;
  }, [lab]);
  const onFrame = useCallback((listener: () => void) => lab.onFrame(listener), [lab]);
  // What was selected in another view is selected here, without its card over the figure.
  const [cardIn, setCardIn] = useState(view);
  const select = useCallback(
    (mark: string | null) => {
      setCardIn(view);
      lab.select(mark);
    },
    [lab, view],
  );
  const deepWords = language === 'fr' ? deepWordsFr : deepWordsEn;
  const figure = useRef<HTMLElement>(null);
  useEffect(() => {
    const element = figure.current;
    const openMark = (event: MouseEvent): void => {
      const target = event.target instanceof SVGElement ? event.target : null;
      const mark = target?.dataset['record'] ?? target?.closest<SVGElement>('[data-mark]')?.dataset['mark'];
      if (mark !== undefined) onOpen(mark);
    };
    element?.addEventListener('dblclick', openMark);
    return () => element?.removeEventListener('dblclick', openMark);
  }, [onOpen]);
  const matrix = useRef<MatrixHandle>(null);
  const openMenu = useCallback((mark: string, at: MenuPlace) => faults.current?.openMenu(mark, at), [faults]);
  const seekFact = useCallback((id: FactId) => lab.seekToFact(id), [lab]);
  // The focus goes back to where the card came from.
  const close = useCallback(() => {
    const { selected: mark } = lab.store.getState();
    lab.select(null);
    if (mark === null) return;
    // Links and messages are no stops of the keyboard: the figure's own stop is.
    const own = document.querySelector<SVGElement>(`#figure [data-mark="${CSS.escape(mark)}"]`);
    (own ?? document.querySelector<SVGElement>('#figure [data-mark][tabindex="0"]'))?.focus();
  }, [lab]);
  const hasNoTopic = useStore(lab.store, () => isWithoutTopic(lab.picture()));
  // A view whose things are gone stays while it is shown.
  const tabNames = useStore(lab.store, () =>
    allViews
      .filter(({ name }) => name === view || hasSomething(name, lab.picture()))
      .map(({ name }) => name)
      .join(),
  );
  const tabs = allViews.filter(({ name }) => tabNames.split(',').includes(name));
  const selectedMark = selected === null ? null : parseMark(selected);
  const opens = selectedMark === null ? null : viewOf(selectedMark);
  return (
    <main className="stage" id="main">
      <div className="stagebar">
        {/* The name of the one view there is; the tabs say it where there are several. */}
        <h2 className={tabs.length > 1 ? 'visually-hidden' : undefined}>{deepWords.names[view]}</h2>
        {tabs.length > 1 ? (
          <ViewTabs
            label={deepWords.views}
            views={tabs}
            shown={view}
            nameOf={(name) => deepWords.names[name]}
            onShow={onView}
          />
        ) : null}
        <span className="grow" />
        <Legend lab={lab} />
        <Suspense fallback={null}>
          <FaultDesk
            ref={faults}
            lab={lab}
            matrix={matrix}
            hasTools={view === 'cluster' && !isTable}
            onSelect={select}
          />
        </Suspense>
        <button
          type="button"
          className={`btn quiet small icon${isTable ? ' on' : ''}`}
          aria-label={isTable ? texts.figure : texts.table}
          title={isTable ? texts.figure : texts.table}
          onClick={() => onTable(!isTable)}
        >
          <Icon name="table" />
        </button>
      </div>
      <section id="figure" aria-label={deepWords.names[view]} className="stage-figure" ref={figure}>
        {view !== 'cluster' ? (
          <Following lab={lab}>
            {(changes) => (
              <DeepView
                view={view}
                lab={lab}
                language={language}
                theme={theme}
                selected={selected}
                isTable={isTable}
                onSelect={select}
                onMenu={openMenu}
                words={deepWords}
                changes={changes}
              />
            )}
          </Following>
        ) : isTable ? (
          <Following lab={lab}>
            {() => <ClusterTable picture={lab.picture()} words={language === 'fr' ? tableWordsFr : tableWordsEn} />}
          </Following>
        ) : (
          <ClusterMatrix
            ref={matrix}
            picture={picture}
            now={now}
            speed={speed}
            onFrame={onFrame}
            keys={lab.keys}
            words={views}
            theme={theme}
            selected={selected}
            onSelect={select}
            onMenu={openMenu}
            choices={choices}
            onChoices={setChoices}
            emptyText={texts.emptyCluster}
          />
        )}
        {hasNoTopic && !isTable && view === 'cluster' ? <p className="stage-hint">{texts.emptyTopics}</p> : null}
        {selected === null || cardIn !== view ? null : (
          <Following lab={lab}>
            {(changes) => (
              <Inspector
                timeline={lab.timeline}
                picture={lab.picture()}
                selected={selected}
                tick={changes}
                language={language}
                startedAt={lab.open.startedAt}
                onClose={close}
                onSeekFact={seekFact}
                onOpenView={opens === null || opens === view ? null : () => onOpen(selected)}
              >
                <Suspense fallback={null}>
                  <FaultSection lab={lab} mark={selected} onSelect={select} />
                </Suspense>
              </Inspector>
            )}
          </Following>
        )}
      </section>
    </main>
  );
}

/** Drawn again whenever something has happened in the cluster. */
function Following({
  lab,
  children,
}: {
  readonly lab: Lab;
  readonly children: (changes: number) => JSX.Element;
}): JSX.Element {
  return children(useStore(lab.store, (state) => state.changes));
}

const isWithoutTopic = ({ brokers, topics }: ClusterPicture): boolean =>
  brokers.some(({ health }) => health === 'running') && topics.every(({ isInternal }) => isInternal);

function Legend({ lab }: { readonly lab: Lab }): JSX.Element | null {
  const { lab: texts } = useWords();
  // Told again whenever a key appears: the count is all that is compared.
  const count = useStore(lab.store, () => lab.keys.entries().length);
  if (count === 0) return null;
  const keys = lab.keys.entries();
  return (
    <ul className="legend" aria-label={texts.keyLegend}>
      {keys.slice(0, mostKeys).map(([key, mark]) => (
        <li key={key}>
          <KeyShape mark={mark} />
          {key}
        </li>
      ))}
      {keys.length > mostKeys ? <li className="dim">{texts.otherKeys(keys.length - mostKeys)}</li> : null}
    </ul>
  );
}
