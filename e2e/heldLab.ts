/** The lab with its time held (`src/app/testing/labInTests.ts`): keys are a learner's, virtual time moves by the rules of scenarios. */
import { expect, type Page } from '@playwright/test';
import type { LabInTests } from '../src/app/testing/labInTests.ts';
import { leaveAll } from './terminals.ts';

declare global {
  interface Window {
    labInTests?: LabInTests;
  }
}

/** `address`: without the question mark that asks for the tests' way in. */
export async function openHeldLab(page: Page, address: string): Promise<void> {
  await page.goto(`?e2e${address}`);
  await expect(page.locator('.xterm-rows').first()).toContainText(/[$>]/);
  await expect(page.locator('.xterm-helper-textarea:focus')).toHaveCount(1);
  await leaveAll(page);
  await page.evaluate(() => window.labInTests!.hold());
}
