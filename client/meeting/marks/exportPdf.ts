import { PDFArray, PDFDocument, PDFHexString, PDFName, type PDFPage, type PDFRef } from '@cantoo/pdf-lib'
import { highlighterWidth, inkWidth, strokePath } from './ink.ts'
import { boundsOf, colourValues, type Mark } from './mark.ts'

/** A mark with the name of whoever made it. */
export interface Signed { mark: Mark; author: string }

export type ExportFailure = 'locked' | 'unreadable'

/**
 * The paper with marks as real annotations: Ink, Highlight, Text. Each has an appearance of its own, so that every program shows the same; a
 * note's words are in its contents, in Unicode, for the program's own window. A file with a password comes out as `locked`; in a signed one the
 * signature no longer holds for what was added, as with every annotation that is made by a program: the original stays downloadable.
 */
export async function withMarks(bytes: Uint8Array, marks: readonly Signed[], note: (mark: Mark) => string): Promise<Uint8Array | ExportFailure> {
  let document: PDFDocument
  try {
    document = await PDFDocument.load(bytes, { updateMetadata: false })
  } catch (error) {
    return /encrypt/iu.test(String(error)) ? 'locked' : 'unreadable'
  }
  const pages = document.getPages()
  for (const { mark, author } of marks) {
    const page = pages[mark.anchor.page - 1]
    if (page && !mark.unplaced && mark.kind !== 'tombstone') annotate(document, page, mark, author, note(mark))
  }
  return document.save({ useObjectStreams: false, updateFieldAppearances: false })
}

/** From parts of the page as it is seen (0–1, from the upper left) to its own points: turned back, and moved into its crop box. */
function placer(page: PDFPage): { size: { width: number; height: number }; point(x: number, y: number): [number, number] } {
  const box = page.getCropBox()
  const turn = ((page.getRotation().angle % 360) + 360) % 360
  const size = turn % 180 === 0 ? { width: box.width, height: box.height } : { width: box.height, height: box.width }
  return {
    size,
    point(x, y) {
      const [across, down] = turn === 90 ? [y, 1 - x] : turn === 180 ? [1 - x, 1 - y] : turn === 270 ? [1 - y, x] : [x, y]
      return [box.x + across * box.width, box.y + (1 - down) * box.height]
    },
  }
}

function annotate(document: PDFDocument, page: PDFPage, mark: Mark, author: string, text: string): void {
  const { size, point } = placer(page)
  const bounds = boundsOf(mark)
  if (!bounds) return
  const colour = rgb(colourValues[mark.colour])
  const pad = mark.kind === 'stroke' ? mark.width : 0
  const corner = (x: number, y: number) => point(Math.min(1, Math.max(0, x)), Math.min(1, Math.max(0, y)))
  const icon = 18 / size.width
  const [one, other] = mark.kind === 'note'
    ? [corner(bounds.x + bounds.width, bounds.y), corner(bounds.x + bounds.width + icon, bounds.y + icon * size.width / size.height)]
    : [corner(bounds.x - pad, bounds.y - pad * size.width / size.height), corner(bounds.x + bounds.width + pad, bounds.y + bounds.height + pad * size.width / size.height)]
  const rect = [Math.min(one[0], other[0]), Math.min(one[1], other[1]), Math.max(one[0], other[0]), Math.max(one[1], other[1])] as const
  const { context } = document
  const base = {
    Type: 'Annot', Rect: [...rect], C: [...colour], F: 4, P: page.ref, T: PDFHexString.fromText(author), M: dateOf(mark.at), CreationDate: dateOf(mark.at),
    NM: PDFHexString.fromText(mark.id), Contents: PDFHexString.fromText(text),
  }
  const drawn = drawing(mark, size, point)
  const fill = `${colour.map(short).join(' ')} rg\n`
  const appearance = (content: string, more: Record<string, unknown> = {}): PDFRef => context.register(context.stream(content, {
    Type: 'XObject', Subtype: 'Form', BBox: [...rect], Resources: context.obj({ ExtGState: { G: { Type: 'ExtGState', BM: 'Multiply', ca: 0.75 } } }), ...more,
  } as never))
  const multiply = mark.kind === 'highlight' || (mark.kind === 'stroke' && mark.tool === 'highlighter')
  const content = mark.kind === 'note' ? noteIcon(rect) : `${multiply ? '/G gs\n' : ''}${fill}${drawn}`
  // Blended with the page only as a group of its own.
  const group = multiply ? { Group: context.obj({ Type: 'Group', S: 'Transparency' }) } : {}
  const kind = mark.kind === 'note' ? { Subtype: 'Text', Name: 'Note', Open: false }
    : mark.kind === 'highlight' ? { Subtype: 'Highlight', QuadPoints: mark.anchor.boxes.flatMap((box) => quad(box, point)), CA: 0.75 }
      : mark.kind === 'stroke' ? { Subtype: 'Ink', InkList: [mark.points.flatMap(({ x, y }) => point(x, y))], BS: { W: mark.width * size.width }, CA: multiply ? 0.75 : 1 } : {}
  const annotation = context.register(context.obj({ ...base, ...kind, AP: { N: appearance(content, group) } } as never))
  const known = page.node.lookupMaybe(PDFName.of('Annots'), PDFArray)
  if (known) known.push(annotation)
  else page.node.set(PDFName.of('Annots'), context.obj([annotation]))
}

