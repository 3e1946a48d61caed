import { execFileSync } from 'node:child_process'
import { accessSync, constants } from 'node:fs'
import { chromium, type Browser } from 'playwright-core'

/** Starts as root and without a screen or an internet (docs: "Machines without the internet"). */
export const browserFlags: readonly string[] = [
  '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
  '--disable-component-update', '--disable-sync',
]

const places = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/snap/bin/chromium', '/usr/bin/google-chrome']

const typeThis = 'sudo apt-get install -y chromium'

function found(): string | undefined {
  return [process.env.CHROMIUM_BIN ?? '', ...places].find(path => {
    if (!path) return false
    try {
      accessSync(path, constants.X_OK)
      return true
    } catch {
      return false
    }
  })
}

/** Where Chromium is, installing Debian's when it is missing and this user may; otherwise fails with the command to type. */
export function findChromium(): string {
  const path = found()
  if (path) return path
  if (process.platform === 'linux' && process.getuid?.() === 0) {
    console.log('Chromium is missing: installing it with apt-get (about a minute) …')
    const environment = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
    try {
      execFileSync('apt-get', ['update', '-qq'], { stdio: 'inherit', env: environment, timeout: 300_000 })
      execFileSync('apt-get', ['install', '-y', '-qq', '--no-install-recommends', 'chromium'], { stdio: 'inherit', env: environment, timeout: 900_000 })
    } catch (error) {
      throw new Error(`Chromium could not be installed (${error instanceof Error ? error.message : String(error)}). Type: ${typeThis}`, { cause: error })
    }
  }
  const installed = found()
  if (!installed) throw new Error(`These tests need Chromium. Type: ${typeThis}   (or name one in CHROMIUM_BIN)`)
  return installed
}

/** A real Chromium for tests. The caller closes it. `extraFlags` are added to the usual ones. */
export function launchBrowser(extraFlags: readonly string[] = []): Promise<Browser> {
  return chromium.launch({ executablePath: findChromium(), args: [...browserFlags, ...extraFlags], headless: true })
}
