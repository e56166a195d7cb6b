/** A lesson's first words, in the place where they stay, while the model of the cluster loads. */
import type { JSX } from 'react';
import { useEffect, useState } from 'react';
import type { CourseLesson } from '../../course/courseLesson.ts';
import { Header } from '../frame/Header.tsx';
import { useWords } from '../i18n/useWords.ts';
import { loadLesson } from '../lesson/loadLesson.ts';
import { Prose } from '../lesson/Prose.tsx';
import { useSettings } from '../settings/settings.ts';

export function LessonPreview({ id }: { readonly id: string }): JSX.Element {
  const { lab: texts } = useWords();
  const { language } = useSettings();
  const [course, setCourse] = useState<CourseLesson | null>(null);
  useEffect(() => {
    let isGone = false;
    const load = async (): Promise<void> => {
      const found = await loadLesson(id);
      if (!isGone) setCourse(found);
    };
    void load();
    return () => {
      isGone = true;
    };
  }, [id]);
  const words = course?.texts[language];
  const first = course?.lesson.steps[0];
  const read = first?.kind === 'read' ? words?.reads[first.id] : undefined;
  return (
    <div className="lab">
      <Header />
      <div className="lab-body preview">
        <aside className="lesson" aria-label={texts.lesson}>
          {words === undefined ? null : (
            <div className="body">
              <h1>{words.title}</h1>
              <p className="dim">
                <Prose text={words.objective} />
              </p>
              {read?.split('\n\n').map((paragraph) => (
                <p key={paragraph}>
                  <Prose text={paragraph} />
                </p>
              ))}
            </div>
          )}
        </aside>
        <main className="loading" id="main">
          <output>{texts.loading}</output>
        </main>
      </div>
    </div>
  );
}
