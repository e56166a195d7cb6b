/** The time bar of a lab: the only panel that follows the clock itself. */
import type { JSX } from 'react';
import { useMemo } from 'react';
import { useStore } from 'zustand';
import type { Lab } from '../session/Lab.ts';
import { useSettings } from '../settings/settings.ts';
import { TimeBar } from '../timebar/TimeBar.tsx';

export function LabTimeBar({
  lab,
  onScrub,
}: {
  readonly lab: Lab;
  readonly onScrub: (isScrubbing: boolean) => void;
}): JSX.Element {
  const language = useSettings((settings) => settings.language);
  const { tick, timeline, isPlaying, speed, effectiveSpeed, bookmarks } = useStore(lab.store);
  // The same at each tick, so that only what shows the time is drawn again.
  const doing = useMemo(
    () => ({
      onPlay: () => lab.setPlaying(true),
      onPause: () => lab.setPlaying(false),
      onStep: (direction: 1 | -1) => lab.step(direction),
      onMarked: (direction: 1 | -1) => lab.stepToMarked(direction),
      onSpeed: (next: 'auto' | number) => lab.setSpeed(next),
      onSeek: (at: Parameters<Lab['seek']>[0]) => lab.seek(at),
      onSeekFact: (id: Parameters<Lab['seekToFact']>[0]) => lab.seekToFact(id),
      onBookmark: () => lab.addBookmark(),
      onBranch: (id: number) => lab.switchBranch(id),
    }),
    [lab],
  );
  return (
    <TimeBar
      {...doing}
      timeline={timeline}
      tick={tick}
      language={language}
      isPlaying={isPlaying}
      speed={speed}
      effectiveSpeed={effectiveSpeed}
      startedAt={lab.open.startedAt}
      bookmarks={bookmarks}
      onScrub={onScrub}
    />
  );
}
