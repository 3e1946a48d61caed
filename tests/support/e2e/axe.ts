import axe from 'axe-core'
import type { Page } from 'playwright-core'
import { atRest } from './screens.ts'

/** A finding of axe in words: how grave, which rule, where (the first few places), and what is wrong there. */
export interface Finding { impact: string; rule: string; help: string; places: string[] }

/** Everything axe finds on the page as it is now, contrast included; a paper's own content is not ours to judge. */
export async function axeFindings(page: Page): Promise<Finding[]> {
  await atRest(page)
  // Through the debugger and not as a script of the page, whose content policy forbids strangers.
  await page.evaluate(axe.source)
  return page.evaluate(async () => {
    const { axe: loaded } = window as unknown as { axe: typeof import('axe-core') }
    const { violations } = await loaded.run({ include: [['html']], exclude: [['[data-page]']] }, { resultTypes: ['violations'] })
    return violations.map(({ id, impact, help, nodes }) => ({
      impact: impact ?? 'minor', rule: id, help,
      places: nodes.slice(0, 3).map(({ target, failureSummary }) => `${target.join(' ')}: ${(failureSummary ?? '').replace(/\s+/gu, ' ').slice(0, 200)}`),
    }))
  })
}

/** What may not be: findings that keep people out. */
export const isSerious = ({ impact }: Finding): boolean => impact === 'serious' || impact === 'critical'

export const inWords = ({ impact, rule, help, places }: Finding): string => `${impact}: ${rule}: ${help}\n    ${places.join('\n    ')}`
