import { watch, type Ref } from 'vue'
import type { Block } from '../../../shared/papers/contents.ts'
import { quoteOfBlock, type SelectedQuote } from './selectedQuote.ts'

interface Options {
  article: Ref<HTMLElement | null>
  blocks: () => readonly Block[]
  active: () => boolean
  onPick(quote: SelectedQuote): void
}

/**
 * Pieces of the text that are chosen whole, while `active`: by a tap, or by keyboard. One of them stands in the tab order; arrows go on to the next and
 * the one before, Enter chooses.
 */
export function usePicking({ article, blocks, active, onPick }: Options) {
  const all = (): HTMLElement[] => [...(article.value?.querySelectorAll<HTMLElement>('[data-block]') ?? [])]

  watch([active, blocks, article], ([on]) => {
    all().forEach((element, index) => (on ? element.setAttribute('tabindex', index === 0 ? '0' : '-1') : element.removeAttribute('tabindex')))
  }, { flush: 'post', immediate: true })

  function pick(element: HTMLElement | null | undefined): void {
    const quote = element ? quoteOfBlock(element, blocks()) : null
    if (quote) onPick(quote)
  }

  function focusOn(element: HTMLElement): void {
    for (const one of all()) one.setAttribute('tabindex', one === element ? '0' : '-1')
    element.focus()
    element.scrollIntoView({ block: 'nearest' })
  }

  function onKey(event: KeyboardEvent): void {
    const here = event.target
    if (!active() || !(here instanceof HTMLElement) || here.dataset['block'] === undefined) return
    const elements = all()
    const next = { ArrowDown: elements[elements.indexOf(here) + 1], ArrowUp: elements[elements.indexOf(here) - 1] }[event.key]
    if (next) focusOn(next)
    else if (event.key === 'Enter') pick(here)
    else return
    event.preventDefault()
  }

  function onTap(event: MouseEvent): void {
    if (active() && (getSelection()?.isCollapsed ?? true) && event.target instanceof Element) pick(event.target.closest<HTMLElement>('[data-block]'))
  }

  return { onKey, onTap }
}
