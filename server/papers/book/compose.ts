import { PDFContext, PDFHexString, type PDFRef } from '@cantoo/pdf-lib'
import { numberPages, papersIn } from '../../../shared/meeting/papers/book.ts'
import { openLettering } from '../copying/lettering.ts'
import { readTypeface } from '../copying/typeface.ts'
import { openWatermark, type Watermark } from '../copying/watermark.ts'
import { drawFront } from './draw.ts'
import { openBookFile } from './file.ts'
import { agendaOf, coverOf } from './front.ts'
import type { BookJob, BoundBook } from './job.ts'
import { outlineOf } from './outline.ts'
import { bindPage, writeFooter, type BoundPage } from './page.ts'
import { copyPaper, layersIn, type CopiedPaper } from './source.ts'
import { bookWords } from './words.ts'

export interface BookMaterial {
  /** The bytes of the paper that comes next; `index` says which one that is. */
  next(index: number): Promise<Uint8Array>
  put(bytes: Uint8Array): void
  font: Uint8Array
}

/**
 * Binds papers into one PDF, one after the other, and writes it as it comes: cover, agenda, then every paper that can be taken apart. Pages and
 * bookmarks know their numbers only at the end, so footers and the pages in front are written last.
 */
export async function composeBook(job: BookJob, { next, put, font }: BookMaterial): Promise<BoundBook> {
  const context = PDFContext.create()
  const file = openBookFile(context, put)
  const lettering = openLettering(context, readTypeface(font))
  const watermark = job.line === null ? null : openWatermark(context, lettering.font, lettering.set(job.line))
  const [tree, words] = [context.nextRef(), bookWords[job.language]]
  const papers = papersIn(job.items)
  const leftOut = new Set(job.leftOut)
  const bound: BoundPage[][] = []
  const layers: CopiedPaper['layers'][] = []

  for (const [index, paper] of papers.entries()) {
    bound.push([])
    if (leftOut.has(index)) continue
    const bytes = await next(index)
    try {
      const copied = await copyPaper(bytes, paper.pages, context)
      bound[index] = copied.pages.map((page) => bindPage(context, page, tree, lettering, watermark))
      layers.push(copied.layers)
    } catch {
      leftOut.add(index)
      dropAll(context, watermark)
    }
    file.flush()
  }

  const { begins, pages } = numberPages(papers, leftOut)
  const measure = (line: string): number => lettering.set(line).width
  const front = [coverOf(job, { papers: papers.length - leftOut.size, pages }, words, measure), ...agendaOf(job.items, begins, words, measure)]
  const frontRefs = drawFront(context, front, { tree, lettering, watermark, first: (index) => bound[index]?.[0]?.ref })
  let [at, number] = [0, 0]
  for (const item of job.items) {
    for (const paper of item.papers) {
      const names = `${words.item(item.number)} ${item.title} · ${paper.title}`
      for (const page of bound[at] ?? []) writeFooter(context, page, lettering, names, words.page((number += 1), pages))
      at += 1
    }
  }
  const all = [...frontRefs, ...bound.flat().map(({ ref }) => ref)]
  context.assign(tree, context.obj({ Type: 'Pages', Kids: all, Count: all.length } as never))
  lettering.embed()
  const outline = outlineOf(context, job.items, (index) => bound[index]?.[0]?.ref ?? null, { title: words.agenda, page: frontRefs[1] as PDFRef })
  const catalog = context.register(context.obj({
    Type: 'Catalog', Pages: tree, Outlines: outline, PageMode: 'UseOutlines', Lang: PDFHexString.fromText(job.language), OCProperties: layersIn(context, layers),
    PageLabels: { Nums: [0, { S: 'r' }, frontRefs.length, { S: 'D' }] }, ViewerPreferences: { DisplayDocTitle: true },
  } as never))
  const info = context.register(context.obj({ Title: PDFHexString.fromText(`${words.book}: ${job.cover.title}`), Producer: PDFHexString.fromText('Giao ban') } as never))
  file.end(catalog, info)
  return { pages, leftOut: [...leftOut] }
}

/** What a paper that broke off has left. Drawings of the watermark that were made meanwhile stay: other pages share them. */
function dropAll(context: PDFContext, watermark: Watermark | null): void {
  for (const [ref] of context.enumerateIndirectObjects()) if (!watermark?.made(ref)) context.delete(ref)
}
