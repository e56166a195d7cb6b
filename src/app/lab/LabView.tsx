/** The lab with an open session: lesson on the left, figure, terminals below, the time bar; panels resize, fold, and remember it. */
import type { ComponentType, JSX } from 'react';
import { lazy, Suspense, useCallback, useEffect, useRef, useState } from 'react';
import { flushSync } from 'react-dom';
import { Group, Panel, Separator, useDefaultLayout } from 'react-resizable-panels';
import { Link } from 'wouter';
import { useStore } from 'zustand';
import { courseMap } from '../../course/courseMap.ts';
import { Icon } from '../../views/marks/Icon.tsx';
import { useViews } from '../deepViews/useViews.ts';
import type { FaultDeskHandle } from '../faults/FaultDesk.tsx';
import { FileEditor } from '../editor/FileEditor.tsx';
import { useOpenedFile } from '../editor/useOpenedFile.ts';
import { Header } from '../frame/Header.tsx';
import { useWords } from '../i18n/useWords.ts';
import { LessonPanel } from '../lesson/LessonPanel.tsx';
import { useTaskJudge } from '../lesson/useTaskJudge.ts';
import { canHelpNow } from '../lesson/usePendingActions.ts';
import type { Lab } from '../session/Lab.ts';
import type { SavedSession } from '../session/savedSessions.ts';
import { useSettings } from '../settings/settings.ts';
import type { TerminalsHandle } from '../terminals/Terminals.tsx';
import { KeysDialog } from './KeysDialog.tsx';
import { LabNarration } from './LabNarration.tsx';
import type { LabTerminalsProps } from './LabTerminals.tsx';
import { LabTimeBar } from './LabTimeBar.tsx';
import { LessonBar } from './LessonBar.tsx';
import { Notices } from './Notices.tsx';
import type { Side } from './OneAtATime.tsx';
import { OneAtATime } from './OneAtATime.tsx';
import { Stage } from './Stage.tsx';
import { useFolding } from './useFolding.ts';
import { finePointer, handheld, narrow, useMedia } from './useMedia.ts';
import { useKeptFocus } from './keepFocus.ts';
import { usePageKeys } from './usePageKeys.ts';

const FaultBar = lazy(async () => ({ default: (await import('../faults/FaultBar.tsx')).FaultBar }));

export interface LabViewProps {
  readonly lab: Lab;
  /** Their code comes beside that of the model. */
  readonly Terminals: ComponentType<LabTerminalsProps>;
  /** From the beginning; the session that is left may be asked back. */
  readonly onRestart: (left: SavedSession) => void;
  /** Null when this session replaced none. */
  readonly onUndoRestart: (() => void) | null;
}

