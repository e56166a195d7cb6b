/** The figure with its bar: the cluster as a picture or as a table, the keys of its records, what is selected. */
import type { JSX } from 'react';
import { useCallback } from 'react';
import { useStore } from 'zustand';
import type { ClusterPicture } from '../../cluster/picture.ts';
import type { FactId } from '../../kernel/events.ts';
import { ClusterMatrix } from '../../views/clusterMatrix/ClusterMatrix.tsx';
import { ClusterTable } from '../../views/clusterTable/ClusterTable.tsx';
import { tableWordsEn } from '../../views/clusterTable/tableWords.en.ts';
import { tableWordsFr } from '../../views/clusterTable/tableWords.fr.ts';
import { Icon } from '../../views/marks/Icon.tsx';
import { KeyShape } from '../../views/marks/KeyShape.tsx';
import { useWords } from '../i18n/useWords.ts';
import { Inspector } from '../inspector/Inspector.tsx';
import type { Lab } from '../session/Lab.ts';
import { useSettings } from '../settings/settings.ts';

/** As many keys as there is room for beside the name of the figure. */
const mostKeys = 5;

export interface StageProps {
  readonly lab: Lab;
  readonly isTable: boolean;
  readonly onTable: (isTable: boolean) => void;
}

export function Stage({ lab, isTable, onTable }: StageProps): JSX.Element {
  const { lab: texts, views } = useWords();
  const { language, theme } = useSettings();
  const selected = useStore(lab.store, (state) => state.selected);
  const picture = useCallback(() => lab.picture(), [lab]);
  const now = useCallback(() => lab.timeline.now, [lab]);
  const speed = useCallback(() => {
    const { isPlaying, effectiveSpeed } = lab.store.getState();
    return isPlaying ? effectiveSpeed : 0;
  }, [lab]);
  const onFrame = useCallback((listener: () => void) => lab.onFrame(listener), [lab]);
  const select = useCallback((mark: string | null) => lab.select(mark), [lab]);
  const seekFact = useCallback((id: FactId) => lab.seekToFact(id), [lab]);
  // The focus goes back to where the card came from.
  const close = useCallback(() => {
    const { selected: mark } = lab.store.getState();
    lab.select(null);
    if (mark !== null) document.querySelector<SVGElement>(`[data-mark="${CSS.escape(mark)}"]`)?.focus();
  }, [lab]);
  const hasNoTopic = useStore(lab.store, () => isWithoutTopic(lab.picture()));
  return (
    <main className="stage" id="main">
      <div className="stagebar">
        <h2>{texts.cluster}</h2>
        <span className="grow" />
        <Legend lab={lab} />
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
      <section id="figure" aria-label={texts.cluster} className="stage-figure">
        {isTable ? (
          <Following lab={lab}>
            {() => <ClusterTable picture={lab.picture()} words={language === 'fr' ? tableWordsFr : tableWordsEn} />}
          </Following>
        ) : (
          <ClusterMatrix
            picture={picture}
            now={now}
            speed={speed}
            onFrame={onFrame}
            keys={lab.keys}
            words={views}
            theme={theme}
            selected={selected}
            onSelect={select}
            emptyText={texts.emptyCluster}
          />
        )}
        {hasNoTopic && !isTable ? <p className="stage-hint">{texts.emptyTopics}</p> : null}
        {selected === null ? null : (
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
              />
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
    <ul className="legend wide-only" aria-label={texts.keyLegend}>
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
