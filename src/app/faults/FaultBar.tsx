/** What the top bar has of faults: how many are active, and the way back. */
import type { JSX } from 'react';
import type { Lab } from '../session/Lab.ts';
import { FaultCounter } from './FaultCounter.tsx';
import { UndoButtons } from './UndoButtons.tsx';

export function FaultBar({ lab }: { readonly lab: Lab }): JSX.Element {
  return (
    <>
      <FaultCounter lab={lab} />
      <UndoButtons lab={lab} />
    </>
  );
}