export function LabView({ lab, Terminals, onRestart, onUndoRestart }: LabViewProps): JSX.Element {
  const { lab: texts } = useWords();
  const language = useSettings((settings) => settings.language);
  const timeline = useStore(lab.store, (state) => state.timeline);
  const { lesson } = lab.open;
  const isNarrow = useMedia(narrow);
  const isHandheld = useMedia(handheld);
  const [side, setSide] = useState<Side>('figure');
  const lessonFold = useFolding();
  const terminalFold = useFolding();
  const terminals = useRef<TerminalsHandle>(null);
  const faults = useRef<FaultDeskHandle>(null);
  const [isScrubbing, setIsScrubbing] = useState(false);
  const [isTable, setIsTable] = useState(false);
  const views = useViews(lab, [lessonFold, terminalFold]);
  const [isSheetOpen, setIsSheetOpen] = useState(false);
  const [hasKeys, setHasKeys] = useState(false);
  const opened = useOpenedFile(lab);
  const columns = useDefaultLayout({ id: 'lab-columns', panelIds: ['lesson-panel', 'main-panel'] });
  const rows = useDefaultLayout({ id: 'lab-rows', panelIds: ['stage-panel', 'terminals-panel'] });

  const typeForMe = useCallback(() => {
    // The lesson says why, where it is not folded; its line always does.
    if (!canHelpNow(lab)) return lessonFold.unfold();
    terminalFold.unfold();
    setIsSheetOpen(false);
    setSide('terminals');
    terminals.current?.typeForMe();
  }, [lab, lessonFold, terminalFold]);
  const act = useCallback((input: Parameters<Lab['act']>[0]) => lab.act(input), [lab]);
  usePageKeys(lab, {
    toggleLesson: () => (isNarrow ? setIsSheetOpen((open) => !open) : lessonFold.toggle()),
    toggleTerminals: terminalFold.toggle,
    enterTerminal: () => {
      terminalFold.unfold();
      // What is out of sight cannot have the keys.
      flushSync(() => setSide('terminals'));
      terminals.current?.focus();
    },
    typeForMe,
    canType: () => terminals.current?.canType() ?? false,
    type: (text) => terminals.current?.type(text),
    toggleTable: () => setIsTable((table) => !table),
    showKeys: () => setHasKeys(true),
    showView: views.showByKey,
    openView: views.openFocused,
    close: views.close,
    pressFault: (key, focused) => faults.current?.press(key, focused),
  });
  useKeptFocus();
  useTaskJudge(lab);
  useEffect(() => {
    // A lesson is read first, and what is typed there finds the terminal. Whoever has gone elsewhere meanwhile stays there.
    if (lesson !== null || document.activeElement !== document.body) return;
    if (matchMedia(finePointer).matches && !matchMedia(handheld).matches) terminals.current?.focus();
  }, [lesson]);
  useEffect(() => {
    const title = lesson?.texts[language].title ?? texts.sandbox;
    document.title = `${title} – Vive le Log`;
    return () => {
      document.title = 'Vive le Log';
    };
  }, [lesson, language, texts]);

  const lessonPanel = lesson === null ? null : <LessonPanel lab={lab} course={lesson} onTypeForMe={typeForMe} />;
  const stage = (
    <Stage
      lab={lab}
      isTable={isTable}
      onTable={setIsTable}
      view={views.view}
      onView={views.show}
      onOpen={views.openMark}
      faults={faults}
    />
  );
  const terminalsHost = (
    <div id="terminals" className="terminals-host">
      <Terminals lab={lab} ref={terminals} />
    </div>
  );
  const main = isHandheld ? (
    <OneAtATime shown={side} onShow={setSide} figure={stage} terminals={terminalsHost} />
  ) : (
    <Group orientation="vertical" {...rows}>
      <Panel id="stage-panel" minSize="30%">
        {stage}
      </Panel>
      <Separator className="separator" aria-label={texts.resizeTerminals} />
      <Panel
        id="terminals-panel"
        panelRef={terminalFold.panelRef}
        defaultSize={isCompact() ? '34%' : '13.6rem'}
        minSize="15%"
        collapsible
        collapsedSize="0%"
      >
        {terminalsHost}
      </Panel>
    </Group>
  );
  return (
    <div className="lab">
      <nav className="skip" aria-label={texts.skipTo}>
        <a href="#figure" onClick={focusRegion('figure')}>
          {texts.skipToFigure}
        </a>
        <a href="#terminals" onClick={focusRegion('terminals')}>
          {texts.skipToTerminals}
        </a>
      </nav>
      <Header>
        <Crumbs lab={lab} />
        <span className="grow" />
        <Suspense fallback={null}>
          <FaultBar lab={lab} />
        </Suspense>
        <HeaderButton
          icon="lesson"
          label={texts.foldLesson}
          onPress={lessonFold.toggle}
          isShown={lesson !== null && !isNarrow}
        />
        <HeaderButton icon="terminal" label={texts.foldTerminals} onPress={terminalFold.toggle} />
        <HeaderButton icon="keyboard" label={texts.keyboard} onPress={() => setHasKeys(true)} />
        <button
          type="button"
          className="btn quiet small"
          title={texts.restartTitle}
          onClick={() => onRestart(lab.toSaved())}
        >
          {texts.restart}
        </button>
      </Header>
      <div className={isNarrow && lesson !== null ? 'lab-body stacked' : 'lab-body'}>
        {isNarrow && lesson !== null ? (
          <>
            <LessonBar lab={lab} course={lesson} onTypeForMe={typeForMe} onOpen={() => setIsSheetOpen(true)} />
            <div style={{ position: 'relative', minHeight: 0 }}>
              {main}
              {isSheetOpen ? (
                <aside className="lesson-sheet" aria-label={texts.lesson}>
                  <button type="button" className="btn small sheet-close" onClick={() => setIsSheetOpen(false)}>
                    {texts.close}
                  </button>
                  {lessonPanel}
                </aside>
              ) : null}
            </div>
          </>
        ) : lesson === null ? (
          main
        ) : (
          <Group orientation="horizontal" {...columns}>
            <Panel
              id="lesson-panel"
              panelRef={lessonFold.panelRef}
              defaultSize={isCompact() ? '19.5rem' : '22.2rem'}
              minSize="15rem"
              maxSize="45%"
              collapsible
              collapsedSize="0%"
              groupResizeBehavior="preserve-pixel-size"
            >
              <aside className="lesson-host" aria-label={texts.lesson} id="lesson" tabIndex={-1}>
                {lessonPanel}
              </aside>
            </Panel>
            <Separator className="separator" aria-label={texts.resizeLesson} />
            <Panel id="main-panel" minSize="45%">
              {main}
            </Panel>
          </Group>
        )}
      </div>
      <Notices lab={lab} onUndoRestart={onUndoRestart} />
      <LabTimeBar lab={lab} onScrub={setIsScrubbing} />
      <LabNarration lab={lab} isScrubbing={isScrubbing} />
      {opened.path === null ? null : (
        <FileEditor key={opened.path} timeline={timeline} path={opened.path} onAct={act} onClose={opened.close} />
      )}
      {hasKeys ? <KeysDialog onClose={() => setHasKeys(false)} /> : null}
    </div>
  );
}

