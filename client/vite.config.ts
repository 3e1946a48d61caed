import { fileURLToPath } from 'node:url'
import tailwindcss from '@tailwindcss/vite'
import vue from '@vitejs/plugin-vue'
import { defineConfig } from 'vite'
import { precompiledMessages } from './i18n/precompile.vite.ts'
import { serviceWorker } from './offline/worker.vite.ts'
import { pdfAssets } from './pdf/assets.vite.ts'

/** The client: built into client/dist, which the hub serves. `npx vite --config client/vite.config.ts` serves it for development, with HUB as its hub. */
export default defineConfig({
  root: fileURLToPath(new URL('.', import.meta.url)),
  base: '/',
  cacheDir: '../node_modules/.cache/vite-client',
  plugins: [precompiledMessages(), vue(), tailwindcss(), pdfAssets(), serviceWorker()],
  // Two copies of Yjs break `instanceof` without a word.
  resolve: { dedupe: ['yjs', 'vue'] },
  define: {
    __VUE_OPTIONS_API__: false,
    __VUE_PROD_DEVTOOLS__: false,
    __VUE_I18N_FULL_INSTALL__: false,
    __VUE_I18N_LEGACY_API__: false,
    __INTLIFY_PROD_DEVTOOLS__: false,
  },
  build: {
    outDir: 'dist',
    emptyOutDir: true,
    target: ['chrome109', 'safari16.4', 'firefox115'],
    // Fonts stay files of their own: `font-src 'self'` knows no data: addresses, and a page need not carry those it does not use.
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 700,
    // Icons of two hundred bytes each would be as many requests, and weigh twice as much when each is compressed alone.
    rolldownOptions: { output: { codeSplitting: { includeDependenciesRecursively: false, groups: [{ name: 'icons', minShareCount: 2, test: /[\\/]@lucide[\\/]/u }] } } },
  },
  server: {
    proxy: process.env.HUB ? {
      '/api': { target: process.env.HUB },
      '/live': { target: process.env.HUB, ws: true },
      '/collab': { target: process.env.HUB, ws: true },
    } : {},
  },
})
