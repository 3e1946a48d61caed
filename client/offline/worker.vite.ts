import { createHash } from 'node:crypto'
import { globSync, readFileSync } from 'node:fs'
import { stripTypeScriptTypes } from 'node:module'
import { resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Plugin } from 'vite'

const source = fileURLToPath(new URL('worker/serviceWorker.ts', import.meta.url))
const application = fileURLToPath(new URL('..', import.meta.url)).replace(/[\\/]$/u, '')
const publicFolder = `${application}/public`

/** Character maps for Chinese, Japanese and Korean without their own fonts: fetched when a paper asks for them. */
const rare = /^pdf\/cmaps\//u

/** Ships client/offline/worker/serviceWorker.ts as /sw.js, with the names of all files of this build and their version in front. */
export function serviceWorker(): Plugin {
  let isApplication = true
  return {
    name: 'service-worker',
    apply: 'build',
    configResolved: ({ root }) => { isApplication = resolve(root) === application },
    generateBundle: {
      order: 'post',
      handler(_options, bundle) {
        // Pages that tests build with the same settings have no application to keep.
        if (!isApplication) return
        const files = new Map<string, string | Uint8Array>(Object.values(bundle).map((file) => [file.fileName, file.type === 'chunk' ? file.code : file.source]))
        for (const name of globSync('**/*.*', { cwd: publicFolder })) files.set(name, readFileSync(`${publicFolder}/${name}`))
        const names = [...files.keys()].filter((name) => !name.endsWith('.map') && !rare.test(name)).sort()
        const version = createHash('sha256')
        for (const name of names) version.update(`${name}\0`).update(files.get(name) ?? '').update('\0')

        const isRest = (name: string) => name.startsWith('pdf/') || name.startsWith('icons/')
        const isLegacy = (name: string) => /^assets\/(?:legacyEngine|pdf\.worker)-/u.test(name) && String(files.get(name)).includes('core-js')
        const isModern = (name: string) => /^assets\/(?:modernEngine|pdf\.worker)-/u.test(name) && !isLegacy(name)
        const list = (wanted: (name: string) => boolean) => names.filter(wanted).map((name) => `/${name}`)
        const shell = {
          version: version.digest('hex').slice(0, 16),
          files: list((name) => !isRest(name) && !isLegacy(name) && !isModern(name)),
          modern: list(isModern),
          legacy: list(isLegacy),
          rest: list(isRest),
        }
        if (shell.modern.length !== 2 || shell.legacy.length !== 2) this.error(`the two builds of the reader were not found: ${[...shell.modern, ...shell.legacy].join(', ')}`)
        this.emitFile({ type: 'asset', fileName: 'sw.js', source: `const shell = ${JSON.stringify(shell)}\n${stripTypeScriptTypes(readFileSync(source, 'utf8'))}` })
      },
    },
  }
}