function Crumbs({ lab }: { readonly lab: Lab }): JSX.Element {
  const { lab: texts } = useWords();
  const { language } = useSettings();
  const { lesson } = lab.open;
  const chapter =
    lesson === null
      ? undefined
      : courseMap.find(({ lessons }) => lessons.some(({ id }) => id === lesson.lesson.id))?.title[language];
  return (
    <nav className="crumbs" aria-label={texts.path}>
      <Link href="/" className="tablet-hide">
        {texts.courseMap}
      </Link>
      {chapter === undefined ? null : (
        <span className="crumbs tablet-hide">
          <Icon name="next" size={0.8} /> <span className="crumb">{chapter}</span> <Icon name="next" size={0.8} />
        </span>
      )}
      <b>{lesson === null ? texts.sandbox : lesson.texts[language].title}</b>
    </nav>
  );
}

function HeaderButton({
  icon,
  label,
  onPress,
  isShown = true,
}: {
  readonly icon: 'lesson' | 'terminal' | 'keyboard';
  readonly label: string;
  readonly onPress: () => void;
  readonly isShown?: boolean;
}): JSX.Element | null {
  if (!isShown) return null;
  return (
    <button type="button" className="btn quiet small icon" aria-label={label} title={label} onClick={onPress}>
      <Icon name={icon} />
    </button>
  );
}

/** At the first layout: what the learner makes of it is remembered. */
const isCompact = (): boolean => document.documentElement.dataset['density'] === 'compact';

/** The address names the page, not a place in it: a skip link moves the focus instead. */
const focusRegion =
  (id: string) =>
  (event: React.MouseEvent): void => {
    event.preventDefault();
    const region = document.getElementById(id);
    region?.querySelector<HTMLElement>('[tabindex="0"], section[tabindex], [tabindex]')?.focus();
  };
