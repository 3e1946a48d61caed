/** Folders and files that are still there after a power cut: their names are synced as well as their bytes. */
import { mkdir, open } from 'node:fs/promises'
import { dirname, resolve } from 'node:path'

/** Writes the names in `folder` to disk. */
export async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}

/** Creates `folder` and what is missing above it, readable by nobody else, and syncs each new name. */
export async function makeFolder(folder: string): Promise<void> {
  const target = resolve(folder)
  const first = await mkdir(target, { recursive: true, mode: 0o700 })
  if (first === undefined) return
  for (let made = target; made.length >= first.length; made = dirname(made)) await syncFolder(dirname(made))
}
