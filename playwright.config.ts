// End-to-end tests: the built extension (dist/) in the system's Chromium. Nothing is tried twice: a flaky test is a failed test.
import { defineConfig } from '@playwright/test';

export default defineConfig({
  testDir: 'tests/e2e',
  outputDir: 'test-results',
  workers: 2, // most of a call is waiting; two share a small machine's two cores well, measured under load
  retries: 0,
  timeout: 60_000,
  globalTimeout: 25 * 60_000,
  expect: { timeout: 10_000 },
  forbidOnly: process.env['CI'] === 'true',
  reporter: 'list', // scripts/test.ts adds the json reporter
});