/** What is filled: rectangles of words, or the outline of a stroke, in the page's own points. */
function drawing(mark: Mark, size: { width: number; height: number }, point: (x: number, y: number) => [number, number]): string {
  if (mark.kind === 'highlight') {
    return mark.anchor.boxes.map((box) => {
      const [[x1, y1], [x2, y2]] = [point(box.x, box.y), point(box.x + box.width, box.y + box.height)]
      return `${[Math.min(x1, x2), Math.min(y1, y2), Math.abs(x2 - x1), Math.abs(y2 - y1)].map(short).join(' ')} re f`
    }).join('\n')
  }
  if (mark.kind !== 'stroke') return ''
  const height = inkWidth * size.height / size.width
  const at = (x: string, y: string) => point(Number(x) / inkWidth, Number(y) / height)
  // The path that is drawn on the screen: M x y Q (cx cy x y)… Z; PDF has cubic curves only.
  const numbers = strokePath({ ...mark, width: mark.width || highlighterWidth }, height).match(/-?\d+(?:\.\d+)?/gu) ?? []
  let [nowX, nowY] = at(numbers[0] ?? '0', numbers[1] ?? '0')
  let path = `${short(nowX)} ${short(nowY)} m\n`
  for (let index = 2; index + 3 < numbers.length; index += 4) {
    const [controlX, controlY] = at(numbers[index] as string, numbers[index + 1] as string)
    const [toX, toY] = at(numbers[index + 2] as string, numbers[index + 3] as string)
    path += `${[nowX + (controlX - nowX) * 2 / 3, nowY + (controlY - nowY) * 2 / 3, toX + (controlX - toX) * 2 / 3, toY + (controlY - toY) * 2 / 3, toX, toY].map(short).join(' ')} c\n`
    ;[nowX, nowY] = [toX, toY]
  }
  return `${path}f`
}

/** A sheet with three lines, 18 points wide. */
function noteIcon([x, y, right, top]: readonly [number, number, number, number]): string {
  const [width, height] = [right - x, top - y]
  const line = (share: number) => `${short(x + width * 0.22)} ${short(y + height * share)} m ${short(x + width * 0.78)} ${short(y + height * share)} l S`
  return `1 0.95 0.75 rg 0.54 0.43 0 RG 1 w\n${[x + 1, y + 1, width - 2, height - 2].map(short).join(' ')} re B\n${[0.3, 0.5, 0.7].map(line).join('\n')}`
}

/** Upper left, upper right, lower left, lower right, as the programs want them (and not as the standard says). */
function quad(box: { x: number; y: number; width: number; height: number }, point: (x: number, y: number) => [number, number]): number[] {
  return [...point(box.x, box.y), ...point(box.x + box.width, box.y), ...point(box.x, box.y + box.height), ...point(box.x + box.width, box.y + box.height)]
}

function rgb(value: string): [number, number, number] {
  const part = (at: number) => Number.parseInt(value.slice(at, at + 2), 16) / 255
  return [part(1), part(3), part(5)]
}

function dateOf(at: number): PDFHexString {
  return PDFHexString.fromText(`D:${new Date(at).toISOString().replace(/\D/gu, '').slice(0, 14)}Z`)
}

const short = (value: number) => String(Math.round(value * 100) / 100)
