import { fileURLToPath } from 'node:url'
import type { Page } from 'playwright-core'
import { build, type Rolldown } from 'vite'
import type { WeakLine } from '../../support/media/relay.ts'

/** Three temporal layers in each spatial one, counted through from 0; −1: none. */
export interface Layer { at: number; layer: number }

/** A peer of the bench: two pages as ours are, in the same browser with the same camera and voice; the site's behind a relay of its own. */
export interface OtherRoom {
  readonly line: WeakLine
  readonly site: Page
  /** What the site was sent of the room's picture from each moment on, by this machine's clock. */
  layers(): Promise<readonly Layer[]>
  close(): Promise<void>
}

/** A page that runs this program of the folder. */
export async function pageOf(program: string): Promise<string> {
  const built = await build({
    configFile: false, logLevel: 'silent',
    build: { write: false, target: 'esnext', rolldownOptions: { input: fileURLToPath(new URL(program, import.meta.url)) } },
  }) as Rolldown.RolldownOutput
  return `<!doctype html><meta charset="utf-8"><title>${program}</title><body><script type="module">${built.output[0].code.replaceAll('</script', '<\\/script')}</script>`
}
