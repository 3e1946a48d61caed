/**
 * `npm run bench`: every figure, one line each, and the table in docs/performance.md.
 * `npm run bench -- ballots join` runs only those, and leaves the page alone.
 */
import { writeFile } from 'node:fs/promises'
import type { Figure } from './figure.ts'
import { line, page } from './report.ts'

const runs: Record<string, () => AsyncIterable<Figure> | Promise<Iterable<Figure>>> = {
  fanOut: async () => (await import('./live/fan-out.ts')).fanOut(),
  ballots: async function* () { yield* (await import('./ballots/ballots.ts')).ballots() },
  join: async () => [await (await import('./join/join.ts')).lateJoin()],
  restart: async () => [await (await import('./join/restart.ts')).restart()],
  firstPage: async () => (await import('./first-page/first-page.ts')).firstPage(),
  page: async () => (await import('./page/page.ts')).firstLoad(),
}

const chosen = process.argv.slice(2).filter((name) => name in runs)
const figures: Figure[] = []
for (const name of chosen.length > 0 ? chosen : Object.keys(runs)) {
  for await (const figure of (await runs[name]?.()) ?? []) {
    figures.push(figure)
    console.log(line(figure))
  }
}
if (chosen.length === 0) await writeFile(new URL('../../docs/performance.md', import.meta.url), page(figures))
process.exitCode = figures.every(({ met }) => met) ? 0 : 1
// Children have been stopped; what a library may still hold open must not keep a finished run alive.
process.exit()
