import { promisify } from 'node:util'
import { open, type Entry, type ZipFile } from 'yauzl'
import { refusal, type Refusal } from '../../../shared/contracts/refusal.ts'

/** What a real document never needs: measured on large ones, with room to spare. */
export const zipLimits = { entries: 10_000, unpacked: 600_000_000, ratio: 200, ratioFrom: 30_000_000 }

export interface ZipContents {
  names: ReadonlySet<string>
  /** The text of a small entry, UTF-8 or UTF-16; null when there is none or it is larger than a megabyte. */
  text(name: string): Promise<string | null>
  close(): void
}

const openZip = promisify<string, object, ZipFile>(open)
const longestText = 1_000_000

/**
 * Reads the directory of an archive and nothing else, so that a bomb is known before it is unpacked:
 * papers.overfull (too many entries, too large, too dense), papers.unsafeZip (names that leave the folder, or twice the same), papers.damaged.
 */
export async function readZip(path: string, size: number): Promise<ZipContents | Refusal> {
  let zip: ZipFile
  try {
    zip = await openZip(path, { lazyEntries: true, autoClose: false, strictFileNames: true, validateEntrySizes: true })
  } catch {
    return refusal('papers.damaged')
  }
  const entries = new Map<string, Entry>()
  const refused = await listed(zip, size, entries)
  if (refused) {
    zip.close()
    return refused
  }
  return {
    names: new Set(entries.keys()),
    async text(name) {
      const entry = entries.get(name)
      return entry && entry.uncompressedSize <= longestText ? decoded(await bytesOf(zip, entry)) : null
    },
    close: () => zip.close(),
  }
}

function listed(zip: ZipFile, size: number, entries: Map<string, Entry>): Promise<Refusal | null> {
  return new Promise(resolve => {
    if (zip.entryCount > zipLimits.entries) return resolve(refusal('papers.overfull'))
    let unpacked = 0
    zip.on('entry', (entry: Entry) => {
      unpacked += entry.uncompressedSize
      if (unpacked > zipLimits.unpacked || (unpacked > zipLimits.ratioFrom && unpacked > size * zipLimits.ratio)) return resolve(refusal('papers.overfull'))
      if (entries.has(entry.fileName)) return resolve(refusal('papers.unsafeZip'))
      // Its contents must lie within the file, or half of it is missing.
      if (entry.relativeOffsetOfLocalHeader + entry.compressedSize > size) return resolve(refusal('papers.damaged'))
      entries.set(entry.fileName, entry)
      zip.readEntry()
    })
    zip.once('end', () => resolve(null))
    zip.once('error', (error: Error) => resolve(refusal(/relative path|absolute path|invalid characters/.test(error.message) ? 'papers.unsafeZip' : 'papers.damaged')))
    zip.readEntry()
  })
}

async function bytesOf(zip: ZipFile, entry: Entry): Promise<Buffer> {
  const stream = await promisify(zip.openReadStream.bind(zip) as (entry: Entry, done: (error: Error | null, stream: NodeJS.ReadableStream) => void) => void)(entry)
  const chunks: Buffer[] = []
  for await (const chunk of stream) chunks.push(chunk as Buffer)
  return Buffer.concat(chunks)
}

function decoded(bytes: Buffer): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return bytes.toString('utf16le', 2)
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return Buffer.from(bytes.subarray(2, bytes.length - bytes.length % 2)).swap16().toString('utf16le')
  return bytes.toString('utf8')
}
