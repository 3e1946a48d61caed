/** The bytes of one paper that are kept on this device; they are asked for before the network is. */
export interface PaperBytes {
  /** What is kept from `begin` on: at least one byte, none beyond `end`. Or, where nothing is, the offset up to which nothing is (at most `end`). */
  read(begin: number, end: number): Promise<Uint8Array<ArrayBuffer> | number>
  /** Told of every byte that came over the network, so that it need not come twice. */
  arrived(begin: number, bytes: Uint8Array): void
  /** The reader is waiting for the network (true) or no longer (false): what is fetched for later gives way. */
  busy(waiting: boolean): void
}

type Find = (address: string) => PaperBytes | null

let find: Find = () => null
const waiting = new Set<() => void>()

/** Who keeps papers says where: by the address from which a paper's file is fetched. */
export function keepPapersIn(finding: Find): void {
  find = finding
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
