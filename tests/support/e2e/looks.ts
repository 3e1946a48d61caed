import type { Page } from 'playwright-core'

/** What is wrong with what is on the screen now, in words; empty when nothing is. */
export interface Look {
  /** The page can be moved sideways. */
  sideways: string[]
  /** Words of a button or link that are cut off. */
  clipped: string[]
  /** Words smaller than 16 px. */
  small: string[]
  /** Things to tap that are smaller than 48 × 48 px. */
  narrow: string[]
}

/** Measures the page as it is drawn. A paper's own type is not ours to judge. */
export function lookAt(page: Page): Promise<Look> {
  return page.evaluate(() => {
    const look: Look = { sideways: [], clipped: [], small: [], narrow: [] }
    const tappable = 'a[href], button, input, select, textarea, summary, [role="button"], [role="tab"], [role="radio"], [role="checkbox"], [role="switch"], [role="menuitem"], [role="combobox"], [role="spinbutton"]'
    const paper = '[data-page]'

    /** Kept for screen readers alone. */
    const clippedAway = (element: Element | null): boolean => element !== null && (getComputedStyle(element).clipPath === 'inset(50%)' || clippedAway(element.parentElement))
    const seen = (element: Element): boolean => {
      const { width, height } = element.getBoundingClientRect()
      return width > 2 && height > 2 && element.checkVisibility({ opacityProperty: true, visibilityProperty: true, contentVisibilityAuto: true }) && !clippedAway(element)
    }
    const named = (element: Element): string => {
      const words = (element.getAttribute('aria-label') ?? element.textContent ?? '').replace(/\s+/gu, ' ').trim().slice(0, 60)
      return `${element.getAttribute('role') ?? element.tagName.toLowerCase()} “${words}”`
    }

    const { scrollWidth, clientWidth } = document.documentElement
    if (scrollWidth > clientWidth) {
      const wide = [...document.body.querySelectorAll('*')].filter(element => seen(element) && element.getBoundingClientRect().right > clientWidth + 1 && !element.closest('[role="tablist"]'))
      const innermost = wide.filter(element => !wide.some(other => other !== element && element.contains(other)))
      look.sideways.push(`${scrollWidth} px on a screen of ${clientWidth} px: ${innermost.slice(0, 3).map(named).join(', ')}`)
    }

    const words = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
    for (let node = words.nextNode(); node; node = words.nextNode()) {
      const element = node.parentElement
      if (!element || node.textContent?.trim() === '' || element.closest(paper) || !seen(element)) continue
      const size = Number.parseFloat(getComputedStyle(element).fontSize)
      if (size < 15.99) look.small.push(`${size} px: ${named(element)}`)
    }

    for (const element of document.querySelectorAll<HTMLElement>(tappable)) {
      if (!seen(element) || element.closest(paper)) continue
      // Words that end in an ellipsis say so; those are not lost by accident.
      for (const part of [element, ...element.querySelectorAll<HTMLElement>('*')]) {
        const { textOverflow, overflowX } = getComputedStyle(part)
        if (part instanceof SVGElement || part instanceof HTMLInputElement || textOverflow === 'ellipsis' || !seen(part) || part.textContent?.trim() === '') continue
        const spills = part.scrollWidth > part.clientWidth + 1 && part.clientWidth > 0
        const beyond = part === element && (element.getBoundingClientRect().right > innerWidth + 1 || element.getBoundingClientRect().left < -1)
        const inScroller = element.closest('[role="tablist"], nav') !== null
        if (spills && overflowX !== 'auto' || beyond && !inScroller) look.clipped.push(named(element))
      }
      if (element.matches(':disabled')) continue
      element.scrollIntoView({ block: 'center', inline: 'nearest' })
      const { left, top, width, height } = element.getBoundingClientRect()
      if (width >= 47.5 && height >= 47.5) continue
      // A finger does not know where the border is drawn: what counts is where a tap still reaches it, or its label.
      const label = element.id ? document.querySelector(`label[for="${CSS.escape(element.id)}"]`) : element.closest('label')
      const reaches = (x: number, y: number) => {
        const hit = document.elementFromPoint(x, y)
        return hit !== null && (element.contains(hit) || label?.contains(hit) === true || element.parentElement?.closest(tappable)?.contains(hit) === true)
      }
      const [x, y] = [left + width / 2, top + height / 2]
      const reach = 23
      const wide = width >= 47.5 || reaches(x - reach, y) && reaches(x + reach, y)
      const high = height >= 47.5 || reaches(x, y - reach) && reaches(x, y + reach)
      // One part of a date or a time: the field around it takes the tap.
      if (!wide || !high) look.narrow.push(`${Math.round(width)} × ${Math.round(height)} px: ${named(element)}`)
    }
    for (const found of Object.values(look) as string[][]) found.splice(0, found.length, ...new Set(found))
    return look
  })
}

/** Walks through the page with the Tab key; the names of what is reached, in order, until it starts anew. */
export async function reachedByKeyboard(page: Page, atMost = 120): Promise<string[]> {
  const reached: string[] = []
  await page.evaluate(() => {
    const beginning = document.createElement('span')
    beginning.tabIndex = -1
    document.body.prepend(beginning)
    beginning.focus()
    beginning.remove()
  })
  for (let step = 0; step < atMost; step += 1) {
    await page.keyboard.press('Tab')
    const name = await page.evaluate(() => {
      const element = document.activeElement
      if (!element || element === document.body || element.hasAttribute('data-walked')) return null
      element.setAttribute('data-walked', '')
      const labelled = element.getAttribute('aria-labelledby')?.split(' ').map(id => document.getElementById(id)?.textContent ?? '').join(' ')
      const label = element.id ? document.querySelector(`label[for="${CSS.escape(element.id)}"]`)?.textContent : undefined
      return (element.getAttribute('aria-label') ?? labelled ?? label ?? element.textContent ?? '').replace(/\s+/gu, ' ').trim()
    })
    if (name === null) break
    reached.push(name)
  }
  await page.evaluate(() => { for (const element of document.querySelectorAll('[data-walked]')) element.removeAttribute('data-walked') })
  return reached
}
