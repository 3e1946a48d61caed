import { fork } from 'node:child_process'
import { dirname } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { PictureOutcome } from './limits.ts'

const script = fileURLToPath(new URL('./main.ts', import.meta.url))
const limits = { memory: 1_200 * 2 ** 20, computing: 60_000, time: 120_000 }

/** One at a time: a picture unpacked is large. */
let before: Promise<unknown> = Promise.resolve()

/** Makes a PDF at `output` of the picture at `input`, one page for each page of it, in a process of its own. */
export function pictureToPdf(input: string, output: string, onStart: () => void = () => {}): Promise<PictureOutcome> {
  const made = before.then(() => {
    onStart()
    return inProcess(input, output)
  })
  before = made.catch(() => undefined)
  return made
}

function inProcess(input: string, output: string): Promise<PictureOutcome> {
  return new Promise((resolve, reject) => {
    const child = fork(script, [input, output, String(limits.memory), String(limits.computing)], {
      execArgv: ['--disable-warning=ExperimentalWarning', '--disable-warning=SecurityWarning', '--permission', '--allow-fs-read=*', `--allow-fs-write=${dirname(output)}/*`, '--allow-addons'],
      env: {},
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    })
    let outcome: PictureOutcome | null = null
    const timer = setTimeout(() => child.kill('SIGKILL'), limits.time)
    child.on('message', message => { outcome = message as PictureOutcome })
    child.on('error', error => { clearTimeout(timer); reject(error) })
    child.on('exit', (_code, signal) => {
      clearTimeout(timer)
      resolve(outcome ?? (signal === 'SIGKILL' ? 'tooLarge' : 'damaged'))
    })
  })
}
