// Long runs in Chromium. As playwright.config.ts, but hours may pass.
import { defineConfig } from '@playwright/test';
import everyday from '../../playwright.config';

export default defineConfig({
  ...everyday,
  testDir: '.',
  testMatch: '*.spec.ts', // the others are Vitest's
  outputDir: '../../test-results',
  timeout: 0,
  globalTimeout: 0,
});
