/** The lab with its time held (`src/app/testing/labInTests.ts`): keys are a learner's, virtual time moves by the rules of scenarios. */
import type { Page } from '@playwright/test';
import type { LabInTests } from '../src/app/testing/labInTests.ts';
import { openLab } from './terminals.ts';

declare global {
  interface Window {
    labInTests?: LabInTests;
  }
}

/** `address`: without the question mark that asks for the tests' way in. */
export async function openHeldLab(page: Page, address: string): Promise<void> {
  await openLab(page, `?e2e${address}`);
  await page.evaluate(() => window.labInTests!.hold());
}
