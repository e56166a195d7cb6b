/** The lab without a pointer. */
import { expect, test } from '@playwright/test';
import { expectScreen, leaveTerminal, openLab } from './terminals.ts';

test.describe('by keyboard alone', () => {
  test('the figure is reached, walked, asked why, and read as a table', async ({ page }) => {
    await openLab(page, '#/labo/lesson/tp-consommer');

    await page.keyboard.press('Tab');
    await expect(page.getByRole('link', { name: 'Aller à la figure' })).toBeFocused();
    await page.keyboard.press('Enter');
    await expect(page.locator('#figure [data-mark]:focus')).toHaveCount(1);
    await page.getByRole('button', { name: /^Broker 0/ }).focus();
    await page.keyboard.press('ArrowDown');
    await expect(page.locator('[data-mark^="replica-"]:focus')).toHaveCount(1);
    await page.keyboard.press('Enter');
    const card = page.getByRole('dialog', { name: /vive-le-ca P0/ });
    await expect(card).toBeVisible();
    await page.keyboard.press('w');
    await expect(card.getByRole('heading', { name: 'Pourquoi ?' })).toBeVisible();
    // Back to the input that began it.
    await expect(card.getByRole('listitem').last()).toContainText('parce que');
    await page.keyboard.press('Escape');
    await expect(page.getByRole('dialog')).toHaveCount(0);
    await expect(page.locator('[data-mark^="replica-"]:focus')).toHaveCount(1);
    await page.keyboard.press('v');
    await expect(page.getByRole('table').first()).toContainText('vive-le-ca');
    await page.keyboard.press('v');
    await expect(page.getByRole('table')).toHaveCount(0);
  });

  test('a step of a why-chain leads to its instant', async ({ page }) => {
    await openLab(page, '?e2e#/labo/lesson/tp-consommer');
    await page.locator('[data-mark^="replica-"]').first().press('Enter');
    await page.keyboard.press('w');
    const before = await page.evaluate(() => window.labInTests!.lab.timeline.now);

    await page.getByRole('dialog').getByRole('listitem').last().getByRole('button').first().press('Enter');

    await expect(page.getByRole('button', { name: /^Lecture/ })).toBeVisible();
    expect(await page.evaluate(() => window.labInTests!.lab.timeline.now)).toBeLessThan(before);
  });

  test('F6 goes round the regions; a command is typed and left by Escape twice', async ({ page }) => {
    await openLab(page, '#/labo/lesson/tp-topic');
    const regionOfFocus = () =>
      page.evaluate(() =>
        document.activeElement?.closest('#lesson, #figure, #terminals, footer.timebar')?.matches('#lesson')
          ? 'lesson'
          : (document.activeElement?.closest('#figure, #terminals')?.id ??
            (document.activeElement?.closest('footer') === null ? null : 'time')),
      );

    const seen: (string | null)[] = [];
    for (let press = 0; press < 4; press++) {
      await page.keyboard.press('F6');
      seen.push(await regionOfFocus());
    }
    expect(new Set(seen)).toEqual(new Set(['lesson', 'figure', 'terminals', 'time']));
    await page.locator('body').press('t');
    await page.keyboard.type('pwd');
    await page.keyboard.press('Enter');
    await expectScreen(page, '/home/apprenant/kafka/kafka_2.13-3.9.0');
    await leaveTerminal(page);
    expect(await regionOfFocus()).toBe('terminals');
    await page.keyboard.press('F6');

    expect(await regionOfFocus()).not.toBe('terminals');
  });

  test('the keys are listed at « ? », and letters can be switched off', async ({ page }) => {
    await openLab(page, '#/labo/sandbox/1');
    await page.locator('body').press('?');
    const keys = page.getByRole('dialog', { name: 'Raccourcis clavier' });
    await expect(keys).toBeVisible();

    await keys.getByRole('checkbox').press(' ');
    await page.keyboard.press('Escape');
    await expect(keys).toHaveCount(0);
    await page.locator('body').press('v');

    await expect(page.getByRole('table')).toHaveCount(0);
  });

  test('panels fold and come back', async ({ page }) => {
    await openLab(page, '#/labo/lesson/tp-topic');
    const lesson = page.getByRole('heading', { level: 1 });

    await page.locator('body').press('Control+b');
    await expect(lesson).not.toBeInViewport();
    await page.locator('body').press('Control+b');
    await expect(lesson).toBeInViewport();
    await page.locator('body').press('Control+j');
    await expect(page.locator('#terminals').getByRole('tab').first()).not.toBeInViewport();
    await page.locator('body').press('Control+j');

    await expect(page.locator('#terminals').getByRole('tab').first()).toBeInViewport();
  });
});
