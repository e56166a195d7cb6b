/** The file that somebody has just opened with `nano` and the like: the fact that tells it, met while time runs on. */
import { useEffect, useState } from 'react';
import * as v from 'valibot';
import { editorOpened } from '../../shell/commands/editors.ts';
import type { Lab } from '../session/Lab.ts';

const detailSchema = v.object({ path: v.string() });

/** Its absolute path, and how to be done with it. */
export function useOpenedFile(lab: Lab): { readonly path: string | null; readonly close: () => void } {
  const [path, setPath] = useState<string | null>(null);
  useEffect(() => {
    let seen = { timeline: lab.timeline, next: lab.timeline.nextFact };
    return lab.store.subscribe(() => {
      const { timeline } = lab;
      const before = seen;
      seen = { timeline, next: timeline.nextFact };
      // Another branch, a way back: what was opened there once is not opened again.
      if (before.timeline !== timeline || seen.next <= before.next) return;
      for (const { what } of timeline.factsFrom(before.next)) {
        if (what.kind !== 'told' || what.name !== editorOpened) continue;
        const detail = v.safeParse(detailSchema, what.detail);
        if (detail.success) setPath(detail.output.path);
      }
    });
  }, [lab]);
  return { path, close: () => setPath(null) };
}
