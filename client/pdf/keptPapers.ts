import type { PaperContents } from '../../shared/papers/contents.ts'

/** The bytes of one paper that are kept on this device; they are asked for before the network is. */
export interface PaperBytes {
  /** What is kept from `begin` on: at least one byte, none beyond `end`. Or, where nothing is, the offset up to which nothing is (at most `end`). */
  read(begin: number, end: number): Promise<Uint8Array<ArrayBuffer> | number>
  /** Told of every byte that came over the network, so that it need not come twice. */
  arrived(begin: number, bytes: Uint8Array): void
  /** The reader is waiting for the network (true) or no longer (false): what is fetched for later gives way. */
  busy(waiting: boolean): void
}

/** What the hub has read out of papers, as far as it is kept on this device; by the SHA-256 of the paper's file. */
export interface KeptReading {
  contents(sha256: string): Promise<PaperContents | null>
  /** Of the first page. */
  picture(sha256: string): Promise<Blob | null>
}

type Find = (address: string) => PaperBytes | null

let find: Find = () => null
let reading: KeptReading | null = null
const waiting = new Set<() => void>()

/** Who keeps papers says where: their bytes by the address from which they are fetched, and what was read out of them. */
export function keepPapersIn(finding: Find, read: KeptReading | null = null): void {
  find = finding
  reading = read
  for (const tell of [...waiting]) tell()
}

/** Tells whenever another place is named by `keepPapersIn`, until the answer is called. */
export function onKeptIn(tell: () => void): () => void {
  waiting.add(tell)
  return () => waiting.delete(tell)
}

/** Asked anew each time: the store may open after the paper has, and close before. */
export function keptBytes(address: string): PaperBytes | null {
  return find(address)
}

/** The text of a paper, null when it is not on this device. Never rejects. */
export async function keptContents(sha256: string): Promise<PaperContents | null> {
  return await reading?.contents(sha256).catch(() => null) ?? null
}

/** The picture of a paper's first page, null when it is not on this device. Never rejects. */
export async function keptPicture(sha256: string): Promise<Blob | null> {
  return await reading?.picture(sha256).catch(() => null) ?? null
}
