import { PDFArray, PDFDict, PDFDocument, PDFName, PDFObjectCopier, PDFPageLeaf, PDFRef, type PDFContext, type PDFObject } from '@cantoo/pdf-lib'
import { keepNotes, type Appearance } from './notes.ts'

/** What a page keeps in a book; its threads, thumbnails, actions and private data of programs stay behind. */
const keptOfPage = new Set(['Type', 'Parent', 'MediaBox', 'CropBox', 'Rotate', 'UserUnit', 'Resources', 'Contents', 'Annots', 'Group'])
const name = (text: string): PDFName => PDFName.of(text)

export interface CopiedPage {
  ref: PDFRef
  page: PDFPageLeaf
  /** What form fields show (a signature's picture too), to be drawn on the page: as fields they would be nobody's. */
  appearances: Appearance[]
}
export interface CopiedPaper {
  pages: CopiedPage[]
  /** Layers that can be turned on and off, and those that are off. */
  layers: { all: PDFObject[]; off: PDFObject[] }
}

/** The pages of a PDF, copied into `book` with what they are drawn with and nothing else. @throws when it cannot be taken apart, or has not this many. */
export async function copyPaper(bytes: Uint8Array, expected: number, book: PDFContext): Promise<CopiedPaper> {
  // A file that opens without a password may be encrypted all the same.
  const document = await PDFDocument.load(bytes, { updateMetadata: false, password: '' })
  const pages = document.getPages()
  if (pages.length !== expected || new Set(pages.map(({ ref }) => ref)).size !== expected) throw new Error('not the pages that were counted')
  const known = new Set(pages.map(({ ref }) => ref))
  const fields = pages.map(({ node }) => {
    for (const key of node.keys()) if (!keptOfPage.has(key.decodeText())) node.delete(key)
    return keepNotes(document.context, node, known)
  })
  const copier = PDFObjectCopier.for(document.context, book)
  return {
    pages: pages.map(({ ref }, index) => {
      const copied = copier.copy(ref)
      const page = book.lookup(copied)
      if (!(page instanceof PDFPageLeaf)) throw new Error('not a page')
      return { ref: copied, page, appearances: (fields[index] ?? []).map(({ drawing, matrix }) => ({ drawing: copier.copy(drawing), matrix })) }
    }),
    layers: layersOf(document, (object) => copier.copy(object)),
  }
}

function layersOf({ catalog }: PDFDocument, copy: (object: PDFObject) => PDFObject): CopiedPaper['layers'] {
  const properties = catalog.lookup(name('OCProperties'))
  const listed = (list: unknown): PDFRef[] => (list instanceof PDFArray ? list.asArray().filter((one) => one instanceof PDFRef) : [])
  if (!(properties instanceof PDFDict)) return { all: [], off: [] }
  const all = listed(properties.lookup(name('OCGs')))
  const usual = properties.lookup(name('D'))
  if (!(usual instanceof PDFDict)) return { all: all.map(copy), off: [] }
  const on = new Set(listed(usual.lookup(name('ON'))))
  const off = usual.lookup(name('BaseState')) === name('OFF') ? all.filter((one) => !on.has(one)) : listed(usual.lookup(name('OFF')))
  return { all: all.map(copy), off: off.map(copy) }
}

/** What the catalog of the book says of all layers; undefined when there are none. */
export function layersIn(book: PDFContext, layers: readonly CopiedPaper['layers'][]): PDFObject | undefined {
  const all = layers.flatMap((one) => one.all)
  return all.length === 0 ? undefined : book.obj({ OCGs: all, D: { OFF: layers.flatMap((one) => one.off), Order: [] } } as never)
}
