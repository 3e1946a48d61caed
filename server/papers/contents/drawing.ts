import type { Blobs } from '../../store/port.ts'
import { Places } from '../processes/places.ts'
import { encode, type Picture } from './encode.ts'
import { readContents } from './reading/read.ts'

interface Wanted { sha256: string; size: number; page: number; width: number }

const limits = { computing: 15_000, computingAPage: 0, time: 30_000, memory: 700 * 2 ** 20 }
/** Processes at a time, and how many may wait for one. */
const [places, mostWaiting] = [new Places(2), 200]
/** Bytes of pictures that were drawn lately. */
const mostKept = 16_000_000

const kept = new Map<string, Picture | null>()
let keptBytes = 0
const drawing = new Map<string, Promise<Picture | null>>()

/** Draws one page that was not drawn when the paper came in. Hundred tablets that ask for the same one are one drawing. */
export async function drawPage(blobs: Blobs, wanted: Wanted, signal: AbortSignal): Promise<Picture | null> {
  const key = `${wanted.sha256}.${wanted.page}.${wanted.width}`
  const known = kept.get(key)
  if (known !== undefined) return known
  let coming = drawing.get(key)
  if (!coming) {
    coming = inTurn(() => draw(blobs, wanted, signal)).finally(() => drawing.delete(key))
    drawing.set(key, coming)
    const picture = await coming
    keep(key, picture)
    return picture
  }
  return coming
}

async function draw(blobs: Blobs, { sha256, size, page, width }: Wanted, signal: AbortSignal): Promise<Picture | null> {
  let picture: Picture | null = null
  await readContents(blobs.open(sha256), size, { first: [{ page, width, grey: false }], words: false, then: [], thumbnails: null }, limits, async told => {
    if (told.kind === 'drawn') picture = await encode(told)
  }, signal)
  return picture
}

async function inTurn(work: () => Promise<Picture | null>): Promise<Picture | null> {
  return places.waiting >= mostWaiting ? null : places.take(work)
}

function keep(key: string, picture: Picture | null): void {
  const weight = (one: Picture | null): number => one?.data.length ?? 100
  kept.set(key, picture)
  keptBytes += weight(picture)
  for (const [oldest, one] of kept) {
    if (keptBytes <= mostKept || oldest === key) break
    kept.delete(oldest)
    keptBytes -= weight(one)
  }
}
