/** What the lab needs beyond its frame: the model, the session, the panels. Loaded while the lesson can be read already. */
import { Lab } from '../session/Lab.ts';
import { openSession } from '../session/openSession.ts';
import type { KeptSession } from '../session/savedSessions.ts';
import type { What } from '../session/what.ts';

export { LabView } from './LabView.tsx';

/** `kept`: what the browser has of it. Null when there is no such lesson. */
export async function openLab(what: What, kept: KeptSession): Promise<Lab | null> {
  const session = await openSession(what, kept);
  return session === null ? null : new Lab(session);
}
