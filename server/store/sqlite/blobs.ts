/** Blobs as files: `<folder>/ab/<sha256>`, written aside, synced, then renamed into place. */
import { randomUUID } from 'node:crypto'
import { createReadStream, createWriteStream, close, open as openFile, read } from 'node:fs'
import { mkdir, readdir, rename, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { failingStream, Measure, SHA256 } from '../blob.ts'
import { UnknownBlob, type BlobInfo, type Blobs } from '../port.ts'
import { makeFolder, syncFolder } from '../folder.ts'

/** What was on its way when the hub stopped; nobody was told it was stored. */
const INCOMING = 'incoming'

export async function fileBlobs(folder: string): Promise<Blobs> {
  const incoming = join(folder, INCOMING)
  await rm(incoming, { recursive: true, force: true })
  await makeFolder(incoming)
  await makeShelves(folder)
  const placeOf = (sha256: string) => join(folder, sha256.slice(0, 2), sha256)

  return {
    async put(content, options = {}) {
      const aside = join(incoming, randomUUID())
      try {
        const measure = new Measure(options.limit ?? Infinity)
        await pipeline(content, measure, createWriteStream(aside, { flags: 'wx', mode: 0o600, flush: true }))
        const info = measure.info()
        await rename(aside, placeOf(info.sha256))
        await syncFolder(join(folder, info.sha256.slice(0, 2)))
        return info
      } catch (error) {
        await rm(aside, { force: true })
        throw error
      }
    },

    async stat(sha256) {
      return SHA256.test(sha256) ? ((await statOf(placeOf(sha256)))?.info(sha256) ?? null) : null
    },

    open(sha256, range) {
      if (!SHA256.test(sha256)) return failingStream(new UnknownBlob(sha256))
      return createReadStream(placeOf(sha256), {
        ...range,
        fs: {
          open: (path: string, flags: string, mode: number, done: (error: Error | null, handle?: number) => void) =>
            openFile(path, flags, mode, (error, handle) => done(error?.code === 'ENOENT' ? new UnknownBlob(sha256) : error, handle)),
          read,
          close,
        },
      })
    },

    async remove(sha256) {
      if (!SHA256.test(sha256)) return
      await rm(placeOf(sha256), { force: true })
    },

    async *list(before) {
      for (const shelf of (await readdir(folder)).sort()) {
        if (shelf === INCOMING) continue
        for (const sha256 of (await readdir(join(folder, shelf))).sort()) {
          const found = await statOf(placeOf(sha256))
          if (found && found.storedAt < before) yield found.info(sha256)
        }
      }
    },
  }
}

/** All 256 at once: a shelf made while blobs arrive could be used by a second one before its own name is on disk. */
async function makeShelves(folder: string): Promise<void> {
  const there = new Set(await readdir(folder))
  for (let number = 0; number < 256; number++) {
    const shelf = number.toString(16).padStart(2, '0')
    if (!there.has(shelf)) await mkdir(join(folder, shelf), { mode: 0o700 })
  }
  if (there.size < 257) await syncFolder(folder)
}

async function statOf(path: string) {
  try {
    const { size, mtimeMs } = await stat(path)
    return { storedAt: mtimeMs, info: (sha256: string): BlobInfo => ({ sha256, size }) }
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null
    throw error
  }
}
