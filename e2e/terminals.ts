/** The page's terminals, used as a learner uses them. */
import { expect, type Page } from '@playwright/test';

export async function openLab(page: Page, address: string): Promise<void> {
  await page.goto(address);
  await expect(page.locator('.xterm').first()).toBeVisible({ timeout: 30_000 });
  await expect(page.locator('.xterm-rows').first()).toContainText(/[$>]/);
}

/** Comes to a terminal by its tab, and types a line with its Return. */
export async function typeAt(page: Page, terminal: string | RegExp, line: string): Promise<void> {
  await page.getByRole('tab', { name: terminal }).click();
  await expect(page.locator('.xterm-helper-textarea:focus')).toHaveCount(1);
  await page.keyboard.type(line);
  await page.keyboard.press('Enter');
}

/** What the shown terminal shows, wrapped lines joined by nothing. */
export const screenOf = async (page: Page): Promise<string> =>
  (await page.locator('.terminals-pane:visible .xterm-rows').first().innerText()).replaceAll('\u00a0', ' ');

export async function expectScreen(page: Page, text: string | RegExp): Promise<void> {
  await expect
    .poll(async () => (await screenOf(page)).replaceAll('\n', ''), { timeout: 30_000 })
    .toMatch(typeof text === 'string' ? new RegExp(text.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&')) : text);
}
