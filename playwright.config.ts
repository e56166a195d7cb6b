/** What a learner does, in a real browser, on the built page. */
import { defineConfig, devices } from '@playwright/test';
import process from 'node:process';
import { findBrowser, launchArguments } from './scripts/findBrowser.ts';

const { executablePath, env } = await findBrowser();
const port = Number(process.env['E2E_PORT'] ?? 4179);

export default defineConfig({
  testDir: 'e2e',
  fullyParallel: true,
  workers: 2,
  forbidOnly: process.env['CI'] !== undefined,
  // The machine may be busy with other things: what takes long fails no test.
  timeout: 120_000,
  expect: { timeout: 30_000 },
  reporter: 'list',
  // Figures last, and alone: other tests beside them would be measured too.
  projects: [
    { name: 'page', testIgnore: 'bench.spec.ts' },
    { name: 'figures', testMatch: 'bench.spec.ts', dependencies: ['page'] },
  ],
  use: {
    ...devices['Desktop Chrome'],
    baseURL: `http://localhost:${port}/`,
    viewport: { width: 1280, height: 720 },
    locale: 'fr-FR',
    actionTimeout: 30_000,
    screenshot: 'only-on-failure',
    launchOptions: {
      executablePath,
      args: [...launchArguments],
      env: { ...process.env, ...env },
    },
  },
  webServer: {
    command: `npx --no-install vite build --logLevel error && npx --no-install vite preview --port ${port} --strictPort`,
    url: `http://localhost:${port}/`,
    reuseExistingServer: false,
    timeout: 120_000,
  },
});
