import { expect, test } from '@playwright/test';
import { expectAccessible } from './accessible.ts';

test.describe('the first page', () => {
  test('shows the course map, the sandbox and the licences, in French first', async ({ page }) => {
    await page.goto('.');

    await expect(page.getByRole('heading', { level: 1 })).toHaveText('Votre parcours');
    await expect(page.getByRole('link', { name: /TP 3/ })).toBeVisible();
    await expect(page.getByRole('link', { name: '3 brokers', exact: true })).toBeVisible();
    await expect(page.getByText('CC BY-SA 4.0')).toBeVisible();
    await expect(page.getByRole('contentinfo')).toContainText('Apache Software Foundation');
  });

  test('speaks English when asked, and remembers it', async ({ page }) => {
    await page.goto('.');
    await page.getByRole('button', { name: 'Switch to English' }).click();
    await page.reload();

    await expect(page.getByRole('heading', { level: 1 })).toHaveText('Your course');
    await expect(page.locator('html')).toHaveAttribute('lang', 'en');
  });

  test.describe('for a browser in English', () => {
    test.use({ locale: 'en-US' });

    test('is in English at the first visit, and in French once it was asked for', async ({ page }) => {
      await page.goto('.');
      await expect(page.getByRole('heading', { level: 1 })).toHaveText('Your course');
      await page.getByRole('button', { name: /français/ }).click();
      await page.reload();

      await expect(page.getByRole('heading', { level: 1 })).toHaveText('Votre parcours');
    });
  });

  test('leads to nothing that is not there', async ({ page }) => {
    await page.goto('.');
    const links = await page.getByRole('main').getByRole('link').all();

    for (const link of links) expect(await link.getAttribute('href')).toMatch(/^#\/labo\/lesson\/[a-z-]+$/);
  });

  for (const theme of ['light', 'dark', 'projector']) {
    test(`has no accessibility fault in the ${theme} theme`, async ({ page }) => {
      await page.goto(`?theme=${theme}`);

      await expectAccessible(page);
    });
  }
});
