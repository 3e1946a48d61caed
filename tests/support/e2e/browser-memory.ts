import { readFileSync } from 'node:fs'
import type { Browser } from 'playwright-core'

/**
 * Bytes of memory that this browser's pages and drawing take: the proportional share of each process (shared memory, in which pictures travel,
 * counted once over all of them). Only Linux tells; null elsewhere.
 */
export async function browserMemory(browser: Browser): Promise<number | null> {
  if (process.platform !== 'linux') return null
  const session = await browser.newBrowserCDPSession()
  try {
    const { processInfo } = await session.send('SystemInfo.getProcessInfo')
    return processInfo.filter(({ type }) => type === 'renderer' || type === 'GPU').reduce((sum, { id }) => sum + proportional(id), 0)
  } finally {
    await session.detach()
  }
}

function proportional(id: number): number {
  try {
    return Number(/^Pss:\s+(\d+) kB/mu.exec(readFileSync(`/proc/${id}/smaps_rollup`, 'utf8'))?.[1] ?? 0) * 1024
  } catch {
    // It has ended meanwhile.
    return 0
  }
}
