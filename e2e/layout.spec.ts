/** The lab's frame: what fits, what lies beside what, and what axe says of it. */
import { expect, type Page, test } from '@playwright/test';
import { expectAccessible } from './accessible.ts';
import { openLab, pressLetter } from './terminals.ts';

/** Header, lesson, figure, terminals, time bar. */
const regionSelectors = ['header.top', 'aside', 'main', 'section.terminals', 'footer.timebar'] as const;

interface Box {
  readonly name: string;
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/** The regions that are there, in whole CSS pixels. */
const regionsOf = (page: Page): Promise<readonly Box[]> =>
  page.evaluate(
    (names) =>
      names.flatMap((name) => {
        const box = document.querySelector(name)?.getBoundingClientRect();
        if (box === undefined) return [];
        const { left, top, right, bottom } = box;
        return [
          { name, left: Math.round(left), top: Math.round(top), right: Math.round(right), bottom: Math.round(bottom) },
        ];
      }),
    regionSelectors,
  );

const overlap = (a: Box, b: Box): boolean =>
  a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;

const pageOverflow = (page: Page): Promise<{ x: number; y: number }> =>
  page.evaluate(() => ({
    x: document.documentElement.scrollWidth - innerWidth,
    y: document.documentElement.scrollHeight - innerHeight,
  }));

for (const [width, height] of [
  [1280, 720],
  [1920, 1080],
  [1024, 768],
] as const) {
  test.describe(`at ${width}×${height}`, () => {
    test.use({ viewport: { width, height } });

    for (const address of ['#/labo/lesson/tp-consommer', '#/labo/sandbox/3']) {
      test(`${address} fits the window, region beside region`, async ({ page }) => {
        await openLab(page, address);
        const regions = await regionsOf(page);

        expect(await pageOverflow(page)).toEqual({ x: 0, y: 0 });
        expect(regions.map(({ name }) => name)).toEqual(
          regionSelectors.filter((name) => name !== 'aside' || address.includes('lesson')),
        );
        for (const [index, one] of regions.entries()) {
          expect([one.left >= 0, one.top >= 0, one.right <= width, one.bottom <= height, one.right > one.left]).toEqual(
            Array(5).fill(true),
          );
          const overlapping = regions.slice(index + 1).filter((other) => overlap(one, other));
          expect(overlapping.map(({ name }) => `${one.name} over ${name}`)).toEqual([]);
        }
      });
    }

    test('the home page does not scroll sideways', async ({ page }) => {
      await page.goto('.');
      await expect(page.getByRole('heading', { level: 1 })).toBeVisible();

      expect((await pageOverflow(page)).x).toBe(0);
    });
  });
}

test.describe('the lab has no accessibility fault', () => {
  for (const theme of ['light', 'dark', 'projector']) {
    test(`in the ${theme} theme, with a card open`, async ({ page }) => {
      await openLab(page, `?theme=${theme}#/labo/lesson/tp-consommer`);
      await page.locator('[data-mark^="replica-"]').first().click();
      await expect(page.getByRole('dialog')).toBeVisible();

      await expectAccessible(page);
    });
  }

  test('as a table, with three brokers', async ({ page }) => {
    await openLab(page, '#/labo/sandbox/3');
    await pressLetter(page, 'v');
    await expect(page.getByRole('table').first()).toBeVisible();

    await expectAccessible(page);
  });

  test('on a tablet, with the keys shown', async ({ page }) => {
    await page.setViewportSize({ width: 1024, height: 768 });
    await openLab(page, '#/labo/lesson/tp-topic');
    await expectAccessible(page);
    await pressLetter(page, '?');
    await expect(page.getByRole('dialog')).toBeVisible();

    await expectAccessible(page);
  });
});
