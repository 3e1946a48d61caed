import type { Page } from 'playwright-core'

/**
 * What a screen reader would say by itself: words that change inside a live region that stood there before, and alerts. A
 * region that comes into being with its words in it is said by hardly any reader, so it does not count.
 */
export async function listen(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const said: string[] = []
    ;(window as unknown as { saidAloud: string[] }).saidAloud = said
    const live = '[aria-live="polite"], [aria-live="assertive"], [role="status"], [role="alert"], [role="log"]'
    const fresh = new WeakSet<Element>()
    new MutationObserver((changes) => {
      for (const { addedNodes } of changes) {
        for (const node of addedNodes) {
          if (!(node instanceof Element)) continue
          for (const region of [node, ...node.querySelectorAll(live)]) {
            if (!region.matches(live)) continue
            fresh.add(region)
            setTimeout(() => fresh.delete(region))
            if (region.matches('[role="alert"]')) said.push(region.textContent ?? '')
          }
        }
      }
      for (const { target } of changes) {
        const region = (target instanceof Element ? target : target.parentElement)?.closest(live)
        const words = region?.textContent?.replace(/\s+/gu, ' ').trim()
        if (region && !fresh.has(region) && words && said.at(-1) !== words) said.push(words)
      }
    }).observe(document, { subtree: true, childList: true, characterData: true })
  })
}

export function saidAloud(page: Page): Promise<string[]> {
  return page.evaluate(() => [...(window as unknown as { saidAloud: string[] }).saidAloud])
}

/** Role and name of what has the focus, as the browser tells them to a screen reader. */
export async function focused(page: Page): Promise<{ role: string; name: string; checked: string }> {
  return page.evaluate(() => {
    const element = document.activeElement
    const labelled = element?.getAttribute('aria-labelledby')?.split(' ').map((id) => document.getElementById(id)?.textContent ?? '').join(' ')
    const label = element?.id ? document.querySelector(`label[for="${CSS.escape(element.id)}"]`)?.textContent : undefined
    return {
      role: element?.getAttribute('role') ?? element?.tagName.toLowerCase() ?? '',
      name: (element?.getAttribute('aria-label') ?? labelled ?? label ?? element?.textContent ?? '').replace(/\s+/gu, ' ').trim(),
      checked: element?.getAttribute('aria-checked') ?? '',
    }
  })
}

/** Presses a key until what has the focus bears this name. @throws Error with what was passed when it does not come */
export async function walkTo(page: Page, name: RegExp, key = 'Tab', atMost = 90): Promise<void> {
  const passed: string[] = []
  for (let step = 0; step < atMost; step += 1) {
    const here = await focused(page)
    if (name.test(here.name)) return
    passed.push(here.name.slice(0, 40))
    await page.keyboard.press(key)
  }
  throw new Error(`${name} was not reached by ${key}: ${passed.join(' | ')}`)
}
