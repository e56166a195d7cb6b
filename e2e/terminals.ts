/** The page's terminals, used as a learner uses them. */
import { expect, type Page } from '@playwright/test';
import { typingGapMs } from '../src/app/lab/wordOrShortcut.ts';

/** Comes to a lab, as it is for who has done nothing yet: a sandbox begins in its terminal, a lesson does not. */
export async function openLabToType(page: Page, address: string): Promise<void> {
  await page.goto(address);
  await expect(page.locator('.xterm').first()).toBeVisible();
  await expect(page.locator('.xterm-rows').first()).toContainText(/[$>]/);
  await expect(page.locator('.xterm-helper-textarea:focus')).toHaveCount(address.includes('/lesson/') ? 0 : 1);
}

/** Comes to a lab, and leaves its terminal: keys are the page's. */
export async function openLab(page: Page, address: string): Promise<void> {
  await openLabToType(page, address);
  await leaveAll(page);
}

/** Nothing has the focus, as after a click beside. */
export async function leaveAll(page: Page): Promise<void> {
  await page.evaluate(() => {
    if (document.activeElement instanceof HTMLElement) document.activeElement.blur();
  });
}

/** A letter of the page: it acts when no other key has followed it at once. */
export async function pressLetter(page: Page, letter: string): Promise<void> {
  await page.keyboard.press(letter);
  await page.waitForTimeout(typingGapMs + 100);
}

/** Comes to a terminal by its tab. */
export async function goToTerminal(page: Page, terminal: string | RegExp): Promise<void> {
  await page.locator('#terminals').getByRole('tab', { name: terminal }).click();
  await expect(page.locator('.xterm-helper-textarea:focus')).toHaveCount(1);
}

/** Comes to a terminal, and types a line with its Return. */
export async function typeAt(page: Page, terminal: string | RegExp, line: string): Promise<void> {
  await goToTerminal(page, terminal);
  await page.keyboard.type(line);
  await page.keyboard.press('Enter');
}

/** Ctrl-C. */
export async function interrupt(page: Page, terminal: string | RegExp): Promise<void> {
  await goToTerminal(page, terminal);
  await page.keyboard.press('Control+c');
}

/** « + »: a terminal of that name comes, with its prompt. */
export async function openTerminal(page: Page, name: string): Promise<void> {
  await page.getByRole('button', { name: 'Ouvrir un terminal' }).click();
  await expect(
    page.locator('#terminals').getByRole('tab', { name: new RegExp(`^${name.replace(' ', '\\s')}\\b`) }),
  ).toBeVisible();
  await expectScreen(page, /^[^\n]*\$ *$/);
}

/** The keys leave the terminal for the page. */
export async function leaveTerminal(page: Page): Promise<void> {
  await page.keyboard.press('Escape');
  await page.keyboard.press('Escape');
  await expect(page.locator('.xterm-helper-textarea:focus')).toHaveCount(0);
}

/** Ten times the real speed, by the control of the time bar; the focus stays on it. */
export async function speedUp(page: Page): Promise<void> {
  const slider = page.getByRole('slider', { name: 'Vitesse' });
  await slider.fill('12');
  await expect(slider).toHaveAttribute('aria-valuetext', '10 fois plus vite');
}

/** What the shown terminal shows, wrapped lines joined by nothing. */
export const screenOf = async (page: Page): Promise<string> =>
  (await page.locator('.terminals-pane:visible .xterm-rows').first().innerText()).replaceAll('\u00a0', ' ');

export async function expectScreen(page: Page, text: string | RegExp): Promise<void> {
  await expect
    .poll(async () => (await screenOf(page)).replaceAll('\n', ''))
    .toMatch(typeof text === 'string' ? new RegExp(text.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&')) : text);
}
