import { fileURLToPath } from 'node:url'
import { build } from 'vite'

/** Builds the page with the reader as the client is built, and says where it lies. */
export async function buildReaderPage(): Promise<string> {
  const outDir = fileURLToPath(new URL('../../../node_modules/.cache/reader-page', import.meta.url))
  await build({
    configFile: fileURLToPath(new URL('../../../client/vite.config.ts', import.meta.url)),
    root: fileURLToPath(new URL('.', import.meta.url)),
    logLevel: 'error',
    build: { outDir, emptyOutDir: true },
  })
  return outDir
}
