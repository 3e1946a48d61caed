import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, inject, test } from 'vitest'
import { openMongoStore } from '../../server/store/mongodb/open.ts'
import { startFerret } from '../support/mongodb/ferretdb.ts'
import { freshSeed, randomFrom } from '../support/powercut/random.ts'
import { verify } from '../support/powercut/verify.ts'
import type { Address, Task, Told } from '../support/powercut/writer.ts'
import { adapters, collect } from './adapters.ts'

const WRITER = fileURLToPath(new URL('../support/powercut/writer.ts', import.meta.url))

/** Half a minute of work; a machine that does seven other things gets its time. */
const PATIENCE = 400_000

interface Moment { lines: number; milliseconds: number }

/** Lets a writer tell of so many writes and go on for so long, then has `kill` strike; what it told until it was gone. */
async function writeUntilKilled(address: Address, seed: number, { lines, milliseconds }: Moment, kill: (writer: { kill(signal: 'SIGKILL'): void }) => void): Promise<Told[]> {
  const task: Task = { address, seed }
  const writer = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', WRITER, JSON.stringify(task)], { stdio: ['ignore', 'pipe', 'pipe'] })
  let told = ''
  let complaints = ''
  writer.stdout.setEncoding('utf8').on('data', (text: string) => {
    const before = linesIn(told)
    told += text
    if (before < lines && linesIn(told) >= lines) setTimeout(() => kill(writer), milliseconds)
  })
  writer.stderr.setEncoding('utf8').on('data', (text: string) => (complaints += text))
  await new Promise(resolve => writer.on('close', resolve))
  if (told === '') throw new Error(`the writer wrote nothing: ${complaints}`)
  return told.split('\n').slice(0, -1).map(line => JSON.parse(line) as Told)
}

const linesIn = (text: string) => text.split('\n').length - 1

describe.each(adapters())('crash: $name', adapter => {
  test('a writer killed with SIGKILL at 24 random moments loses nothing it was told and leaves nothing half done', async ({ skip }) => {
    if (!adapter.persists) return skip('this server keeps its data in memory')
    const seed = freshSeed()
    const random = randomFrom(seed)
    const place = adapter.makePlace()
    let checked = 0
    for (let kill = 0; kill < 24; kill++) {
      const told = await writeUntilKilled(place.address, seed + kill, { lines: 5 + random() * 30, milliseconds: random() * 20 }, writer => writer.kill('SIGKILL'))
      const store = await place.open()
      checked += await verify(store, told)
      await store.close()
    }
    console.log(`crash, ${adapter.name}: 24 kills, ${checked} acknowledged writes, seed ${seed}`)
    expect(checked).toBeGreaterThanOrEqual(24 * 5)
    await place.forget()
  }, PATIENCE)

  test('what an upload that was killed left aside is gone after the next start', async ({ skip }) => {
    if (adapter.shared) return skip('files on their way are swept after a day on a server that others use')
    const place = adapter.makePlace()
    const told = await writeUntilKilled(place.address, 1, { lines: 50, milliseconds: 5 }, writer => writer.kill('SIGKILL'))
    const store = await place.open()
    const { readdirSync } = await import('node:fs')
    expect(readdirSync(join((place.address as { dataDir: string }).dataDir, 'blobs', 'incoming'))).toEqual([])
    const listed = await collect(store.blobs.list(Date.now() + 60_000))
    for (const line of told) if (line.part === 'blob') expect(listed.map(blob => blob.sha256)).toContain(line.sha256)
    await store.close()
    await place.forget()
  })
})

describe('crash: the server itself', () => {
  test('FerretDB killed with SIGKILL while it is written to keeps what was acknowledged', async ({ skip }) => {
    const program = inject('mongodb')?.program
    if (!program) return skip('only a server of our own may be killed, and one that persists')
    const seed = freshSeed()
    const random = randomFrom(seed)
    const folder = mkdtempSync(join(tmpdir(), 'giao-ban-ferretdb-crash-'))
    let checked = 0
    let told: Told[] = []
    for (let kill = 0; kill < 6; kill++) {
      const served = await startFerret(program, folder)
      const store = await openMongoStore({ url: served.url })
      checked += await verify(store, told)
      await store.close()
      told = kill === 5 ? [] : await writeUntilKilled({ mongodbUrl: served.url }, seed + kill, { lines: 10 + random() * 60, milliseconds: random() * 20 }, writer => {
        void served.stop('SIGKILL').then(() => writer.kill('SIGKILL'))
      })
      await served.stop()
    }
    rmSync(folder, { recursive: true, force: true })
    console.log(`crash, FerretDB itself: 5 kills, ${checked} acknowledged writes, seed ${seed}`)
    expect(checked).toBeGreaterThanOrEqual(5 * 10)
  }, PATIENCE)
})
