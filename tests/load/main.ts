/**
 * `npm run bench`: every figure, one line each, and the tables in docs/performance.md.
 * `npm run bench -- ballots join` runs only those, and writes only their sections.
 */
import { readFile, writeFile } from 'node:fs/promises'
import type { Figure } from './figure.ts'
import { line, page } from './report.ts'

interface Bench { title: string; run: () => AsyncIterable<Figure> | Promise<Iterable<Figure>> }

const benches: Record<string, Bench> = {
  fanOut: { title: 'Facts to a thousand screens', run: async () => (await import('./live/fan-out.ts')).fanOut() },
  pointing: { title: 'Pointing while a vote is open', run: async () => (await import('./live/pointing.ts')).pointing() },
  ballots: { title: 'Ballots', run: async function* () { yield* (await import('./ballots/ballots.ts')).ballots() } },
  join: { title: 'Joining late', run: async () => [await (await import('./join/join.ts')).lateJoin()] },
  restart: { title: 'A hub that starts again', run: async () => [await (await import('./join/restart.ts')).restart()] },
  firstPage: { title: 'First page of a paper', run: async function* () { yield* (await import('./first-page/first-page.ts')).firstPage() } },
  linearising: { title: 'Papers put in the order of their pages', run: async () => (await import('./first-page/linearising.ts')).linearising() },
  annotations: { title: 'Annotations to two hundred readers', run: async function* () { yield* (await import('./collab/fan-out.ts')).annotations() } },
  coEditing: { title: 'Many authors of one text', run: async function* () { yield* (await import('./collab/co-editing.ts')).coEditing() } },
  storage: { title: 'Ink on disk', run: async function* () { yield* (await import('./collab/storage.ts')).storage() } },
  readerMemory: { title: 'Memory of the reader', run: async () => (await import('./reader/memory.ts')).readerMemory() },
  conversion: { title: 'Office files to PDF', run: async () => [await (await import('./conversion/conversion.ts')).conversion()] },
  mediaRoom: { title: 'The media room', run: async function* () { yield* (await import('./media/media.ts')).mediaRoom() } },
  recording: { title: 'Recordings', run: async () => (await import('./media/recording.ts')).recording() },
  weakLine: { title: 'A site on a poor line', run: async function* () { yield* (await import('./weak-line/weak-line.ts')).weakLine() } },
  tenMinutes: { title: 'Ten minutes at 64 kbit/s', run: async function* () { yield* (await import('./weak-line/ten-minutes.ts')).tenMinutes() } },
  page: { title: 'The page itself', run: async () => (await import('./page/page.ts')).firstLoad() },
}

const asked = process.argv.slice(2).filter((name) => name in benches)
const figures: Figure[] = []
for (const bench of asked.length > 0 ? asked : Object.keys(benches)) {
  const { title, run } = benches[bench] as Bench
  const own: Figure[] = []
  for await (const figure of await run()) {
    own.push(figure)
    console.log(line(figure))
  }
  const file = new URL('../../docs/performance.md', import.meta.url)
  await writeFile(file, page(await readFile(file, 'utf8'), { bench, title, figures: own }, Object.keys(benches)))
  figures.push(...own)
}
process.exitCode = figures.every(({ met }) => met) ? 0 : 1
// Children have been stopped; what a library may still hold open must not keep a finished run alive.
process.exit()
