import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { protocolVersion } from '../../shared/contracts/protocol.ts'
import { launchBrowser } from '../support/browser.ts'
import { Screen } from '../support/e2e/screens.ts'
import { clientDir } from '../support/e2e/story.ts'
import { startHub, testPassword, type TestHub } from '../support/hub.ts'

describe('a page older than the hub', { timeout: 120_000 }, () => {
  let browser: Browser
  let hub: TestHub

  beforeAll(async () => {
    hub = await startHub({ clientDir: await clientDir() })
    browser = await launchBrowser()
  }, 300_000)
  afterAll(async () => {
    await browser?.close()
    await hub?.stop()
  })

  /** The page's own handshake, made to speak as a page of the version before would. */
  async function makeOlder(page: Page): Promise<void> {
    await page.routeWebSocket(/\/live\//u, line => {
      const server = line.connectToServer()
      line.onMessage(message => server.send(String(message).replace(`"protocol":${protocolVersion}`, `"protocol":${protocolVersion - 1}`)))
    })
  }

  test('is told to reload, and after reloading is a page like any other', async () => {
    await hub.addAccount({ id: 'lan', roles: ['office'] })
    const screen = await Screen.open(browser, hub.url, 'tablet')
    await screen.enterAs('lan', testPassword)
    const answer = await screen.context.request.post('/api/meetings', {
      headers: { origin: hub.url },
      data: {
        commandId: 'outdated-meeting', title: 'Họp giao ban', kind: 'meeting', type: 'briefing', body: 'plain', startsAt: Date.now(), endsAt: Date.now() + 3_600_000, place: '', siteIds: [],
        participants: [{ personId: 'lan', role: 'secretary', votes: false, siteId: null }],
      },
    })
    const { meetingId } = await answer.json() as { meetingId: string }
    await makeOlder(screen.page)
    await screen.page.goto(`/meetings/${meetingId}`)
    const told = screen.page.getByRole('alert')
    await told.getByRole('heading', { name: 'Cần tải lại trang' }).waitFor()
    expect(await told.getByText('Ứng dụng đã có phiên bản mới. Xin tải lại trang.').isVisible()).toBe(true)

    await screen.page.unrouteAll()
    const fresh = await screen.context.newPage()
    await fresh.goto(`/meetings/${meetingId}`)
    await fresh.getByRole('heading', { level: 1, name: 'Họp giao ban' }).waitFor()
    const reloaded = screen.page.waitForEvent('load')
    await told.getByRole('button', { name: 'Tải lại trang' }).click()
    await reloaded
    expect(new URL(screen.page.url()).pathname).toBe(`/meetings/${meetingId}`)
  })
})
