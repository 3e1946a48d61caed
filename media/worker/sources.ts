import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { WorkerFailed } from './failure.ts'

/** Besides `common_sources`: what makes a program of the library. Its congestion control is added to the list by a condition. */
const program = ['src/main.cpp']

/**
 * The files that make the worker, read from mediasoup's own build files; paths within its `worker` folder.
 * @throws WorkerFailed `sources` when the lists are not where they were
 */
export function workerSources(workerDir: string): string[] {
  const main = readFileSync(join(workerDir, 'meson.build'), 'utf8')
  const webrtc = readFileSync(join(workerDir, 'deps/libwebrtc/meson.build'), 'utf8')
  return [
    ...quoted(listAfter(main, 'common_sources = [')),
    ...quoted(listAfter(main, '  common_sources += [')),
    ...program,
    ...quoted(listAfter(webrtc, 'libwebrtc_sources = [')).map((file) => `deps/libwebrtc/${file}`),
  ]
}

function listAfter(text: string, opening: string): string {
  const [, after, ...others] = text.split(opening)
  if (after === undefined || others.length > 0 || !after.includes(']')) throw new WorkerFailed('sources', `meson.build: “${opening.trim()}” is not there once`)
  return after.slice(0, after.indexOf(']'))
}

function quoted(list: string): string[] {
  return [...list.matchAll(/'([^']+)'/g)].map(([, file = '']) => file)
}
