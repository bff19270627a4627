// Unit tests beside their files; integration tests (real back end + demo exchange, in Node); soaks, run by `npm run soak` alone.
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'unit',
          include: ['{src,background,offscreen,content,popup,options,demo,scripts}/**/*.test.{ts,tsx}'],
        },
      },
      { test: { name: 'integration', include: ['tests/integration/**/*.test.ts'], testTimeout: 30_000 } },
      { test: { name: 'soak', include: ['tests/soak/**/*.test.ts'] } },
    ],
  },
});
