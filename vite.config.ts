// Builds the extension: one manifest in, one folder (dist/) out that Chrome and Edge load as it is.
import preact from '@preact/preset-vite';
import { defineConfig } from 'vite';
import webExtension from 'vite-plugin-web-extension';

export default defineConfig(({ mode }) => ({
  plugins: [
    preact({ devToolsEnabled: false, prefreshEnabled: false }),
    webExtension({
      manifest: 'manifest.json',
      additionalInputs: ['offscreen/index.html', 'popup/panel.html', 'content/finder.ts'],
      skipManifestValidation: true, // validation fetches its schema from the network
      disableAutoLaunch: true,
    }),
  ],
  build: {
    outDir: process.env['CALLBAR_DIST'] ?? 'dist',
    emptyOutDir: true,
    target: 'chrome140',
    minify: mode === 'production',
    sourcemap: mode !== 'production',
    modulePreload: false,
    rollupOptions: {
      output: { chunkFileNames: 'chunks/[name]-[hash].js', assetFileNames: 'assets/[name]-[hash][extname]' },
    },
  },
}));
