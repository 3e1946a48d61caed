import { mkdirSync } from 'node:fs'
import { homedir } from 'node:os'
import { join } from 'node:path'

/** Where test tools that take long to build stay between runs and checkouts: `$GIAO_BAN_CACHE` or `~/.cache/giao-ban`. */
export function cacheFolder(name: string): string {
  const folder = join(process.env.GIAO_BAN_CACHE || join(homedir(), '.cache', 'giao-ban'), name)
  mkdirSync(folder, { recursive: true })
  return folder
}
