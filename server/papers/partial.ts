import { createHash } from 'node:crypto'
import { mkdir, open, readdir, rm, stat, truncate } from 'node:fs/promises'
import { join } from 'node:path'
import type { Readable } from 'node:stream'
import { refusal, type Refusal } from '../../shared/contracts/refusal.ts'
import { tooLarge } from './inspect.ts'

/** Which upload: a person's, in a meeting, under an id that the client chose. */
export interface UploadKey { meetingId: string; personId: string; uploadId: string }

/** Files that have not arrived in full yet, each with the bytes held so far; they outlive the hub. */
export interface PartialFiles {
  path(key: UploadKey): string
  /** Bytes held; 0 when there is nothing. */
  held(key: UploadKey): Promise<number>
  /**
   * Writes `content` from `offset` on; what was held behind it goes. Whatever arrived before the line broke is kept.
   * Refused: papers.uploadGap, papers.tooLarge (nothing is kept then), papers.tooManyUploads.
   */
  receive(key: UploadKey, offset: number, content: Readable, limit: number): Promise<{ held: number; whole: boolean } | Refusal>
  remove(key: UploadKey): Promise<void>
  /** Removes what nobody has continued since `before` (milliseconds since the epoch); how many. */
  sweep(before: number): Promise<number>
}

const mostForOnePerson = 20

export function openPartialFiles(folder: string): PartialFiles {
  const ownFolder = (personId: string) => join(folder, digest(personId))
  const path = ({ meetingId, personId, uploadId }: UploadKey) => join(ownFolder(personId), digest(JSON.stringify([meetingId, uploadId])))

  async function crowded(key: UploadKey): Promise<boolean> {
    const own = await readdir(ownFolder(key.personId))
    return own.length >= mostForOnePerson && !own.includes(digest(JSON.stringify([key.meetingId, key.uploadId])))
  }

  return {
    path,
    held: async key => (await sizeOf(path(key))) ?? 0,

    async receive(key, offset, content, limit) {
      const held = (await sizeOf(path(key))) ?? 0
      if (offset > held) return refusal('papers.uploadGap', { held })
      await mkdir(ownFolder(key.personId), { recursive: true, mode: 0o700 })
      if (await crowded(key)) return refusal('papers.tooManyUploads')
      if (held > offset) await truncate(path(key), offset)

      const file = await open(path(key), 'a', 0o600)
      let room = limit - offset
      try {
        // The stream is the client's socket: it must stay open, or the reason for a refusal could not be sent.
        for await (const chunk of content.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
          room -= chunk.length
          if (room < 0) break
          await file.appendFile(chunk)
        }
      } catch (error) {
        if (!content.destroyed) throw error
      } finally {
        await file.close()
      }
      if (room < 0) {
        await rm(path(key), { force: true })
        return tooLarge(limit)
      }
      return { held: (await sizeOf(path(key))) ?? 0, whole: content.readableEnded }
    },

    remove: key => rm(path(key), { force: true }),

    async sweep(before) {
      let swept = 0
      for (const person of await readdir(folder).catch(() => [])) {
        for (const name of await readdir(join(folder, person))) {
          const file = join(folder, person, name)
          const found = await stat(file).catch(() => null)
          if (found && found.mtimeMs < before) {
            await rm(file, { force: true })
            swept++
          }
        }
      }
      return swept
    },
  }
}

/** Ids come from the wire and never become a path. */
const digest = (text: string): string => createHash('sha256').update(text).digest('hex').slice(0, 40)

async function sizeOf(path: string): Promise<number | null> {
  return (await stat(path).catch(() => null))?.size ?? null
}
