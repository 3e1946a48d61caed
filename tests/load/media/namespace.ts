import { execFile } from 'node:child_process'
import { promisify } from 'node:util'

const run = promisify(execFile)

/** A network namespace of one's own with loopback and one more address, which is no loopback and leads nowhere. */
export interface Namespace {
  name: string
  ip: string
  close(): Promise<void>
}

/** Null where there may be none: it takes root and iproute2. */
export async function openNamespace(name: string): Promise<Namespace | null> {
  const ip = '10.99.0.1'
  const inside = (...command: string[]) => run('ip', ['-n', name, ...command])
  try {
    await run('ip', ['netns', 'add', name])
    await inside('link', 'set', 'lo', 'up')
    await inside('link', 'add', 'here', 'type', 'veth', 'peer', 'name', 'there')
    await inside('address', 'add', `${ip}/24`, 'dev', 'here')
    for (const link of ['here', 'there']) await inside('link', 'set', link, 'up')
  } catch {
    await run('ip', ['netns', 'delete', name]).catch(() => {})
    return null
  }
  return { name, ip, async close() { await run('ip', ['netns', 'delete', name]) } }
}
