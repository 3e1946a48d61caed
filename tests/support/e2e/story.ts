import { mkdir } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach } from 'vitest'
import { builtClient, buildClient, clientIsStale } from '../../../server/client-build/build.ts'
import type { Screen } from './screens.ts'

/** The client as `npm start` serves it; built when its sources have changed. */
export async function clientDir(): Promise<string> {
  if (clientIsStale()) await buildClient()
  const dir = builtClient()
  if (!dir) throw new Error('there is no built client')
  return dir
}

/**
 * The tests of a story stand on each other: after the first that fails the others are skipped, and what every screen
 * showed at that moment is kept as pictures.
 */
export function tellInOrder(screens: ReadonlyMap<string, Pick<Screen, 'page'>>): void {
  let broken = false
  beforeEach(context => context.skip(broken, 'an earlier part of the story failed'))
  afterEach(async ({ task }) => {
    if (broken || task.result?.state !== 'fail') return
    broken = true
    const folder = join(tmpdir(), 'giao-ban-e2e', String(Date.now()))
    await mkdir(folder, { recursive: true })
    for (const [name, { page }] of screens) await page.screenshot({ path: join(folder, `${name}.png`), timeout: 10_000 }).catch(() => undefined)
    console.log(`what the screens showed when “${task.name}” failed: ${folder}`)
  })
}
