/** The margin of a deep view: what is seen, why, the live values, and what may be tried. */
import type { JSX, ReactNode } from 'react';
import { Icon } from '../../views/marks/Icon.tsx';
import type { IconName } from '../../views/marks/iconPaths.ts';

export interface Story {
  readonly title: string;
  readonly paragraphs: readonly string[];
  readonly facts: readonly StoryFact[];
}
export interface StoryFact {
  readonly label: string;
  readonly value: string;
  readonly tone?: 'watermark' | 'zookeeper' | 'mono';
}
export interface Trial {
  readonly label: string;
  readonly icon: IconName;
  readonly act: () => void;
}

export interface MarginProps {
  readonly label: string;
  readonly eyebrow: string;
  readonly story: Story;
  /** Which of several it is about. */
  readonly choice?: ReactNode;
  readonly toTry: string;
  readonly trials: readonly Trial[];
}

export function Margin({ label, eyebrow, story, choice, toTry, trials }: MarginProps): JSX.Element {
  return (
    // It scrolls: the focus lets the keyboard do so.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
    <aside className="deep-margin" aria-label={label} tabIndex={0}>
      <div>
        <span className="eyebrow">{eyebrow}</span>
        <h2>{story.title}</h2>
      </div>
      {choice}
      {story.paragraphs.map((paragraph) => (
        <p key={paragraph}>{paragraph}</p>
      ))}
      <dl className="deep-facts">
        {story.facts.map(({ label: name, value, tone }) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd className={tone === undefined ? undefined : `is-${tone}`}>{value}</dd>
          </div>
        ))}
      </dl>
      {trials.length === 0 ? null : (
        <div className="deep-try">
          <span className="eyebrow">{toTry}</span>
          {trials.map(({ label: name, icon, act }) => (
            <button key={name} type="button" className="btn" onClick={act}>
              <Icon name={icon} />
              {name}
            </button>
          ))}
        </div>
      )}
    </aside>
  );
}
