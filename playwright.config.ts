// End-to-end tests: the built extension (dist/) in the system's Chromium. Nothing is tried twice: a flaky test is a failed test.
import { defineConfig } from '@playwright/test';

export default defineConfig({
  testDir: 'tests/e2e',
  outputDir: 'test-results',
  workers: 1, // calls are timed: they share the processor with the servers, not with each other
  retries: 0,
  timeout: 60_000,
  globalTimeout: 25 * 60_000,
  expect: { timeout: 10_000 },
  forbidOnly: process.env['CI'] === 'true',
  reporter: 'list', // scripts/test.ts adds the json reporter
});
