/** The first page: the course map with what there is, the sandbox, credits. */
import { useEffect } from 'react';
import { Link } from 'wouter';
import { courseMap } from '../../course/courseMap.ts';
import { Icon } from '../../views/marks/Icon.tsx';
import { Header } from '../frame/Header.tsx';
import { useWords } from '../i18n/useWords.ts';
import { keyOf, sandboxes } from '../session/what.ts';
import { useSettings } from '../settings/settings.ts';
import { preloadLab } from './preloadLab.ts';

export function Home() {
  const words = useWords();
  const { language, done, lastLesson } = useSettings();
  useEffect(() => preloadLab(), []);
  const all = courseMap.flatMap(({ lessons }) => lessons);
  const doneCount = all.filter(({ id }) => done[id]).length;
  const resumed = all.find(({ id }) => id === lastLesson && !done[id]) ?? all.find(({ id }) => !done[id]);
  return (
    <div className="home">
      <Header />
      <main className="map" id="main">
        <div className="row between" style={{ alignItems: 'flex-end', flexWrap: 'wrap' }}>
          <div>
            <span className="eyebrow">Apache Kafka 3.9 · ZooKeeper</span>
            <h1>{words.home.title}</h1>
          </div>
          <span className="dim">{words.home.progress(doneCount, all.length)}</span>
        </div>
        <div className="chapters">
          {courseMap.map(({ id, title, lessons }) => (
            <section key={id} className="card chap" aria-labelledby={`chapter-${id}`}>
              <div>
                <h2 id={`chapter-${id}`}>{title[language]}</h2>
                <span className="dim small">{words.home.lessonCount(lessons.length)}</span>
              </div>
              <ol className="steps">
                {lessons.map((lesson, index) => (
                  <li key={lesson.id} className={done[lesson.id] ? 'done' : ''}>
                    <Link href={`/labo/lesson/${lesson.id}`} className="st">
                      <i aria-hidden="true">{done[lesson.id] ? <Icon name="check" /> : index + 1}</i>
                      <span>
                        {lesson.title[language]}
                        <span className="visually-hidden">{done[lesson.id] ? `, ${words.home.done}` : ''}</span>
                      </span>
                    </Link>
                  </li>
                ))}
              </ol>
            </section>
          ))}
        </div>
      </main>
      <aside className="side" aria-label={words.home.aside}>
        {resumed !== undefined && (
          <section className="card resume">
            <span className="eyebrow">{lastLesson === null ? words.home.begin : words.home.resume}</span>
            <b>{resumed.title[language]}</b>
            <span className="dim small">{words.minutes(resumed.minutes)}</span>
            <Link href={`/labo/lesson/${resumed.id}`} className="btn primary" style={{ justifyContent: 'center' }}>
              <Icon name="play" />
              {lastLesson === null ? words.home.beginNow : words.home.resumeNow}
            </Link>
          </section>
        )}
        <section>
          <h2>{words.home.sandbox}</h2>
          <p className="dim small">{words.home.sandboxText}</p>
          <div className="row" style={{ flexWrap: 'wrap' }}>
            {sandboxes.map((sandbox) => (
              <Link key={sandbox.preset} href={`/labo/${keyOf({ kind: 'sandbox', ...sandbox })}`} className="btn small">
                {words.home.cluster(sandbox)}
              </Link>
            ))}
          </div>
        </section>
        <section style={{ marginTop: 'auto' }}>
          <h2>{words.home.credits}</h2>
          {words.home.creditLines.map((line) => (
            <p key={line} className="caption dim">
              {line}
            </p>
          ))}
        </section>
      </aside>
      <footer className="legal">{words.home.trademark}</footer>
    </div>
  );
}
