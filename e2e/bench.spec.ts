/** Figures of the page in a real browser; what is asserted is not a time: bytes, and that there is something to measure. */
import { type CDPSession, expect, type Page, test } from '@playwright/test';
import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { FigureBook } from './figures.ts';
import { expectScreen, goToTerminal, openLab } from './terminals.ts';

const book = new FigureBook();
/** A second at 60 frames a second. */
const frames = 60;

interface FrameGaps {
  readonly gaps: readonly number[];
}

/** Milliseconds between frames, that many in a row. */
const measureFrames = (page: Page, count: number): Promise<FrameGaps> =>
  page.evaluate(
    (wanted) =>
      new Promise<FrameGaps>((resolve) => {
        const gaps: number[] = [];
        let last = performance.now();
        const onFrame = (at: number): void => {
          gaps.push(at - last);
          last = at;
          if (gaps.length < wanted) requestAnimationFrame(onFrame);
          else resolve({ gaps });
        };
        requestAnimationFrame((at) => {
          last = at;
          requestAnimationFrame(onFrame);
        });
      }),
    count,
  );

const framesPerSecond = ({ gaps }: FrameGaps): number => (1000 * gaps.length) / gaps.reduce((sum, gap) => sum + gap, 0);

/** Until the time bar's clock has shown so many other instants: ten a second while time runs. */
const clockChanges = (page: Page, count: number): Promise<void> =>
  page.locator('.timebar-clock').evaluate(
    (clock, wanted) =>
      new Promise<void>((resolve) => {
        let changes = 0;
        const observer = new MutationObserver(() => {
          if (++changes < wanted) return;
          observer.disconnect();
          resolve();
        });
        observer.observe(clock, { characterData: true, childList: true, subtree: true });
      }),
    count,
  );

/** Seconds that the main thread has worked since the page began, and on the browser's clock. */
async function mainThread(session: CDPSession): Promise<{ readonly workS: number; readonly atS: number }> {
  const { metrics } = await session.send('Performance.getMetrics');
  const value = (name: string): number => metrics.find((metric) => metric.name === name)?.value ?? Number.NaN;
  return { workS: value('TaskDuration'), atS: value('Timestamp') };
}

