import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { loadDemo } from '../../server/demo/load.ts'
import { demoPassword } from '../../server/demo/province.ts'
import { theHub } from '../../server/directory/actor.ts'
import type { MeetingHost } from '../../server/meetings/host.ts'
import { launchBrowser } from '../support/browser.ts'
import { startHub, type TestHub } from '../support/hub.ts'
import { axeFindings, inWords, isSerious, type Finding } from '../support/e2e/axe.ts'
import { focused, listen, saidAloud, walkTo } from '../support/e2e/screen-reader.ts'
import { eventually, Screen, type Device } from '../support/e2e/screens.ts'
import { clientDir } from '../support/e2e/story.ts'

const looks = [{ theme: 'light', language: 'vi' }, { theme: 'dark', language: 'en' }] as const
type Look = (typeof looks)[number]

/** A page as somebody sees it; `act` does what makes it worth a look. */
interface Sight { name: string; user: string | null; device: Device; path: () => string; ready: (page: Page) => Promise<unknown>; act?: (page: Page) => Promise<unknown> }

describe('every page is free of what keeps people out, in both themes and languages', { timeout: 300_000 }, () => {
  let browser: Browser
  let hub: TestHub
  let empty: TestHub
  let host: MeetingHost
  let ids: { november: string; coming: string; over: string }
  let oneTime: string
  const screens = new Map<string, Screen>()

  beforeAll(async () => {
    const client = await clientDir()
    hub = await startHub({ clientDir: client })
    empty = await startHub({ clientDir: client })
    browser = await launchBrowser()
    await loadDemo(hub.hub)
    await hub.addAccount({ id: 'newcomer' })
    oneTime = await hub.hub.directory.passwords.resetPassword('newcomer', theHub)
    const listed = (await hub.hub.hosts.summaries.list('thu-ky', 0, 99)).map(({ meetingId, summary }) => ({ meetingId, status: summary.status }))
    const of = (status: string) => listed.find((one) => one.status === status)?.meetingId ?? ''
    ids = { november: of('inSession'), coming: of('scheduled'), over: of('ended') }
    expect(Object.values(ids)).not.toContain('')
    host = (await hub.hub.hosts.find(ids.november))!
  }, 300_000)
  afterAll(async () => {
    await browser?.close()
    await hub?.stop()
    await empty?.stop()
  })

  const shown = (role: 'heading' | 'button' | 'article' | 'tab' | 'radio' | 'table', name?: RegExp) => (page: Page) => page.getByRole(role, name ? { name } : {}).first().waitFor()
  const press = (role: 'button' | 'tab' | 'link', name: RegExp) => (page: Page) => page.getByRole(role, { name }).first().click()
  const meeting = () => `/meetings/${ids.november}`
  const prepare = () => `/meetings/${ids.coming}/prepare`

  /** One browser of each person and look, whose page goes from sight to sight. */
  async function screenOf(user: string | null, device: Device, look: Look): Promise<Screen> {
    const key = `${user} ${device} ${look.theme}`
    let screen = screens.get(key)
    if (!screen) {
      screen = await Screen.open(browser, hub.url, device, look)
      screens.set(key, screen)
      if (user === 'newcomer') await screen.enterAs(user, oneTime)
      else if (user) await screen.enterAs(user, demoPassword)
    }
    return screen
  }

  async function lookAll(sights: readonly Sight[], look: Look): Promise<void> {
    const wrong: string[] = []
    for (const { name, user, device, path, ready, act } of sights) {
      const { page } = await screenOf(user, device, look)
      const found = await sightOf(page, path(), ready, act).catch((error: Error) => [{ impact: 'critical', rule: 'shown', help: error.message, places: [] }])
      for (const finding of found) {
        const words = `${name} (${look.theme}, ${look.language}): ${inWords(finding)}`
        if (isSerious(finding)) wrong.push(words)
        else console.log(`less than serious: ${words}`)
      }
    }
    expect(wrong.join('\n')).toBe('')
  }

  async function sightOf(page: Page, path: string, ready: Sight['ready'], act: Sight['act']): Promise<Finding[]> {
    page.setDefaultTimeout(30_000)
    await page.goto(path)
    await ready(page)
    await act?.(page)
    return axeFindings(page)
  }

  const office: Sight[] = [
    { name: 'sign-in', user: null, device: 'tablet', path: () => '/sign-in', ready: shown('button', /^(Đăng nhập|Sign in)$/u) },
    { name: 'set-up', user: null, device: 'desk', path: () => `${empty.url}/`, ready: shown('heading') },
    { name: 'password of one’s own', user: 'newcomer', device: 'tablet', path: () => '/', ready: shown('heading') },
    { name: 'nothing here', user: 'daibieu2', device: 'tablet', path: () => '/nowhere', ready: shown('heading') },
    { name: 'home of the office', user: 'thuky', device: 'desk', path: () => '/', ready: shown('article') },
    { name: 'home on a phone', user: 'daibieu2', device: 'phone', path: () => '/', ready: shown('article') },
    { name: 'new meeting', user: 'thuky', device: 'desk', path: () => '/meetings/new', ready: shown('heading') },
    { name: 'prepare: agenda and papers', user: 'thuky', device: 'desk', path: prepare, ready: shown('button', /^(Thêm tài liệu|Add papers)$/u) },
    { name: 'prepare: dialog of an item', user: 'thuky', device: 'desk', path: prepare, ready: shown('button', /^(Thêm nội dung|Add an item)$/u), act: async (page) => {
      await page.getByRole('button', { name: /^(Thêm nội dung|Add an item)$/u }).first().click()
      await page.getByRole('dialog').waitFor()
    } },
    { name: 'prepare: people', user: 'thuky', device: 'desk', path: prepare, ready: shown('tab'), act: async (page) => {
      await page.getByRole('tab').nth(1).click()
      await page.getByRole('button', { name: /^(Thao tác với|Actions|What to do with|Act on)/u }).first().waitFor()
    } },
    { name: 'prepare: details', user: 'thuky', device: 'desk', path: prepare, ready: shown('tab'), act: (page) => page.getByRole('tab').last().click() },
    { name: 'account', user: 'daibieu2', device: 'tablet', path: () => '/account', ready: shown('heading') },
    ...(['accounts', 'units', 'sites', 'audit'] as const).map((panel): Sight => ({ name: `administration: ${panel}`, user: 'quantri', device: 'desk', path: () => `/administration/${panel}`, ready: shown('button') })),
    { name: 'administration: new account', user: 'quantri', device: 'desk', path: () => '/administration/accounts', ready: shown('table'), act: async (page) => {
      await page.getByRole('button', { name: /^(Thêm tài khoản|Add an account)$/u }).first().click()
      await page.getByRole('dialog').waitFor()
    } },
  ]

  const presented = (page: Page) => page.getByRole('region', { name: /^(Trang|Page) 1$/u }).waitFor()
  const tools = (page: Page) => page.getByRole('group', { name: /^(Công cụ ghi chú|Tools for marking)$/u })
  const marking = async (page: Page) => {
    await press('button', /^(Ghi chú|Notes)$/u)(page)
    await tools(page).waitFor()
  }
  /** The tools are out, and one of them has opened a window. */
  const asked = (open: (page: Page) => Promise<unknown>) => async (page: Page) => {
    await marking(page)
    await open(page)
    await page.getByRole('dialog').waitFor()
  }
  const note = async (page: Page) => {
    await tools(page).getByRole('button', { name: /^(Lời ghi|Note)$/u }).click()
    await page.getByRole('region', { name: /^(Trang|Page) 1$/u }).click({ position: { x: 200, y: 120 } })
  }
  const marks: Sight[] = [
    { name: 'marking: tools', user: 'daibieu2', device: 'tablet', path: meeting, ready: presented, act: marking },
    { name: 'marking: tools on a phone, all of them', user: 'daibieu2', device: 'phone', path: meeting, ready: presented, act: async (page) => {
      await marking(page)
      await tools(page).getByRole('button', { name: /^(Thêm|More)$/u }).click()
    } },
    { name: 'marking: a note', user: 'daibieu2', device: 'tablet', path: meeting, ready: presented, act: asked(note) },
    { name: 'marking: who sees it', user: 'daibieu2', device: 'tablet', path: meeting, ready: presented, act: asked((page) => tools(page).locator('[data-layer]').click()) },
    { name: 'marking: list of notes', user: 'daibieu2', device: 'tablet', path: meeting, ready: presented, act: asked((page) => tools(page).getByRole('button', { name: /^(Danh sách|List)/u }).click()) },
  ]
  const session: Sight[] = [
    { name: 'meeting to come', user: 'daibieu2', device: 'tablet', path: () => `/meetings/${ids.coming}`, ready: shown('heading') },
    { name: 'meeting that is over', user: 'daibieu2', device: 'tablet', path: () => `/meetings/${ids.over}`, ready: shown('heading') },
    { name: 'meeting of a delegate', user: 'daibieu2', device: 'tablet', path: meeting, ready: presented },
    { name: 'meeting on a phone', user: 'daibieu2', device: 'phone', path: meeting, ready: shown('heading') },
    { name: 'meeting of the chair', user: 'chutoa', device: 'desk', path: meeting, ready: presented },
    { name: 'meeting of the secretary', user: 'thuky', device: 'desk', path: meeting, ready: presented },
    { name: 'projector', user: 'phongchieu', device: 'wall', path: () => `${meeting()}/projector`, ready: presented },
  ]

  const voteShown = shown('heading', /^Thông qua Tờ trình/u)
  const voting: Sight[] = [
    { name: 'vote: ballot', user: 'daibieu2', device: 'tablet', path: meeting, ready: shown('radio') },
    { name: 'vote: chosen', user: 'daibieu2', device: 'tablet', path: meeting, ready: shown('radio'), act: (page) => page.getByRole('radio').nth(1).click() },
    { name: 'vote: ballot on a phone', user: 'daibieu2', device: 'phone', path: meeting, ready: shown('radio') },
    { name: 'vote: chair', user: 'chutoa', device: 'desk', path: meeting, ready: voteShown },
    { name: 'vote: secretary', user: 'thuky', device: 'desk', path: meeting, ready: voteShown },
    { name: 'vote: projector', user: 'phongchieu', device: 'wall', path: () => `${meeting()}/projector`, ready: voteShown },
  ]
  // A page that opens after the vote has one line with its result, and what was decided in full behind it.
  const lookUp = /^(Xem|Look)$/u
  const lookedUp = async (page: Page) => press('button', lookUp)(page).then(() => voteShown(page))
  const result: Sight[] = [
    { name: 'result: delegate, one line', user: 'daibieu1', device: 'tablet', path: meeting, ready: shown('button', lookUp) },
    { name: 'result: delegate', user: 'daibieu1', device: 'tablet', path: meeting, ready: shown('button', lookUp), act: lookedUp },
    { name: 'result: chair', user: 'chutoa', device: 'desk', path: meeting, ready: shown('button', lookUp), act: lookedUp },
    { name: 'result: projector', user: 'phongchieu', device: 'wall', path: () => `${meeting()}/projector`, ready: voteShown },
  ]

  test.each(looks)('before and beside the meeting ($theme, $language)', (look) => lookAll(office, look))
  test.each(looks)('in the meeting ($theme, $language)', (look) => lookAll(session, look))
  test.each(looks)('marking a paper ($theme, $language)', (look) => lookAll(marks, look))

  test('by keyboard alone the chair opens a vote, a delegate casts, the chair closes; a screen reader hears each step', async () => {
    const { itemId, title, voteId } = Object.values(host.state.votes).find(({ status }) => status === 'draft')!
    await hub.hub.hosts.execute(ids.november, 'chu-tich', { type: 'agenda:startItem', data: { itemId }, commandId: 'start-the-voting' })
    await hub.hub.hosts.execute(ids.november, 'gd-khoa-hoc', { type: 'attendance:declare', data: { presence: 'inRoom' }, commandId: 'here-to-vote' })
    const [chair, delegate, blind] = await Promise.all([
      Screen.open(browser, hub.url, 'desk', looks[0]), Screen.open(browser, hub.url, 'tablet', looks[0]), Screen.open(browser, hub.url, 'tablet', looks[0]),
    ])
    await chair.enterAs('chutoa', demoPassword)
    await delegate.enterAs('daibieu1', demoPassword)
    await blind.enterAs('daibieu2', demoPassword)
    for (const { page } of [chair, delegate, blind]) {
      await listen(page)
      await page.goto(meeting())
      await page.getByRole('heading', { level: 1 }).first().waitFor()
    }
    const heard = async (page: Page) => (await saidAloud(page)).join('\n')

    await walkTo(chair.page, /biểu quyết chờ mở$/u)
    await chair.page.keyboard.press('Enter')
    await chair.page.getByRole('button', { name: 'Mở biểu quyết' }).first().waitFor()
    await walkTo(chair.page, /^Mở biểu quyết/u)
    await chair.page.keyboard.press('Enter')
    await eventually(() => heard(delegate.page)).toContain(`Đã mở biểu quyết: ${title}`)

    await delegate.page.getByRole('radiogroup', { name: 'Lựa chọn của bạn' }).waitFor()
    await walkTo(delegate.page, /^Tán thành$/u)
    expect(await focused(delegate.page)).toMatchObject({ role: 'radio', name: 'Tán thành' })
    await delegate.page.keyboard.press('ArrowDown')
    // Arrows walk, the space bar chooses: nobody marks a ballot by passing by.
    await delegate.page.keyboard.press('Space')
    await eventually(() => focused(delegate.page)).toEqual({ role: 'radio', name: 'Không tán thành', checked: 'true' })
    await walkTo(delegate.page, /^Gửi phiếu: Không tán thành$/u)
    await delegate.page.keyboard.press('Enter')
    await eventually(() => heard(delegate.page)).toMatch(/Phiếu của bạn: Không tán thành/u)
    expect(host.state.votes[voteId]?.ballots, 'the ballot is there').toHaveLength(1)

    await looks.reduce(async (before, look) => before.then(() => lookAll(voting, look)), Promise.resolve())

    await walkTo(chair.page, /^Kết thúc biểu quyết/u)
    await chair.page.keyboard.press('Enter')
    const asked = chair.page.getByRole('alertdialog')
    await asked.waitFor()
    expect((await axeFindings(chair.page)).filter(isSerious).map(inWords)).toEqual([])
    await walkTo(chair.page, /^Kết thúc biểu quyết$/u)
    await chair.page.keyboard.press('Enter')
    for (const { page } of [chair, delegate, blind]) await eventually(() => heard(page)).toMatch(/(Thông qua|Không thông qua): \d+\/\d+ tán thành/u)
  })

  test.each(looks)('the result ($theme, $language)', (look) => lookAll(result, look))
})
