import { spawn, type ChildProcess } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { launchBrowser } from '../../support/browser.ts'
import { freePort } from '../../support/free-port.ts'
import { withinLimit, type Figure } from '../figure.ts'

const projectDir = new URL('../../../', import.meta.url).pathname
const starts = 5

/** Chunks of the PDF engine: asked for when a paper is opened, and counted apart. */
const engine = /(modernEngine|legacyEngine|pdf\.worker)/i

/** `npm start` as a person types it; milliseconds until the hub says it is ready. */
async function npmStart(dataDir: string): Promise<{ url: string; took: number; stop(): Promise<void> }> {
  const port = await freePort()
  const began = performance.now()
  const child: ChildProcess = spawn('npm', ['start'], {
    cwd: projectDir, detached: true, stdio: 'ignore', env: { ...process.env, MEDIA: 'present', PORT: String(port), DATA_DIR: dataDir },
  })
  const url = `http://localhost:${port}`
  const ready = () => fetch(`${url}/readyz`).then((answer) => answer.ok, () => false)
  const deadline = performance.now() + 300_000
  while (!(await ready())) {
    if (child.exitCode !== null || performance.now() > deadline) throw new Error('npm start did not come up')
    await new Promise((resolve) => setTimeout(resolve, 10))
  }
  return {
    url,
    took: performance.now() - began,
    async stop() {
      const gone = new Promise((resolve) => child.once('exit', resolve))
      // npm and its shell are in the way of a signal: the whole group is told.
      process.kill(-(child.pid ?? 0), 'SIGTERM')
      await gone
    },
  }
}

/** JavaScript that a delegate's tablet loads from the sign-in to the meeting page, gzip kB, before the PDF engine. */
async function delegateScripts(url: string): Promise<number> {
  const browser = await launchBrowser()
  try {
    const page = await (await browser.newContext({ viewport: { width: 1180, height: 820 }, locale: 'vi-VN' })).newPage()
    await page.goto(`${url}/sign-in`)
    const meetingId = await page.evaluate(async () => {
      const send = (path: string, body: unknown) => fetch(path, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) })
      await send('/api/session', { username: 'daibieu1', password: 'tangiang2026' })
      const { meetings } = await (await fetch('/api/meetings')).json() as { meetings: { meetingId: string; status: string }[] }
      return meetings.find(({ status }) => status === 'inSession')?.meetingId
    })
    const scripts = new Set<string>()
    page.on('response', (response) => { if (new URL(response.url()).pathname.endsWith('.js')) scripts.add(new URL(response.url()).pathname) })
    await page.goto(`${url}/meetings/${meetingId}`)
    await page.locator('canvas').first().waitFor({ timeout: 60_000 })
    const counted = [...scripts].filter((path) => !engine.test(path))
    return counted.reduce((sum, path) => sum + gzipSync(readFileSync(join(projectDir, 'client/dist', path))).length, 0) / 1000
  } finally {
    await browser.close()
  }
}

/** First load of the delegate page, and the second start of the hub. */
export async function firstLoad(): Promise<Figure[]> {
  const dataDir = await mkdtemp(join(tmpdir(), 'giao-ban-start-'))
  try {
    const first = await npmStart(dataDir)
    const weight = await delegateScripts(first.url)
    await first.stop()
    const times: number[] = []
    for (let start = 0; start < starts; start += 1) {
      const again = await npmStart(dataDir)
      times.push(again.took)
      await again.stop()
    }
    return [
      withinLimit('First load of the delegate page: JavaScript before the PDF engine, gzip', 'kB', [weight], 250, 'cold cache, straight to the meeting in session'),
      withinLimit('Second start of the hub: npm start until /readyz answers', 'ms', times, 2000, 'demo data'),
    ]
  } finally {
    await rm(dataDir, { recursive: true, force: true })
  }
}
