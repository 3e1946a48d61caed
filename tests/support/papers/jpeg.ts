import type { Random } from './random.ts'

/**
 * A baseline grey JPEG that looks like a scanned page of print: grainy paper, lines of dark strokes.
 * Blocks are taken from a small set made beforehand, so a hundred pages cost a second or two, not a minute.
 * Tables and coding after ITU-T T.81, annexes F and K.
 */
export interface ScannedPage { jpeg: Buffer; width: number; height: number }

const zigzag = [0, 1, 8, 16, 9, 2, 3, 10, 17, 24, 32, 25, 18, 11, 4, 5, 12, 19, 26, 33, 40, 48, 41, 34, 27, 20, 13, 6, 7, 14, 21, 28, 35, 42,
  49, 56, 57, 50, 43, 36, 29, 22, 15, 23, 30, 37, 44, 51, 58, 59, 52, 45, 38, 31, 39, 46, 53, 60, 61, 54, 47, 55, 62, 63]

const dcCounts = [0, 1, 5, 1, 1, 1, 1, 1, 1, 0, 0, 0, 0, 0, 0, 0]
const dcValues = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]
/** Every run/size pair with an eight-bit code: longer than annex K's table, but a table anyone can check. */
const acCounts = [0, 0, 0, 0, 0, 0, 0, 162, 0, 0, 0, 0, 0, 0, 0, 0]
const acValues = [0x00, 0xf0, ...Array.from({ length: 160 }, (_, index) => (Math.floor(index / 10) << 4) | (index % 10 + 1))]

type Code = { code: number; length: number }

function codes(counts: number[], values: number[]): Map<number, Code> {
  const table = new Map<number, Code>()
  let code = 0
  let at = 0
  counts.forEach((count, index) => {
    for (let n = 0; n < count; n++) table.set(values[at++] as number, { code: code++, length: index + 1 })
    code <<= 1
  })
  return table
}
const dcCodes = codes(dcCounts, dcValues)
const acCodes = codes(acCounts, acValues)

const step = (index: number): number => 6 + index
const size = (value: number): number => 32 - Math.clz32(Math.abs(value))
const bitsOf = (value: number, length: number): number => (value < 0 ? value + (1 << length) - 1 : value)

/** One 8×8 block ready to be written: its DC value and the codes of its 63 others. */
interface Block { dc: number; ac: Code[] }

function block(samples: number[]): Block {
  const quantised = zigzag.map((position, index) => {
    const [v, u] = [position >> 3, position & 7]
    let sum = 0
    for (let y = 0; y < 8; y++) for (let x = 0; x < 8; x++) {
      sum += ((samples[y * 8 + x] as number) - 128) * Math.cos((2 * x + 1) * u * Math.PI / 16) * Math.cos((2 * y + 1) * v * Math.PI / 16)
    }
    return Math.round(sum * (u ? 1 : Math.SQRT1_2) * (v ? 1 : Math.SQRT1_2) / 4 / step(index))
  })
  const ac: Code[] = []
  let run = 0
  for (const value of quantised.slice(1)) {
    if (value === 0) { run++; continue }
    for (; run > 15; run -= 16) ac.push(acCodes.get(0xf0) as Code)
    const length = size(value)
    ac.push(acCodes.get((run << 4) | length) as Code, { code: bitsOf(value, length), length })
    run = 0
  }
  if (run > 0) ac.push(acCodes.get(0) as Code)
  return { dc: quantised[0] as number, ac }
}

class Bits {
  private bytes: Buffer
  private length = 0
  private held = 0
  private count = 0
  constructor(capacity: number) { this.bytes = Buffer.alloc(capacity) }
  put({ code, length }: Code): void {
    for (let bit = length - 1; bit >= 0; bit--) {
      this.held = (this.held << 1) | ((code >> bit) & 1)
      if (++this.count < 8) continue
      if (this.length + 2 > this.bytes.length) this.bytes = Buffer.concat([this.bytes, Buffer.alloc(this.bytes.length)])
      this.bytes[this.length++] = this.held
      if (this.held === 0xff) this.bytes[this.length++] = 0
      this.held = this.count = 0
    }
  }
  end(): Buffer {
    while (this.count > 0) this.put({ code: 1, length: 1 })
    return this.bytes.subarray(0, this.length)
  }
}

const grain = (random: Random): number => Math.round((random.next() + random.next() - 1) * 22)

function blocksOfPaper(random: Random): Block[] {
  return Array.from({ length: 48 }, () => block(Array.from({ length: 64 }, () => Math.min(255, 240 + grain(random)))))
}

/** Upper or lower halves of letters: a few strokes on grainy paper. */
function blocksOfPrint(random: Random): Block[] {
  return Array.from({ length: 96 }, () => {
    const samples = Array.from({ length: 64 }, () => Math.min(255, 240 + grain(random)))
    for (let stroke = 0; stroke < 3; stroke++) {
      const upright = random.next() < 0.6
      const at = random.below(7)
      const from = random.below(3)
      for (let n = from; n < 8 - random.below(3); n++) for (const width of [0, 1]) samples[upright ? n * 8 + at + width : (at + width) * 8 + n] = 45
    }
    return block(samples)
  })
}

export interface Scanner { page(columns: number, rows: number, random: Random): ScannedPage }

/** Makes its set of blocks once; every page is then laid out anew by `random`. `columns` and `rows` count blocks of 8 pixels. */
export function scanner(random: Random): Scanner {
  const paper = blocksOfPaper(random)
  const print = blocksOfPrint(random)
  return {
    page(columns, rows, layout) {
      const bits = new Bits(columns * rows * 8)
      const margin = Math.round(columns / 10)
      let previous = 0
      for (let row = 0; row < rows; row++) {
        const inText = row > rows / 14 && row < rows - rows / 14 && row % 4 < 2
        const paragraphEnd = Math.floor(row / 4) % 7 === 6 ? columns / 2 : columns - margin
        let wordLeft = 3
        for (let column = 0; column < columns; column++) {
          if (wordLeft === -1) wordLeft = 2 + layout.below(6)
          const inked = inText && column > margin && column < paragraphEnd && wordLeft-- > 0
          const { dc, ac } = layout.pick(inked ? print : paper)
          const length = size(dc - previous)
          bits.put(dcCodes.get(length) as Code)
          bits.put({ code: bitsOf(dc - previous, length), length })
          for (const code of ac) bits.put(code)
          previous = dc
        }
      }
      return { jpeg: assemble(columns * 8, rows * 8, bits.end()), width: columns * 8, height: rows * 8 }
    },
  }
}

function segment(marker: number, ...content: number[]): Buffer {
  const length = content.length + 2
  return Buffer.from([0xff, marker, length >> 8, length & 255, ...content])
}

function assemble(width: number, height: number, scan: Buffer): Buffer {
  return Buffer.concat([
    Buffer.from([0xff, 0xd8]),
    segment(0xdb, 0, ...zigzag.map((_, index) => step(index))),
    segment(0xc0, 8, height >> 8, height & 255, width >> 8, width & 255, 1, 1, 0x11, 0),
    segment(0xc4, 0x00, ...dcCounts, ...dcValues),
    segment(0xc4, 0x10, ...acCounts, ...acValues),
    segment(0xda, 1, 1, 0x00, 0, 63, 0),
    scan,
    Buffer.from([0xff, 0xd9]),
  ])
}
