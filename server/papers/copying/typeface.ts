/** What is needed of a TrueType file to write with it in a PDF: glyphs of letters, their widths, and a smaller file with those glyphs alone. */
export interface Typeface {
  /** In thousandths of the type size, as PDF has them. */
  ascent: number
  descent: number
  box: [number, number, number, number]
  /** 0 when it has no such letter. */
  glyphOf(codePoint: number): number
  widthOf(glyph: number): number
  /** The file with the outlines of these glyphs, under the same numbers. */
  only(glyphs: ReadonlySet<number>): Uint8Array
}

const kept = ['cvt ', 'fpgm', 'glyf', 'head', 'hhea', 'hmtx', 'loca', 'maxp', 'prep']

export function readTypeface(file: Uint8Array): Typeface {
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength)
  const tables = new Map(Array.from({ length: view.getUint16(4) }, (_, index) => {
    const at = 12 + index * 16
    return [String.fromCharCode(...file.subarray(at, at + 4)), { at: view.getUint32(at + 8), length: view.getUint32(at + 12) }]
  }))
  const table = (name: string): { at: number; length: number } => {
    const found = tables.get(name)
    if (!found) throw new Error(`no table ${name}`)
    return found
  }
  const [head, hhea, glyf] = [table('head').at, table('hhea').at, table('glyf').at]
  const scale = 1000 / view.getUint16(head + 18)
  const scaled = (at: number): number => Math.round(view.getInt16(at) * scale)
  const [glyphs, widths] = [view.getUint16(table('maxp').at + 4), view.getUint16(hhea + 34)]
  const long = view.getInt16(head + 50) === 1
  const place = (glyph: number): number => (long ? view.getUint32(table('loca').at + glyph * 4) : view.getUint16(table('loca').at + glyph * 2) * 2)
  const letters = lettersOf(view, table('cmap').at)

  /** With what composed glyphs are made of. */
  function closed(wanted: ReadonlySet<number>): Set<number> {
    const all = new Set([0])
    const waiting = [...wanted]
    for (let glyph = waiting.pop(); glyph !== undefined; glyph = waiting.pop()) {
      if (all.has(glyph) || glyph >= glyphs) continue
      all.add(glyph)
      waiting.push(...partsOf(view, glyf + place(glyph), place(glyph + 1) - place(glyph)))
    }
    return all
  }

  return {
    ascent: scaled(hhea + 4),
    descent: scaled(hhea + 6),
    box: [scaled(head + 36), scaled(head + 38), scaled(head + 40), scaled(head + 42)],
    glyphOf: (codePoint) => letters.get(codePoint) ?? 0,
    widthOf: (glyph) => Math.round(view.getUint16(table('hmtx').at + Math.min(glyph, widths - 1) * 4) * scale),
    only(wanted) {
      const parts: Uint8Array[] = []
      const places = new DataView(new ArrayBuffer((glyphs + 1) * 4))
      const chosen = closed(wanted)
      let length = 0
      for (let glyph = 0; glyph < glyphs; glyph += 1) {
        places.setUint32(glyph * 4, length)
        if (!chosen.has(glyph)) continue
        const outline = file.subarray(glyf + place(glyph), glyf + place(glyph + 1))
        const padded = new Uint8Array(Math.ceil(outline.length / 4) * 4)
        padded.set(outline)
        parts.push(padded)
        length += padded.length
      }
      places.setUint32(glyphs * 4, length)
      const newHead = file.slice(head, head + table('head').length)
      new DataView(newHead.buffer).setInt16(50, 1)
      const made = new Map<string, Uint8Array>([['glyf', Buffer.concat(parts)], ['loca', new Uint8Array(places.buffer)], ['head', newHead]])
      return assembled(kept.filter((name) => tables.has(name)).map((name) => [name, made.get(name) ?? file.subarray(table(name).at, table(name).at + table(name).length)]))
    },
  }
}

/** From the table for Unicode's first plane (format 4). */
function lettersOf(view: DataView, cmap: number): Map<number, number> {
  const letters = new Map<number, number>()
  for (let index = 0; index < view.getUint16(cmap + 2); index += 1) {
    const at = cmap + view.getUint32(cmap + 4 + index * 8 + 4)
    if (view.getUint16(cmap + 4 + index * 8) !== 3 || view.getUint16(at) !== 4) continue
    const segments = view.getUint16(at + 6) / 2
    const [ends, starts] = [at + 14, at + 16 + segments * 2]
    for (let segment = 0; segment < segments; segment += 1) {
      const [end, start] = [view.getUint16(ends + segment * 2), view.getUint16(starts + segment * 2)]
      const delta = view.getUint16(starts + (segments + segment) * 2)
      const offsetAt = starts + (2 * segments + segment) * 2
      const offset = view.getUint16(offsetAt)
      for (let letter = start; letter <= end && letter !== 0xffff; letter += 1) {
        const direct = offset === 0 ? letter : view.getUint16(offsetAt + offset + (letter - start) * 2)
        if (offset === 0 || direct !== 0) letters.set(letter, (direct + delta) & 0xffff)
      }
    }
  }
  return letters
}

function partsOf(view: DataView, at: number, length: number): number[] {
  const parts: number[] = []
  if (length < 10 || view.getInt16(at) >= 0) return parts
  for (let next = at + 10; ;) {
    const flags = view.getUint16(next)
    parts.push(view.getUint16(next + 2))
    next += 4 + (flags & 0x1 ? 4 : 2) + (flags & 0x8 ? 2 : flags & 0x40 ? 4 : flags & 0x80 ? 8 : 0)
    if (!(flags & 0x20)) return parts
  }
}

function assembled(tables: readonly [string, Uint8Array][]): Uint8Array {
  const directory = new DataView(new ArrayBuffer(12 + tables.length * 16))
  directory.setUint32(0, 0x00010000)
  directory.setUint16(4, tables.length)
  const power = Math.floor(Math.log2(tables.length))
  directory.setUint16(6, 2 ** power * 16)
  directory.setUint16(8, power)
  directory.setUint16(10, tables.length * 16 - 2 ** power * 16)
  let at = directory.byteLength
  const parts = [new Uint8Array(directory.buffer)]
  for (const [index, [name, bytes]] of tables.entries()) {
    const entry = 12 + index * 16
    for (let letter = 0; letter < 4; letter += 1) directory.setUint8(entry + letter, name.charCodeAt(letter))
    const padded = new Uint8Array(Math.ceil(bytes.length / 4) * 4)
    padded.set(bytes)
    const words = new DataView(padded.buffer)
    let sum = 0
    for (let word = 0; word < padded.length; word += 4) sum = (sum + words.getUint32(word)) >>> 0
    directory.setUint32(entry + 4, sum)
    directory.setUint32(entry + 8, at)
    directory.setUint32(entry + 12, bytes.length)
    parts.push(padded)
    at += padded.length
  }
  return Buffer.concat(parts)
}
