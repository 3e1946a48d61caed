import { thinned } from './ink.ts'
import { boundsOf, type Mark } from './mark.ts'
import { anchorUnder } from './words.ts'

type Stroke = Extract<Mark, { kind: 'stroke' }>

/** A stroke as it is kept: with the words of its page (`element`, null when it is not drawn any more) that it was drawn over, so that it goes where they go. */
export function strokeOn(element: HTMLElement | null, stroke: Omit<Stroke, 'kind'>): Mark {
  const mark: Stroke = { ...stroke, kind: 'stroke', points: thinned(stroke.points) }
  const bounds = boundsOf(mark)
  const words = bounds && element ? anchorUnder(element, bounds) : null
  return { ...mark, anchor: words ?? { page: mark.anchor.page, quote: null, boxes: bounds ? [bounds] : [] } }
}
