import { leadsToCompound, levelOf, type SecrecyLevel } from './level.ts'

/** A run of letters on the first page, placed in points from its top left corner as the reader sees the page. */
export interface TextRun { text: string; x: number; y: number; width: number; height: number }

/** Stamps stand beside and under the letterhead; further down, a word alone is a heading or a table cell. */
const upperPart = 0.45

/**
 * The level a first page is stamped with: a mark of secrecy on a line (or in a column of a line) of its own in the page's
 * upper part. "mật" inside a sentence, everyday compounds broken over two lines and lists of all levels are no stamp.
 */
export function stampedLevel(runs: TextRun[], page: { height: number }): SecrecyLevel | null {
  const segments = segmentsOf(runs)
  const found = new Set<SecrecyLevel>()
  for (const segment of segments) {
    if (segment.y > page.height * upperPart) continue
    const above = lineAbove(segment, segments)
    const level = (above && levelOverTwoLines(above, segment)) ?? levelOnStamp(segment.text)
    if (level && !(above && leadsToCompound.test(above.text.normalize('NFC').trim()))) found.add(level)
  }
  const [level] = found
  return found.size === 1 && level ? level : null
}

type Segment = TextRun

/** Joins runs that stand close together on one line; a gap wider than a letter and a half begins a new column. */
function segmentsOf(runs: TextRun[]): Segment[] {
  const segments: Segment[] = []
  const visible = runs.filter(run => run.text.trim() !== '').sort((a, b) => a.y - b.y || a.x - b.x)
  for (const run of visible) {
    const onLine = segments.find(one => {
      const gap = Math.max(run.x - (one.x + one.width), one.x - (run.x + run.width))
      return Math.abs(one.y - run.y) < Math.max(one.height, run.height) * 0.4 && gap < Math.max(one.height, run.height) * 1.5
    })
    if (!onLine) { segments.push({ ...run }); continue }
    const [left, right] = onLine.x <= run.x ? [onLine, run] : [run, onLine]
    const gap = right.x - (left.x + left.width)
    const end = Math.max(left.x + left.width, right.x + right.width)
    Object.assign(onLine, { text: `${left.text}${gap > onLine.height * 0.12 ? ' ' : ''}${right.text}`, x: left.x, width: end - left.x })
  }
  return segments
}

/** Frames, brackets, stars and the word "Độ mật:" may stand around the mark, and a mark of urgency beside it. */
function levelOnStamp(text: string): SecrecyLevel | null {
  const composed = text.normalize('NFC').trim()
  const labelled = /^độ\s+mật\s*[:：]\s*/iu.test(composed)
  const bare = composed
    .replace(/^độ\s+mật\s*[:：]\s*/iu, '')
    .replace(/^[\s[\](){}<>«»"“”'‘’|*★☆●•■□–—\-_.:]+|[\s[\](){}<>«»"“”'‘’|*★☆●•■□–—\-_.:]+$/gu, '')
    .replace(/\s*[-–—/,;|]\s*(?:hoả tốc|hỏa tốc|thượng khẩn|khẩn)$/iu, '')
  const level = levelOf(bare)
  if (!level) return null
  // A lower-case word alone is the end of a sentence that did not fit on its line.
  return labelled || /^\p{Lu}/u.test(bare) ? level : null
}

/** "TUYỆT" above "MẬT" in a narrow frame. */
function levelOverTwoLines(above: Segment, segment: Segment): SecrecyLevel | null {
  return levelOf(segment.text) === 'MẬT' && /^\p{Lu}/u.test(segment.text) ? levelOf(above.text + segment.text) : null
}

/** The line right above, of this column: the words that this one may continue. */
function lineAbove(segment: Segment, segments: Segment[]): Segment | undefined {
  const reach = Math.max(segment.height, 8) * 2.2
  return segments
    .filter(one => one !== segment && one.y < segment.y - segment.height * 0.4 && segment.y - one.y < reach && one.x < segment.x + segment.width && segment.x < one.x + one.width)
    .sort((a, b) => b.y - a.y)[0]
}