/** Names of the built files that match, and of all that they import at once. */
function staticImportsOf(entry: RegExp): ReadonlySet<string> {
  const folder = 'dist/assets';
  const found = new Set<string>();
  const visit = (file: string): void => {
    if (found.has(file)) return;
    found.add(file);
    if (!file.endsWith('.js')) return;
    const text = readFileSync(join(folder, file), 'utf8');
    for (const [, imported] of text.matchAll(/(?:from|import)\s*["'`]\.\/([^"'`]+)["'`]/g)) visit(imported ?? '');
  };
  for (const file of readdirSync(folder)) if (entry.test(file)) visit(file);
  return found;
}

test.describe('figures', () => {
  test.describe.configure({ mode: 'serial' });
  test.use({ viewport: { width: 1920, height: 1080 } });

  for (const flights of [1400, 2000]) {
    test(`${flights} messages fly at 1920×1080`, async ({ page }) => {
      await page.goto(`#/bench/${flights}`);
      const output = page.locator('output[data-figures]');
      await expect(output).toBeVisible();
      const first = await output.getAttribute('data-figures');
      // A whole second that does not hold the start of the page.
      await expect(output).not.toHaveAttribute('data-figures', first ?? '');

      const told = JSON.parse((await output.getAttribute('data-figures')) ?? '{}') as Record<string, number>;
      const measured = await measureFrames(page, frames);

      book.note(`${flights} messages in flight`, {
        ...told,
        framesPerSecondBesides: framesPerSecond(measured),
      });
      await expect(output).toContainText(`${flights} ·`);
      expect(Object.keys(told)).toEqual(['framesPerSecond', 'medianWorkMs', 'p95WorkMs', 'longestGapMs']);
    });
  }

  test('the bench without a number has one', async ({ page }) => {
    for (const address of ['#/bench', '#/bench/beaucoup']) {
      await page.goto(address);
      await expect(page.locator('output[data-figures]')).toHaveText(/^1400 · /);
    }
  });

  test('the lab at rest', async ({ page }) => {
    await openLab(page, '#/labo/sandbox/3');
    const session = await page.context().newCDPSession(page);
    await session.send('Performance.enable');
    await measureFrames(page, frames);

    const before = await mainThread(session);
    await clockChanges(page, 20);
    const after = await mainThread(session);

    const share = (100 * (after.workS - before.workS)) / (after.atS - before.atS);
    book.note('the lab at rest, three brokers, time running', { mainThreadPercent: share });
    expect(share).toBeGreaterThan(0);
  });

  test('a command typed', async ({ page }) => {
    await openLab(page, '#/labo/sandbox/1');
    await goToTerminal(page, /Admin/);
    await page.evaluate(() => {
      const found: { longestFrame: number; longestTask: number } = { longestFrame: 0, longestTask: 0 };
      Object.assign(window, { foundWhileTyping: found });
      let last = performance.now();
      const onFrame = (at: number): void => {
        found.longestFrame = Math.max(found.longestFrame, at - last);
        last = at;
        requestAnimationFrame(onFrame);
      };
      requestAnimationFrame(onFrame);
      new PerformanceObserver((list) => {
        for (const { duration } of list.getEntries()) found.longestTask = Math.max(found.longestTask, duration);
      }).observe({ type: 'longtask' });
    });

    await page.keyboard.type('bin/kafka-topics.sh --list --bootstrap-server localhost:9092', { delay: 20 });
    const typing = await page.evaluate(() => ({ ...Reflect.get(window, 'foundWhileTyping') }));
    await page.keyboard.press('Enter');
    await expectScreen(page, /9092.*\$ *$/);

    const whole = await page.evaluate(() => ({ ...Reflect.get(window, 'foundWhileTyping') }));
    book.note('typing a command', typing);
    book.note('typing a command and awaiting its answer', whole);
    expect(Object.keys(whole)).toEqual(['longestFrame', 'longestTask']);
  });

  test('ready to type', async ({ page }) => {
    // The instant at which a prompt is on the screen, by the page's own clock.
    await page.addInitScript(() => {
      const look = (): void => {
        if (document.querySelector('.xterm-rows')?.textContent?.includes('$') === true)
          performance.mark('ready-to-type');
        else requestAnimationFrame(look);
      };
      requestAnimationFrame(look);
    });
    const readyMs = async (): Promise<number> => {
      await expect(page.locator('.xterm-rows').first()).toContainText('$');
      const at = await page.waitForFunction(() => performance.getEntriesByName('ready-to-type')[0]?.startTime);
      return Number(await at.jsonValue());
    };
    await page.goto('#/labo/lesson/tp-topic');
    const firstMs = await readyMs();
    await page.reload();
    const againMs = await readyMs();

    book.note('ready to type, from navigation', { firstMs, reloadedMs: againMs });
    expect(firstMs).toBeGreaterThan(0);
  });

  test('ready to type, from the course map', async ({ page }) => {
    await page.goto('#/');
    // The lab's code comes while the map is read.
    await page.waitForFunction(() =>
      performance.getEntriesByType('resource').some(({ name }) => name.includes('LabTerminals')),
    );
    await page.waitForLoadState('networkidle');
    const lesson = page.getByRole('link', { name: /TP 3/ });
    await lesson.evaluate((link) => {
      const chosenAt = performance.now();
      const look = (): void => {
        if (document.querySelector('.xterm-rows')?.textContent?.includes('$') === true)
          Reflect.set(window, 'readyAfterMs', performance.now() - chosenAt);
        else requestAnimationFrame(look);
      };
      requestAnimationFrame(look);
      (link as HTMLElement).click();
    });
    const ready = await page.waitForFunction(() => Number(Reflect.get(window, 'readyAfterMs')) || 0);
    const afterMs = await ready.jsonValue();

    book.note('ready to type, from the course map', { afterMs });
    expect(afterMs).toBeGreaterThan(0);
  });

  test('a lab’s code is asked for at once, not part after part', async ({ page }) => {
    await page.goto('#/labo/lesson/tp-topic', { waitUntil: 'commit' });

    for (const part of ['LabPage', 'openLab', 'LabTerminals'])
      await expect(page.locator(`head > script ~ link[rel="modulepreload"][href*="/${part}-"]`).first()).toBeAttached();
  });

  test('≤ 200 kB gzipped come before the first lesson shows', async ({ page }) => {
    const bytes = new Map<string, Promise<number>>();
    page.on('response', (response) => {
      const size = response.body().then(
        (body) => (/\.(?:woff2|png)$/.test(response.url()) ? body.length : gzipSync(body).length),
        () => 0,
      );
      bytes.set(response.url(), size);
    });
    // Whatever else is asked for waits until the words are there: that they come proves that they need none of it.
    let showLesson = (): void => {};
    const isShown = new Promise<void>((resolve) => {
      showLesson = resolve;
    });
    const waiting: string[] = [];
    const needed = staticImportsOf(/^(?:index|LabPage|tpTopic(?:\.\w+)?)-/);
    await page.route(/\/assets\/[^/]*\.(?:js|css)$/, async (route) => {
      const file = basename(new URL(route.request().url()).pathname);
      if (!needed.has(file)) {
        waiting.push(file);
        await isShown;
      }
      await route.continue();
    });

    await page.goto('#/labo/lesson/tp-topic', { waitUntil: 'commit' });
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('TP 3 — Créer un topic');
    await page.evaluate(() => document.fonts.ready);
    const sizes = await Promise.all([...bytes].map(async ([url, size]) => [url, await size] as const));
    showLesson();

    const kB = sizes.reduce((sum, [, size]) => sum + size, 0) / 1000;
    book.note('before the first lesson shows', { gzippedKB: kB, files: sizes.length, waiting: waiting.length });
    expect(kB).toBeLessThanOrEqual(200);
    // The rest is lazy, and comes.
    expect(waiting.length).toBeGreaterThan(0);
    await expect(page.locator('.xterm-rows').first()).toContainText('$');
  });
});
