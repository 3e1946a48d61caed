import { longestQuote, mostBoxes, type Anchor } from '../../../shared/papers/anchor.ts'
import { longestNote, markColours, type Mark, type MarkColour } from './mark.ts'
import { packPoints, unpackPoints } from './points.ts'

/**
 * A mark as the one immutable value that lies in its layer's document, committed once: numbers in seven-bit groups, texts and strokes with
 * their length before them. The first byte is the format's version.
 */
const format = 1
const kinds = ['stroke', 'highlight', 'note', 'tombstone'] as const
const boxSteps = 32_767
/** No mark needs more; a document with a larger value in it was not written by this page. */
const mostBytes = 64 * 1024

export function packMark(mark: Mark): Uint8Array {
  const writer = new Writer()
  writer.number(format)
  writer.number(kinds.indexOf(mark.kind))
  writer.number(markColours.indexOf(mark.colour))
  writer.number(mark.unplaced ? 1 : 0)
  writer.number(mark.at)
  writeAnchor(writer, mark.anchor)
  if (mark.kind === 'stroke') {
    writer.number(mark.tool === 'pen' ? 0 : 1)
    writer.number(part(mark.width))
    writer.bytes(packPoints(mark.points))
  }
  if (mark.kind === 'note') writer.text(mark.text.slice(0, longestNote))
  return writer.done()
}

/** The mark that these bytes are; null when they are none, so that a stranger's nonsense is not drawn. */
export function unpackMark(id: string, value: unknown): Mark | null {
  if (!(value instanceof Uint8Array) || value.length > mostBytes) return null
  try {
    const reader = new Reader(value)
    if (reader.number() !== format) return null
    const kind = kinds[reader.number()]
    const colour: MarkColour | undefined = markColours[reader.number()]
    if (!kind || !colour) return null
    const unplaced = reader.number() === 1
    const base = { id, colour, unplaced, at: reader.number(), anchor: readAnchor(reader) }
    if (kind === 'note') return { ...base, kind, text: reader.text(longestNote) }
    if (kind !== 'stroke') return { ...base, kind }
    const tool = reader.number() === 0 ? 'pen' : 'highlighter'
    const width = reader.number() / boxSteps
    const points = unpackPoints(reader.bytes())
    return points && points.length > 0 && width <= 1 ? { ...base, kind, tool, width, points } : null
  } catch {
    return null
  }
}

function writeAnchor(writer: Writer, { page, quote, boxes }: Anchor): void {
  writer.number(page)
  writer.number(quote ? 1 : 0)
  if (quote) for (const text of [quote.exact.slice(0, longestQuote), quote.prefix, quote.suffix]) writer.text(text)
  const kept = boxes.slice(0, mostBoxes)
  writer.number(kept.length)
  for (const box of kept) for (const value of [box.x, box.y, box.width, box.height]) writer.number(part(value))
}

function readAnchor(reader: Reader): Anchor {
  const page = reader.number()
  const quote = reader.number() === 1 ? { exact: reader.text(longestQuote), prefix: reader.text(200), suffix: reader.text(200) } : null
  const count = reader.number()
  if (page < 1 || count > mostBoxes) throw new RangeError('no anchor')
  const boxes = Array.from({ length: count }, () => {
    const [x, y, width, height] = [reader.part(), reader.part(), reader.part(), reader.part()]
    return { x, y, width, height }
  })
  return { page, quote, boxes }
}

function part(value: number): number {
  return Math.round(Math.min(1, Math.max(0, Number.isFinite(value) ? value : 0)) * boxSteps)
}

class Writer {
  readonly #bytes: number[] = []
  number(value: number): void {
    let rest = Math.max(0, Math.floor(value))
    while (rest > 127) {
      this.#bytes.push(rest % 128 + 128)
      rest = Math.floor(rest / 128)
    }
    this.#bytes.push(rest)
  }
  bytes(value: Uint8Array): void {
    this.number(value.length)
    for (const byte of value) this.#bytes.push(byte)
  }
  text(value: string): void {
    this.bytes(new TextEncoder().encode(value))
  }
  done(): Uint8Array {
    return Uint8Array.from(this.#bytes)
  }
}

class Reader {
  readonly #bytes: Uint8Array
  #at = 0
  constructor(bytes: Uint8Array) { this.#bytes = bytes }
  number(): number {
    let value = 0
    for (let group = 0; group < 7; group++) {
      const byte = this.#bytes[this.#at++]
      if (byte === undefined) break
      value += (byte % 128) * 128 ** group
      if (byte < 128) return value
    }
    throw new RangeError('no number')
  }
  part(): number {
    const value = this.number()
    if (value > boxSteps) throw new RangeError('not on the page')
    return value / boxSteps
  }
  bytes(): Uint8Array {
    const length = this.number()
    if (length > this.#bytes.length - this.#at) throw new RangeError('cut off')
    return this.#bytes.subarray(this.#at, (this.#at += length))
  }
  text(most: number): string {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(this.bytes())
    if (text.length > most) throw new RangeError('too long')
    return text
  }
}
