import type { FileHandle } from 'node:fs/promises'

/** A file within an OLE2 compound file ([MS-CFB]); its names are those of the top folder. */
export interface Compound {
  streams: ReadonlyMap<string, { start: number; size: number }>
  storages: ReadonlySet<string>
  /** The first `length` bytes of a stream; fewer when it is shorter. @throws Damaged */
  head(name: string, length: number): Promise<Buffer>
  /** @throws Damaged when part of the stream lies behind the end of the file. */
  whole(name: string): Promise<void>
}

export class Damaged extends Error {
  override readonly name = 'Damaged'
}

const lastSector = 0xfffffffa
const mostEntries = 20_000

/** Reads directory and tables. @throws Damaged */
export async function readCompound(file: FileHandle, fileSize: number): Promise<Compound> {
  const header = await bytes(file, 0, 512)
  const sectorSize = 2 ** header.readUInt16LE(0x1e)
  if (sectorSize !== 512 && sectorSize !== 4096) throw new Damaged('sector size')
  const offsetOf = (sector: number) => (sector + 1) * sectorSize
  const sectorAt = async (sector: number) => {
    if (offsetOf(sector) >= fileSize) throw new Damaged('a sector lies behind the end')
    return bytes(file, offsetOf(sector), sectorSize)
  }
  const follow = (table: Buffer, start: number): number[] => {
    const chain: number[] = []
    for (let sector = start; sector < lastSector; sector = table.readUInt32LE(sector * 4)) {
      if (sector * 4 + 4 > table.length || chain.length * 4 > table.length) throw new Damaged('chain')
      chain.push(sector)
    }
    return chain
  }
  const joined = async (sectors: number[]) => Buffer.concat(await inOrder(sectors, sectorAt))

  const fatSectors = Array.from({ length: 109 }, (_, index) => header.readUInt32LE(0x4c + index * 4))
  for (let sector = header.readUInt32LE(0x44), rounds = 0; sector < lastSector; rounds++) {
    if (rounds > 2_000) throw new Damaged('table of tables')
    const more = await sectorAt(sector)
    for (let at = 0; at < sectorSize - 4; at += 4) fatSectors.push(more.readUInt32LE(at))
    sector = more.readUInt32LE(sectorSize - 4)
  }
  const fat = await joined(fatSectors.filter(sector => sector < lastSector))
  const directory = await joined(follow(fat, header.readUInt32LE(0x30)))
  if (directory.length < 128 || directory.length / 128 > mostEntries) throw new Damaged('directory')

  const streams = new Map<string, { start: number; size: number }>()
  const storages = new Set<string>()
  const pending = [directory.readUInt32LE(76)]
  const seen = new Set<number>()
  for (let index = pending.pop(); index !== undefined; index = pending.pop()) {
    if (index >= lastSector || seen.has(index) || index * 128 + 128 > directory.length) continue
    seen.add(index)
    const entry = directory.subarray(index * 128, index * 128 + 128)
    const name = entry.toString('utf16le', 0, Math.max(0, Math.min(entry.readUInt16LE(64), 64) - 2))
    if (entry[66] === 2) streams.set(name, { start: entry.readUInt32LE(116), size: entry.readUInt32LE(120) })
    else if (entry[66] === 1) storages.add(name)
    pending.push(entry.readUInt32LE(68), entry.readUInt32LE(72))
  }

  const cutoff = header.readUInt32LE(0x38)
  const miniSize = 2 ** header.readUInt16LE(0x20)
  async function miniHead({ start, size }: { start: number; size: number }, length: number): Promise<Buffer> {
    const miniFat = await joined(follow(fat, header.readUInt32LE(0x3c)))
    const container = await joined(follow(fat, directory.readUInt32LE(116)))
    const pieces = follow(miniFat, start).map(sector => container.subarray(sector * miniSize, (sector + 1) * miniSize))
    return Buffer.concat(pieces).subarray(0, Math.min(length, size))
  }

  return {
    streams, storages,
    async head(name, length) {
      const stream = streams.get(name)
      if (!stream) return Buffer.alloc(0)
      if (stream.size < cutoff) return miniHead(stream, length)
      const chain = follow(fat, stream.start).slice(0, Math.ceil(length / sectorSize))
      return (await joined(chain)).subarray(0, Math.min(length, stream.size))
    },
    async whole(name) {
      const stream = streams.get(name)
      if (!stream || stream.size < cutoff) return
      const chain = follow(fat, stream.start)
      if (chain.length * sectorSize < stream.size || chain.some(sector => offsetOf(sector) >= fileSize)) throw new Damaged('a stream is cut off')
    },
  }
}

async function inOrder<T, R>(items: T[], one: (item: T) => Promise<R>): Promise<R[]> {
  const results: R[] = []
  for (const item of items) results.push(await one(item))
  return results
}

async function bytes(file: FileHandle, from: number, length: number): Promise<Buffer> {
  const buffer = Buffer.alloc(length)
  const { bytesRead } = await file.read(buffer, 0, length, from)
  if (bytesRead === 0) throw new Damaged('end of file')
  return buffer
}
