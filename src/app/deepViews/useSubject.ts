/** What a deep view is about, by name, and how to choose another: the choice holds until something else is selected. */
import { useCallback, useState } from 'react';

/** `subjectOf`: given what it was about before. What is shown stays shown when the selection goes. */
export function useSubject(
  subjectOf: (before: string | null) => string | null,
  onSelect: (mark: string | null) => void,
): readonly [subject: string | null, choose: (name: string) => void] {
  const [before, setBefore] = useState<string | null>(null);
  const subject = subjectOf(before);
  if (subject !== null && subject !== before) setBefore(subject);
  const choose = useCallback(
    (name: string) => {
      onSelect(null);
      setBefore(name);
    },
    [onSelect],
  );
  return [subject, choose];
}
