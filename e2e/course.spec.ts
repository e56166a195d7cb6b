/** Lessons from their first step to their last, as who presses « Taper pour moi » sees them. */
import { expect, test, type Page } from '@playwright/test';

async function openLesson(page: Page, lesson: string): Promise<void> {
  await page.goto(`#/labo/lesson/${lesson}`);
  await expect(page.locator('.xterm').first()).toBeVisible();
}

/** Does what the present step asks, the first answer to a question whatever it is. */
async function doStep(page: Page): Promise<void> {
  const task = page.locator('.lesson .task');
  const question = page.locator('.lesson fieldset');
  await expect(task.or(question).first()).toBeVisible();
  if ((await task.count()) > 0) {
    await page
      .locator('.task-actions')
      .getByRole('button', { name: /pour moi/ })
      .click();
    await expect(page.locator('.lesson .task.done')).toHaveCount(1, { timeout: 60_000 });
    return;
  }
  await question.getByRole('radio').first().check();
  await question.getByRole('button', { name: /^(Vérifier en direct|Répondre)$/ }).click();
  await expect(question.locator('.choice.right')).toHaveCount(1);
}

test.describe('a lesson done by « pour moi »', () => {
  for (const [lesson, steps] of [
    ['prise-en-main-du-labo', 4],
    ['travailler-en-groupe', 6],
    ['panne-leader', 5],
    ['isr-qui-retrecit', 4],
  ] as const) {
    test(`${lesson}: each task is met, each prediction is answered by its hidden branch`, async ({ page }) => {
      test.setTimeout(240_000);
      const errors: string[] = [];
      page.on('pageerror', ({ message }) => errors.push(message));
      await openLesson(page, lesson);

      for (let step = 1; step <= steps; step++) {
        await expect(page.getByText(`étape ${step} sur ${steps}`)).toBeVisible();
        await doStep(page);
        if (step < steps) await page.getByRole('button', { name: 'Suivant' }).click();
      }

      await expect(page.getByText('À essayer')).toBeVisible();
      expect(errors).toEqual([]);
    });
  }

  test('a broker killed at the prompt counts as one killed in the figure; another one gets its sentence', async ({
    page,
  }) => {
    await openLesson(page, 'panne-leader');
    for (let step = 1; step < 3; step++) await page.getByRole('button', { name: 'Suivant' }).click();
    await expect(page.getByText('tuez le leader de la partition 0')).toBeVisible();
    await page.locator('#terminals').getByRole('tab', { name: /Admin/ }).click();

    await page.keyboard.type("kill -9 $(ps ax | grep server-2.properties | grep -v grep | awk '{print $1}')");
    await page.keyboard.press('Enter');

    await expect(page.locator('.task-status')).toContainText('n’est pas le leader de la partition 0');
  });
});
