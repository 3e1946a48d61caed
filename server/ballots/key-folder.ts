import { randomBytes } from 'node:crypto'
import { open, readdir, readFile, stat, unlink } from 'node:fs/promises'
import { join } from 'node:path'
import { makeFolder, syncFolder } from '../store/folder.ts'

const ending = '.key'

/**
 * KEYS_DIR: one small file for each secret vote that is not counted yet, and nowhere else. Files of 0600 in a folder of 0700.
 * What stands here must never be in the store, in a log or in a backup (DESIGN.md 5).
 */
export class KeyFolder {
  readonly #path: string

  constructor(path: string) {
    this.#path = path
  }

  /** Whether nobody but the hub's own user may look in; true while there is no folder. */
  async isPrivate(): Promise<boolean> {
    const found = await orNull(stat(this.#path))
    return found === null || (found.mode & 0o077) === 0
  }

  /** Durable when it resolves, the name in its folder too. @throws Error when there is such a file already */
  async write(name: string, content: Uint8Array): Promise<void> {
    await makeFolder(this.#path)
    const file = await open(this.#file(name), 'wx', 0o600)
    try {
      await file.writeFile(content)
      await file.sync()
    } finally {
      await file.close()
    }
    await syncFolder(this.#path)
  }

  /** Null when there is none; any other difficulty is thrown: a folder that cannot be read has not lost its keys. */
  async read(name: string): Promise<Buffer | null> {
    return orNull(readFile(this.#file(name)))
  }

  /** When it was written, milliseconds since the epoch; null when there is none. */
  async writtenAt(name: string): Promise<number | null> {
    return (await orNull(stat(this.#file(name))))?.mtimeMs ?? null
  }

  async names(): Promise<string[]> {
    const files = (await orNull(readdir(this.#path))) ?? []
    return files.filter((file) => file.endsWith(ending)).map((file) => file.slice(0, -ending.length))
  }

  /** Overwrites, removes and makes the removal durable. Nothing happens when there is none. */
  async destroy(name: string): Promise<void> {
    const file = await orNull(open(this.#file(name), 'r+'))
    if (!file) return
    try {
      const { size } = await file.stat()
      await file.write(randomBytes(size), 0, size, 0)
      await file.sync()
    } finally {
      await file.close()
    }
    // Another hub on the same folder may have been quicker.
    await orNull(unlink(this.#file(name)))
    await syncFolder(this.#path)
  }

  #file(name: string): string {
    return join(this.#path, name + ending)
  }
}

async function orNull<T>(work: Promise<T>): Promise<T | null> {
  try {
    return await work
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null
    throw error
  }
}
