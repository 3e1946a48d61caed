import { readdirSync, readFileSync, statSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import type { Plugin } from 'vite'
import { mendedPdf } from './mendings.vite.ts'

/** What pdf.js fetches by name while it draws: character maps, the fonts a PDF may leave out, picture decoders, colour profiles. */
const folders = ['cmaps', 'standard_fonts', 'wasm', 'iccs']

/** The scripting engine for forms is not among them: the reader runs no script of a paper. */
const leftOut = /^quickjs/u

const types: Record<string, string> = { wasm: 'application/wasm', js: 'text/javascript', icc: 'application/vnd.iccprofile' }

/** Ships those files with the client, under /pdf/, so that a page asks nothing of the outside world. */
export function pdfAssets(): Plugin[] {
  const source = dirname(createRequire(import.meta.url).resolve('pdfjs-dist/package.json'))
  const files = new Map<string, string>()
  for (const folder of folders) for (const name of readdirSync(join(source, folder))) {
    const path = join(source, folder, name)
    if (statSync(path).isFile() && !leftOut.test(name)) files.set(`pdf/${folder}/${name}`, path)
  }
  return [mendedPdf(), {
    name: 'pdf-assets',
    config: () => ({ worker: { format: 'es', plugins: () => [mendedPdf()] } }),
    generateBundle() {
      for (const [fileName, path] of files) this.emitFile({ type: 'asset', fileName, source: readFileSync(path) })
    },
    configureServer(server) {
      server.middlewares.use((request, response, next) => {
        const path = files.get(decodeURIComponent(request.url?.split('?')[0]?.slice(1) ?? ''))
        if (!path) return next()
        response.setHeader('Content-Type', types[path.split('.').at(-1) ?? ''] ?? 'application/octet-stream')
        response.end(readFileSync(path))
      })
    },
  }]
}
