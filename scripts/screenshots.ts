/**
 * Makes the picture of the README: a lesson beside three brokers, a topic of three partitions, a producer at work, a group reading; taken
 * while a record flies. `--all`: every theme at every size, into `docs/pictures`.
 */
import { chromium, type Page } from '@playwright/test';
import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import process from 'node:process';
import { build, preview } from 'vite';
import { findBrowser, launchArguments } from './findBrowser.ts';

const server = '--bootstrap-server localhost:9092';
const readme = { theme: 'light', width: 1280, height: 720, file: 'docs/lab.png' };
const all = ['light', 'dark', 'projector'].flatMap((theme) =>
  [
    [1280, 720],
    [1920, 1080],
  ].map(([width, height]) => ({
    theme,
    width: width!,
    height: height!,
    file: `docs/pictures/lab-${width}-${theme}.png`,
  })),
);

async function typeAt(page: Page, terminal: string, line: string): Promise<void> {
  await page.getByRole('tab', { name: terminal }).click();
  await page.locator('.xterm-helper-textarea:focus').waitFor({ state: 'attached' });
  await page.keyboard.type(line);
  await page.keyboard.press('Enter');
}

async function playScene(page: Page): Promise<void> {
  const topics = `bin/kafka-topics.sh --topic paiements ${server}`;
  await typeAt(
    page,
    'Lecteur 1',
    `${topics} --delete; ${topics} --create --partitions 3 --replication-factor 3; clear`,
  );
  await page.getByRole('button', { name: /paiements, P2 sur broker 2/ }).waitFor({ timeout: 60_000 });
  await page.waitForTimeout(1500);
  await typeAt(page, 'Lecteur 1', `bin/kafka-console-consumer.sh --topic paiements --group comptabilite ${server}`);
  const keyed = '--property parse.key=true --property key.separator=:';
  await typeAt(page, 'Producteur 1', `bin/kafka-console-producer.sh --topic paiements ${keyed} ${server}`);
  await page.getByRole('button', { name: /^A, comptabilite, Stable/ }).waitFor({ timeout: 60_000 });
  const payments = [
    'Alice:200',
    'Bob:35',
    'Chloé:60',
    'Gaëlle:5',
    'Alice:12',
    'Inès:4',
    'Bob:8',
    'Hugo:3',
    'Emma:9',
    'David:7',
  ];
  for (const payment of payments) await typeAt(page, 'Producteur 1', payment);
  // The last one is on every replica; where strips are short, the first ones are out of sight.
  await page
    .locator('.cell--stored')
    .nth(payments.length * 2)
    .waitFor({ timeout: 60_000 });
  // Committed: the carets are full.
  await page.waitForTimeout(7000);
  await typeAt(page, 'Producteur 1', 'Alice:77');
  // The followers fetch it: the record flies twice.
  await page.locator('.cell--aboveHighWatermark').first().waitFor({ timeout: 30_000 });
  await page.waitForTimeout(250);
}

await build({ logLevel: 'error' });
const host = await preview({ preview: { port: 4181 } });
const { executablePath, env } = await findBrowser();
const browser = await chromium.launch({ executablePath, args: [...launchArguments], env: { ...process.env, ...env } });
for (const { theme, width, height, file } of process.argv.includes('--all') ? all : [readme]) {
  const page = await browser.newPage({ viewport: { width, height }, locale: 'fr-FR' });
  await page.goto(`${host.resolvedUrls!.local[0]}?theme=${theme}#/labo/lesson/partitions-et-cles`);
  await page.locator('.xterm').first().waitFor({ timeout: 30_000 });
  await playScene(page);
  mkdirSync(dirname(file), { recursive: true });
  await page.screenshot({ path: file });
  console.log(file);
  await page.close();
}
await browser.close();
await host.close();
