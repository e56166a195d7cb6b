/** « Pourquoi ? »: the chain of causes of a fact in sentences, newest first; each step goes to its instant. */
import type { JSX } from 'react';
import { useLayoutEffect, useMemo, useRef, useState } from 'react';
import type { Language } from '../../course/courseLesson.ts';
import type { FactId } from '../../kernel/events.ts';
import type { Fact } from '../../kernel/facts.ts';
import type { VirtualTimeUs } from '../../kernel/time.ts';
import type { Timeline } from '../../kernel/timeline.ts';
import { Icon } from '../../views/marks/Icon.tsx';
import type { NameOf } from '../narration/sentences.ts';
import { isRequest, messagePhrase, sentence } from '../narration/sentence.ts';
import { clockText } from '../timebar/clock.ts';
import type { WhyStep } from './whySteps.ts';
import { whySteps } from './whySteps.ts';
import type { InspectorWords } from './words.ts';

interface WhyChainProps {
  readonly timeline: Timeline;
  readonly fact: FactId;
  readonly nameOf: NameOf;
  readonly startedAt: VirtualTimeUs;
  readonly language: Language;
  readonly words: InspectorWords;
  readonly onBack: () => void;
  readonly onSeekFact: (id: FactId) => void;
}

/** Causes walked at first, and again at each request: older ones may have to be replayed. */
const causesAtOnce = 400;

export function WhyChain({
  timeline,
  fact,
  nameOf,
  startedAt,
  language,
  words,
  onBack,
  onSeekFact,
}: WhyChainProps): JSX.Element {
  const [maxSteps, setMaxSteps] = useState(causesAtOnce);
  const back = useRef<HTMLButtonElement>(null);
  // The button that asked is gone: without this the focus would be nowhere.
  useLayoutEffect(() => back.current?.focus({ preventScroll: true }), []);
  const branch = timeline.branch.id;
  const { steps, isComplete } = useMemo(() => {
    const chain = timeline.whyChain(fact, { maxSteps });
    // Of another branch the same fact has another chain.
    return { ...chain, steps: whySteps(chain.facts, (id) => timeline.fact(id)), branch };
  }, [timeline, fact, maxSteps, branch]);
  const present = timeline.nextFact - 1;
  const here = steps.findIndex((step) => step.fact.id <= present);
  const said = (one: Fact): string => sentence(one, language, nameOf) ?? one.what.kind;

  const link = (one: Fact, content: JSX.Element, label: string, isHere: boolean): JSX.Element => (
    <button
      type="button"
      className="inspector-step"
      aria-current={isHere ? 'step' : undefined}
      aria-label={words.goTo(clockText(one.at - startedAt, language), label)}
      onClick={() => onSeekFact(one.id)}
    >
      <time>{clockText(one.at - startedAt, language)}</time>
      {content}
    </button>
  );

  return (
    <section className="inspector-why">
      <div className="inspector-head">
        <h4>{words.chain}</h4>
        <button ref={back} type="button" className="btn quiet small" onClick={onBack}>
          <Icon name="prev" />
          {words.back}
        </button>
      </div>
      <ol>
        {steps.map((step, index) => (
          <li key={step.fact.id}>
            {index === 0 ? null : <span className="inspector-because">{words.because}</span>}
            {link(
              step.fact,
              <Step step={step} nameOf={nameOf} said={said(step.fact)} language={language} words={words} />,
              said(step.fact),
              index === here,
            )}
            {otherCausesOf(step.fact, timeline).map((other) => (
              <div key={other.id}>
                <span className="inspector-because">{words.also}</span>
                {link(other, <span>{said(other)}</span>, said(other), false)}
              </div>
            ))}
          </li>
        ))}
      </ol>
      {isComplete ? null : (
        <button type="button" className="btn small" onClick={() => setMaxSteps(maxSteps + causesAtOnce)}>
          {words.further}
        </button>
      )}
    </section>
  );
}

/** Without which a fact would not be, besides its principal cause. */
const otherCausesOf = ({ what, causes }: Fact, timeline: Timeline): readonly Fact[] =>
  what.kind === 'told' ? causes.slice(1).flatMap((id) => timeline.fact(id) ?? []) : [];

interface StepProps {
  readonly step: WhyStep;
  readonly nameOf: NameOf;
  readonly said: string;
  readonly language: Language;
  readonly words: InspectorWords;
}
function Step({ step: { fact, oldest, exchange, count }, nameOf, said, language, words }: StepProps): JSX.Element {
  if (exchange === null) {
    return (
      <span className={fact.what.kind === 'input' ? 'inspector-input' : undefined}>
        {said}
        {count > 1 ? ` (${count} ×)` : ''}
      </span>
    );
  }
  const { from, to, isBothWays } = exchange;
  return (
    <span className="inspector-exchange">
      <span>{nameOf(from)}</span>
      <Arrow isBothWays={isBothWays} />
      <span>{nameOf(to)}</span>
      {count > 2 ? <small>{words.times(count)}</small> : null}
      <small className="inspector-phrase">
        {isRequest(oldest) ? `${words.asks} ` : ''}
        {messagePhrase(oldest, language)}
      </small>
    </span>
  );
}

/** The font has no arrows. */
function Arrow({ isBothWays }: { readonly isBothWays: boolean }): JSX.Element {
  return (
    <svg className="inspector-arrow" viewBox="0 0 18 10" aria-hidden="true">
      <path d={isBothWays ? 'M5 1.5L1.5 5L5 8.5M1.5 5h15M13 1.5L16.5 5L13 8.5' : 'M1.5 5h15M13 1.5L16.5 5L13 8.5'} />
    </svg>
  );
}
