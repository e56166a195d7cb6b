/** The time bar: transport, clock, scrubber, branches, bookmarks, speed. On every screen, at the same place, with the same keys. */
import type { JSX } from 'react';
import { memo, useState } from 'react';
import type { Language } from '../../course/courseLesson.ts';
import type { FactId } from '../../kernel/events.ts';
import type { VirtualTimeUs } from '../../kernel/time.ts';
import type { Timeline } from '../../kernel/timeline.ts';
import { Icon } from '../../views/marks/Icon.tsx';
import type { IconName } from '../../views/marks/iconPaths.ts';
import { clockText, machineTimeText } from './clock.ts';
import type { TimeWindow } from './layout.ts';
import { wholeWindow } from './layout.ts';
import { Scrubber } from './Scrubber.tsx';
import { SpeedControl } from './SpeedControl.tsx';
import './timebar.css';
import { timeBarWordsEn } from './words.en.ts';
import { timeBarWordsFr } from './words.fr.ts';

export interface TimeBarProps {
  readonly timeline: Timeline;
  /** Grows when the timeline may have changed. */
  readonly tick: number;
  readonly language: Language;
  readonly isPlaying: boolean;
  readonly speed: 'auto' | number;
  /** Virtual seconds per second, of the last frame. */
  readonly effectiveSpeed: number;
  /** Where the clock begins. */
  readonly startedAt: VirtualTimeUs;
  readonly bookmarks: readonly VirtualTimeUs[];
  readonly onPlay: () => void;
  readonly onPause: () => void;
  readonly onStep: (direction: 1 | -1) => void;
  readonly onMarked: (direction: 1 | -1) => void;
  readonly onSpeed: (speed: 'auto' | number) => void;
  readonly onSeek: (at: VirtualTimeUs) => void;
  readonly onSeekFact: (id: FactId) => void;
  readonly onBookmark: () => void;
  readonly onBranch: (id: number) => void;
  /** The scrubber is held, or let go. */
  readonly onScrub?: (isScrubbing: boolean) => void;
}

export function TimeBar(props: TimeBarProps): JSX.Element {
  const { timeline, language, isPlaying, startedAt, bookmarks } = props;
  const words = language === 'fr' ? timeBarWordsFr : timeBarWordsEn;
  const [zoom, setZoom] = useState<TimeWindow | null>(null);
  const { now } = timeline;
  const ends = timeline.branches.map(({ endAt }) => endAt);
  const knownEnd = Math.max(timeline.end.at, ...ends) as VirtualTimeUs;
  const window = zoom ?? wholeWindow({ startedAt, now, knownEnd });
  // Playing out of what is looked at closely shows all again.
  if (zoom !== null && isPlaying && (now < zoom.from || now > zoom.to)) setZoom(null);

  return (
    <footer className="timebar" aria-label={words.region}>
      <div className="timebar-transport">
        <Transport icon="toMarked" isMirrored label={words.previousMarked} onClick={() => props.onMarked(-1)} />
        <Transport icon="back" label={words.stepBack} onClick={() => props.onStep(-1)} />
        <button
          type="button"
          className="timebar-play"
          aria-label={isPlaying ? words.pause : words.play}
          title={isPlaying ? words.pause : words.play}
          onClick={isPlaying ? props.onPause : props.onPlay}
        >
          <Icon name={isPlaying ? 'pause' : 'play'} />
        </button>
        <Transport icon="step" label={words.stepForward} onClick={() => props.onStep(1)} />
        <Transport icon="toMarked" label={words.nextMarked} onClick={() => props.onMarked(1)} />
      </div>
      <div className="timebar-clock" title={words.clocks}>
        <span>{clockText(now - startedAt, language)}</span>
        <small>{words.machineTime(machineTimeText(now))}</small>
      </div>
      <Scrubber
        timeline={timeline}
        window={window}
        isPlaying={isPlaying}
        startedAt={startedAt}
        bookmarks={bookmarks}
        words={words}
        language={language}
        onZoom={setZoom}
        onStep={props.onStep}
        onMarked={props.onMarked}
        onSeek={props.onSeek}
        onSeekFact={props.onSeekFact}
        onBranch={props.onBranch}
        onScrub={(isScrubbing) => props.onScrub?.(isScrubbing)}
      />
      <div className="timebar-side">
        {zoom === null ? null : (
          <button type="button" className="btn small" onClick={() => setZoom(null)}>
            {words.showAll}
          </button>
        )}
        {timeline.branches.length < 2 ? null : (
          <select
            className="timebar-branches"
            aria-label={words.branches}
            value={timeline.branch.id}
            onChange={(event) => props.onBranch(Number(event.target.value))}
          >
            {timeline.branches.map(({ id }) => (
              <option key={id} value={id}>
                {words.branch(id)}
              </option>
            ))}
          </select>
        )}
        <Transport icon="bookmark" label={words.bookmark} onClick={props.onBookmark} />
        <SpeedControl
          speed={props.speed}
          effectiveSpeed={props.effectiveSpeed}
          words={words}
          language={language}
          onSpeed={props.onSpeed}
        />
      </div>
    </footer>
  );
}

interface TransportProps {
  readonly icon: IconName;
  readonly isMirrored?: boolean;
  readonly label: string;
  readonly onClick: () => void;
}
const Transport = memo(function Transport({ icon, isMirrored = false, label, onClick }: TransportProps): JSX.Element {
  return (
    <button
      type="button"
      className={isMirrored ? 'btn quiet small icon timebar-mirrored' : 'btn quiet small icon'}
      aria-label={label}
      title={label}
      onClick={onClick}
    >
      <Icon name={icon} />
    </button>
  );
});
