import type { PageText, TextRun } from '../../../../shared/papers/contents.ts'
import { codingByLook, codingOfFont, fromLegacy, type LegacyCoding } from '../../../../shared/vietnamese/legacyCoding.ts'
import { withLostHorns } from '../../../../shared/vietnamese/lostHorns.ts'
import { drawnOn, type DrawnThings } from './drawn.ts'
import { lettersOf } from './letters.ts'
import { withPage, type OpenedPdf } from './pdfium.ts'
import { isRubbish } from './rubbish.ts'
import { joined, runsOf, type RawRun } from './runs.ts'

export interface ReadPage { text: PageText; rewritten: boolean }

interface RawPage { width: number; height: number; runs: RawRun[]; mended: boolean; drawn: DrawnThings }

/** All pages' words as they were meant: old codings are told by the font's name, or by the look of all that is set in it. `meant` does it for other text of the file. */
export function wordsOf(pdf: OpenedPdf, mostPages: number): { pages: ReadPage[]; meant(text: string): string } {
  const pages: RawPage[] = []
  for (let index = 0; index < Math.min(pdf.pages, mostPages); index++) pages.push(rawPage(pdf, index))
  const codingFor = codings(pages.flatMap(page => page.runs))
  const ofAll = codingFor('')
  const meant = (text: string): string => {
    const told = ofAll ? fromLegacy(text, ofAll.coding) : text
    return ofAll?.lostHorns ? withLostHorns(told) : told
  }
  return { pages: pages.map(page => readPage(page, codingFor)), meant }
}

function rawPage(pdf: OpenedPdf, index: number): RawPage {
  try {
    return withPage(pdf, index, seen => ({ width: seen.width, height: seen.height, ...runsOf(lettersOf(pdf, seen)), drawn: drawnOn(pdf, seen) }))
  } catch {
    // A damaged page has no words; the others may.
    return { width: 595, height: 842, runs: [], mended: false, drawn: { rules: [], pictures: [] } }
  }
}

interface Coding { coding: LegacyCoding; lostHorns: boolean }

const enoughText = 20_000

function codings(runs: RawRun[]): (font: string) => Coding | null {
  const byFont = new Map<string, string>()
  for (const { look, text } of runs) {
    const known = byFont.get(look.font) ?? ''
    if (known.length < enoughText) byFont.set(look.font, `${known} ${text}`)
  }
  const whole = [...byFont.values()].join(' ')
  const ofAll = codingByLook(whole)
  // A converter without the font may have taken TCVN3's ư for a soft hyphen, and dropped it everywhere.
  const lostHorns = ofAll === 'tcvn3' && !whole.includes('\u00ad')
  const told = new Map([...byFont].map(([font, text]) => {
    const named = codingOfFont(font)
    const coding = named ?? codingByLook(text) ?? ofAll
    return [font, coding ? { coding, lostHorns: lostHorns && named === null } : null] as const
  }))
  return font => (font === '' && ofAll ? { coding: ofAll, lostHorns } : told.get(font) ?? null)
}

function readPage({ width, height, runs, mended, drawn }: RawPage, codingFor: (font: string) => Coding | null): ReadPage {
  let rewritten = mended
  const meant = runs.map(run => {
    const coding = codingFor(run.look.font)
    const told = tidy(coding ? fromLegacy(run.text, coding.coding) : run.text.normalize('NFC'))
    const text = coding?.lostHorns ? withLostHorns(told) : told
    if (coding && text !== run.text) rewritten = true
    return { ...run, text }
  })
  const whole = joined(meant).filter(run => run.text.trim() !== '')
  if (whole.length === 0) return { text: { width, height, source: 'none', runs: [], ...drawn }, rewritten: false }
  if (isRubbish(whole.map(run => run.text).join(' '))) return { text: { width, height, source: 'none', runs: [], ...drawn }, rewritten: true }
  return { text: { width, height, source: 'text', runs: whole.map(run => textRun(run, width, height)), ...drawn }, rewritten }
}

/** Ligatures as the letters they stand for; what has no picture, gone. */
const tidy = (text: string): string => text.replace(/[\ufb00-\ufb06]/gu, letters => letters.normalize('NFKC')).replace(/[\u0000-\u0008\u000e-\u001f\u200b\ufeff]/gu, letter => (letter < ' ' ? '\ufffd' : ''))

const rounded = (part: number): number => Math.round(Math.min(1, Math.max(0, part)) * 10_000) / 10_000

function textRun({ text, look, left, top, right, bottom }: RawRun, width: number, height: number): TextRun {
  const [x, y] = [rounded(left / width), rounded(top / height)]
  return {
    text: text.normalize('NFC'), x, y, width: rounded(rounded(right / width) - x), height: rounded(rounded(bottom / height) - y),
    size: Math.round(look.size * 10) / 10, bold: look.bold, italic: look.italic,
  }
}
