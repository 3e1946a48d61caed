import { PDFArray, PDFDict, PDFName, PDFNumber, PDFRef, PDFStream, type PDFContext, type PDFObject, type PDFPageLeaf } from '@cantoo/pdf-lib'
import { short } from '../copying/page.ts'

/** A drawing (form XObject) and where on the page it stands, for `cm`. */
export interface Appearance { drawing: PDFRef; matrix: string }

const kept = new Set(['Link', 'Text', 'FreeText', 'Line', 'Square', 'Circle', 'Polygon', 'PolyLine', 'Highlight', 'Underline', 'Squiggly', 'StrikeOut', 'Stamp', 'Caret', 'Ink', 'Popup'])
const [hidden, noView] = [2, 32]
const name = (text: string): PDFName => PDFName.of(text)

/**
 * Leaves on a page what people wrote and drew on it, and links to pages of this paper or into the web. Programs, sounds, files and whatever else
 * stands on pages goes. @returns what its form fields show. `pages`: all of this paper.
 */
export function keepNotes(context: PDFContext, page: PDFPageLeaf, pages: ReadonlySet<PDFRef>): Appearance[] {
  const notes = page.lookup(name('Annots'))
  const appearances: Appearance[] = []
  const left = (notes instanceof PDFArray ? notes.asArray() : []).filter((one) => {
    const note = context.lookup(one)
    if (!(note instanceof PDFDict)) return false
    const kind = note.lookup(name('Subtype'))
    if (kind === name('Widget')) {
      const shown = appearanceOf(note)
      if (shown) appearances.push(shown)
      return false
    }
    if (!(kind instanceof PDFName) || !kept.has(kind.decodeText())) return false
    for (const key of ['AA', 'P', 'StructParent', 'PA']) note.delete(name(key))
    return kind !== name('Link') || keepLink(context, note, pages)
  })
  if (left.length > 0) page.set(name('Annots'), context.obj(left as never))
  else page.delete(name('Annots'))
  return appearances
}

/** Whether it leads anywhere that is still there. */
function keepLink(context: PDFContext, link: PDFDict, pages: ReadonlySet<PDFRef>): boolean {
  const action = link.lookup(name('A'))
  const kind = action instanceof PDFDict ? action.lookup(name('S')) : undefined
  link.delete(name('A'))
  const place = kind === name('GoTo') ? (action as PDFDict).lookup(name('D')) : link.lookup(name('Dest'))
  link.delete(name('Dest'))
  if (place instanceof PDFArray && pages.has(place.get(0) as PDFRef)) {
    link.set(name('Dest'), place)
    return true
  }
  const address = kind === name('URI') ? (action as PDFDict).lookup(name('URI')) : undefined
  if (address) link.set(name('A'), context.obj({ S: 'URI', URI: address } as never))
  return address !== undefined
}

/** As a viewer draws it (ISO 32000, 12.5.5): the appearance's box, turned by its matrix, is fitted into the rectangle. */
function appearanceOf(field: PDFDict): Appearance | null {
  const flags = field.lookup(name('F'))
  if (flags instanceof PDFNumber && (flags.asNumber() & (hidden | noView)) !== 0) return null
  const all = field.lookup(name('AP'))
  let [ref, found] = all instanceof PDFDict ? [all.get(name('N')), all.lookup(name('N'))] : []
  if (found instanceof PDFDict) {
    const state = field.lookup(name('AS'))
    if (!(state instanceof PDFName)) return null
    ;[ref, found] = [found.get(state), found.lookup(state)]
  }
  const [rectangle, box] = [field.lookup(name('Rect')), found instanceof PDFStream ? found.dict.lookup(name('BBox')) : undefined]
  if (!(ref instanceof PDFRef) || !(found instanceof PDFStream) || !(rectangle instanceof PDFArray) || !(box instanceof PDFArray)) return null
  found.dict.set(name('Type'), name('XObject'))
  found.dict.set(name('Subtype'), name('Form'))
  const [into, from] = [rectangle.asRectangle(), turned(box.asRectangle(), found.dict.lookup(name('Matrix')))]
  if (!(from.width > 0 && from.height > 0 && into.width > 0 && into.height > 0)) return null
  const [across, up] = [into.width / from.width, into.height / from.height]
  return { drawing: ref, matrix: [across, 0, 0, up, into.x - from.x * across, into.y - from.y * up].map(short).join(' ') }
}

function turned({ x, y, width, height }: { x: number; y: number; width: number; height: number }, matrix: PDFObject | undefined): { x: number; y: number; width: number; height: number } {
  const numbers = matrix instanceof PDFArray && matrix.size() === 6 ? matrix.asArray().map((_, at) => matrix.lookup(at, PDFNumber).asNumber()) : [1, 0, 0, 1, 0, 0]
  const [a, b, c, d, e, f] = numbers as [number, number, number, number, number, number]
  const corners = [[x, y], [x + width, y], [x, y + height], [x + width, y + height]] as [number, number][]
  const [across, up] = [corners.map(([u, v]) => a * u + c * v + e), corners.map(([u, v]) => b * u + d * v + f)]
  return { x: Math.min(...across), y: Math.min(...up), width: Math.max(...across) - Math.min(...across), height: Math.max(...up) - Math.min(...up) }
}
