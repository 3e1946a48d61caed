import type { Box } from '../../../../shared/papers/contents.ts'
import type { OpenedPdf, Pdfium, SeenPage } from './pdfium.ts'

/** Straight lines (tables are ruled with them) and pictures of one page, as parts of it. */
export interface DrawnThings { rules: Box[]; pictures: Box[] }

const [mostObjects, mostRules, mostPictures, mostSegments] = [20_000, 4_000, 200, 60]
const [path, image] = [2, 3]
const [lineTo, bezierTo, moveTo] = [0, 1, 2]
/** Points: what is thinner is a line, what is shorter is a speck. */
const [thin, short] = [2.5, 4]

type Corners = [x1: number, y1: number, x2: number, y2: number]

export function drawnOn({ pdfium }: OpenedPdf, seen: SeenPage): DrawnThings {
  const things: DrawnThings = { rules: [], pictures: [] }
  const out = pdfium._malloc(64)
  const box = ([x1, y1, x2, y2]: Corners): Box => {
    const share = (from: number, to: number, whole: number) => [Math.min(1, Math.max(0, Math.min(from, to) / whole)), Math.min(1, Math.max(0, Math.max(from, to) / whole))] as const
    const [left, right] = share(x1, x2, seen.width)
    const [top, bottom] = share(y1, y2, seen.height)
    const round = (part: number) => Math.round(part * 10_000) / 10_000
    return { x: round(left), y: round(top), width: round(right - left), height: round(bottom - top) }
  }
  const addRule = (corners: Corners): void => {
    const [across, down] = [Math.abs(corners[2] - corners[0]), Math.abs(corners[3] - corners[1])]
    if (Math.min(across, down) <= thin && Math.max(across, down) >= short && things.rules.length < mostRules) things.rules.push(box(corners))
  }
  try {
    const count = Math.min(pdfium._FPDFPage_CountObjects(seen.page), mostObjects)
    for (let at = 0; at < count; at++) {
      const object = pdfium._FPDFPage_GetObject(seen.page, at)
      const kind = pdfium._FPDFPageObj_GetType(object)
      if (kind !== path && kind !== image) continue
      if (!pdfium._FPDFPageObj_GetBounds(object, out, out + 4, out + 8, out + 12)) continue
      const [left, bottom, right, top] = pdfium.HEAPF32.subarray(out >> 2, (out >> 2) + 4) as unknown as Corners
      const corners: Corners = [...seen.place(left, bottom), ...seen.place(right, top)]
      if (!corners.every(Number.isFinite)) continue
      if (kind === image) {
        if (things.pictures.length < mostPictures) things.pictures.push(box(corners))
      } else if (Math.min(Math.abs(corners[2] - corners[0]), Math.abs(corners[3] - corners[1])) <= thin) {
        addRule(corners)
      } else {
        for (const edge of edgesOf(pdfium, object, seen, out)) addRule(edge)
      }
    }
    return things
  } finally {
    pdfium._free(out)
  }
}

/** The straight edges of a drawn shape: the frame of a cell is often one rectangle. */
function edgesOf(pdfium: Pdfium, object: number, seen: SeenPage, out: number): Corners[] {
  const edges: Corners[] = []
  let [a, b, c, d, e, f] = [1, 0, 0, 1, 0, 0]
  if (pdfium._FPDFPageObj_GetMatrix(object, out)) [a, b, c, d, e, f] = pdfium.HEAPF32.subarray(out >> 2, (out >> 2) + 6) as unknown as [number, number, number, number, number, number]
  let last: [number, number] | null = null
  let begin: [number, number] | null = null
  const count = Math.min(pdfium._FPDFPath_CountSegments(object), mostSegments)
  for (let at = 0; at < count; at++) {
    const segment = pdfium._FPDFPath_GetPathSegment(object, at)
    if (!pdfium._FPDFPathSegment_GetPoint(segment, out, out + 4)) continue
    const [x, y] = [pdfium.HEAPF32[out >> 2] as number, pdfium.HEAPF32[(out >> 2) + 1] as number]
    const here = seen.place(a * x + c * y + e, b * x + d * y + f)
    const kind = pdfium._FPDFPathSegment_GetType(segment)
    if (kind === lineTo && last) edges.push([...last, ...here])
    if (kind === moveTo) begin = here
    if (pdfium._FPDFPathSegment_GetClose(segment) && begin && kind !== bezierTo) edges.push([...here, ...begin])
    last = here
  }
  return edges
}
