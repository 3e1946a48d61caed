import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { loadDemo } from '../../server/demo/load.ts'
import { demoPassword } from '../../server/demo/province.ts'
import type { MeetingHost } from '../../server/meetings/host.ts'
import { launchBrowser } from '../support/browser.ts'
import { axeFindings, inWords, isSerious } from '../support/e2e/axe.ts'
import { lookAt } from '../support/e2e/looks.ts'
import { focused, listen, saidAloud, walkTo } from '../support/e2e/screen-reader.ts'
import { atRest, eventually, Screen, type Device } from '../support/e2e/screens.ts'
import { clientDir, tellInOrder } from '../support/e2e/story.ts'
import { ballotIs, chooseAndSend } from '../support/e2e/taking-part.ts'
import { startHub, type TestHub } from '../support/hub.ts'

const item = 'Thảo luận, biểu quyết về chính sách hỗ trợ chuyển đổi số cấp xã'
const opinion = 'Lấy ý kiến về thời điểm thực hiện chính sách'
const election = 'Bầu Ban kiểm phiếu'
const secret = 'Đánh giá mức độ hoàn thành nhiệm vụ của Giám đốc Sở'
const candidates = ['Nguyễn Văn Lành', 'Trần Thị Bích Ngọc', 'Lê Hoàng Phúc', 'Phạm Thị Thu Hiền']

describe('a sitting of three votes: a question that may be changed, a list, a secret ballot', { timeout: 240_000 }, () => {
  const screens = new Map<string, Screen>()
  let browser: Browser
  let hub: TestHub
  let host: MeetingHost
  const page = (name: string): Page => screens.get(name)?.page as Page
  const voteOf = (title: string) => {
    const vote = Object.values(host.state.votes).find((one) => one.title === title)
    if (!vote) throw new Error(`there is no vote “${title}”`)
    return vote
  }
  const title = (name: string, words: string) => page(name).getByRole('heading', { level: 2, name: words }).waitFor()
  /** Nothing small, narrow, cut off or wider than the screen, and nothing that axe takes seriously. */
  async function looksRight(name: string): Promise<void> {
    await atRest(page(name))
    expect({ name, ...await lookAt(page(name)) }).toEqual({ name, sideways: [], clipped: [], small: [], narrow: [] })
    expect((await axeFindings(page(name))).filter(isSerious).map(inWords)).toEqual([])
  }

  async function open(name: string, username: string, device: Device): Promise<void> {
    const screen = await Screen.open(browser, hub.url, device)
    screens.set(name, screen)
    await screen.enterAs(username, demoPassword)
    await listen(screen.page)
    await screen.page.goto(`/meetings/${host.state.meetingId}`)
    await screen.page.getByRole('heading', { level: 1 }).waitFor()
  }

  beforeAll(async () => {
    hub = await startHub({ clientDir: await clientDir() })
    browser = await launchBrowser()
    await loadDemo(hub.hub)
    const office = await Screen.open(browser, hub.url, 'desk')
    await office.enterAs('thuky', demoPassword)
    const { meetings } = await (await office.context.request.get('/api/meetings')).json() as { meetings: { meetingId: string; status: string }[] }
    await office.close()
    const found = await hub.hub.hosts.find(meetings.find(({ status }) => status === 'inSession')?.meetingId ?? '')
    if (!found) throw new Error('the demo has no meeting in session')
    host = found
    const does = async (personId: string, command: Parameters<typeof hub.hub.hosts.execute>[2]) => expect(await hub.hub.hosts.execute(host.state.meetingId, personId, command)).toMatchObject({ ok: true })
    await does('gd-khoa-hoc', { type: 'attendance:declare', commandId: 'here-1', data: { presence: 'inRoom' } })
    await does('gd-nong-nghiep', { type: 'attendance:declare', commandId: 'here-2', data: { presence: 'inRoom' } })
    const itemId = Object.values(host.state.items).find((one) => one.title === item)?.itemId ?? ''
    await does('chu-tich', { type: 'agenda:startItem', commandId: 'start', data: { itemId } })
    await open('secretary', 'thuky', 'desk')
    await open('tablet', 'daibieu2', 'tablet')
    await open('keyboard', 'daibieu1', 'desk')
    await open('phone', 'daibieu3', 'phone')
  }, 420_000)
  afterAll(async () => {
    await browser?.close()
    await hub?.stop()
  })
  tellInOrder(screens)

  test('the secretary drafts three votes into one sitting and is told what is missing before anything is sent', async () => {
    const secretary = page('secretary')
    await secretary.getByRole('region', { name: 'Điều hành' }).getByRole('button', { name: /Biểu quyết|biểu quyết/u }).first().click()
    const panel = secretary.getByRole('complementary', { name: 'Điều hành' })
    await panel.getByRole('button', { name: 'Soạn biểu quyết mới' }).click()
    await panel.getByRole('button', { name: 'Lưu' }).click()
    await panel.getByText('Xin điền mục này.').waitFor()
    await panel.getByLabel('Nội dung biểu quyết').fill(opinion)
    await panel.getByRole('radio', { name: /^Lấy ý kiến/u }).click()
    await panel.getByRole('button', { name: 'Lưu' }).click()

    await panel.getByRole('article', { name: opinion }).getByRole('button', { name: 'Thêm vào đợt' }).click()
    await panel.getByRole('radio', { name: 'Bầu theo danh sách' }).click()
    await panel.getByLabel('Nội dung biểu quyết').fill(election)
    await panel.getByRole('button', { name: 'Lưu' }).click()
    await panel.getByText('Danh sách cần có ít nhất 2 người.').waitFor()
    for (const [index, name] of candidates.entries()) {
      if (index > 1) await panel.getByRole('button', { name: 'Thêm người' }).click()
      await panel.getByRole('textbox', { name: `Người thứ ${index + 1}` }).fill(name)
    }
    await panel.getByRole('button', { name: 'Số người cần bầu: thêm một' }).click()
    await panel.getByRole('radio', { name: /^Bầu theo số phiếu nhiều hơn/u }).click()
    await panel.getByRole('button', { name: 'Lưu' }).click()

    await panel.getByRole('article', { name: 'Đợt biểu quyết: 2 nội dung' }).getByRole('button', { name: 'Thêm vào đợt' }).click()
    await panel.getByLabel('Nội dung biểu quyết').fill(secret)
    await panel.getByRole('radio', { name: 'Bỏ phiếu kín' }).click()
    // A tie can follow the chair's side only where his choice is known.
    expect(await panel.getByRole('radio', { name: /^Quá nửa tổng số thành viên Ủy ban nhân dân/u }).isDisabled()).toBe(true)
    await panel.getByRole('button', { name: 'Lưu' }).click()
    const sitting = panel.getByRole('article', { name: 'Đợt biểu quyết: 3 nội dung' })
    await sitting.getByText('Bầu 2 trong 4 người').waitFor()
    expect(voteOf(election).matter).toMatchObject({ kind: 'election', seats: 2, least: 1, most: 2 })
    expect(voteOf(secret)).toMatchObject({ method: 'secret', rule: { preset: 'committeeSecret' } })
    expect(new Set([opinion, election, secret].map((one) => voteOf(one).sittingId)).size).toBe(1)
    await looksRight('secretary')
    await sitting.getByRole('button', { name: 'Mở biểu quyết cả đợt (3 nội dung)' }).click()
    for (const name of ['tablet', 'keyboard', 'phone']) await title(name, opinion)
  })

  test('a delegate gets one ballot after the other, cannot mark too many, and sees how far he is', async () => {
    const tablet = page('tablet')
    await looksRight('tablet')
    await tablet.getByText('Đã gửi 0/3 phiếu').waitFor()
    await chooseAndSend(tablet, 'Không tán thành')

    await title('tablet', election)
    await tablet.getByText('Đã gửi 1/3 phiếu').waitFor()
    for (const name of candidates.slice(0, 2)) await tablet.getByRole('checkbox', { name }).click()
    // The list is full: a finger may still tap, and is told why nothing happens.
    await tablet.getByRole('checkbox', { name: candidates[2] as string }).click({ force: true })
    await tablet.getByText('Đã chọn đủ 2 người.').waitFor()
    expect(await tablet.getByRole('checkbox', { name: candidates[2] as string }).getAttribute('aria-checked')).toBe('false')
    await looksRight('tablet')
    await tablet.getByRole('button', { name: 'Gửi phiếu: chọn 2 người' }).click()

    await title('tablet', secret)
    expect(voteOf(election).ballots).toMatchObject([{ personId: 'gd-khoa-hoc', chosen: voteOf(election).matter.kind === 'election' ? (voteOf(election).matter as { candidates: { candidateId: string }[] }).candidates.slice(0, 2).map(({ candidateId }) => candidateId) : [] }])
  })

  test('a secret ballot leaves nothing of the choice on the tablet, nor in what the hub was sent', async () => {
    const tablet = page('tablet')
    await chooseAndSend(tablet, 'Tán thành')
    await tablet.getByText('Phiếu kín của bạn đã được gửi.').first().waitFor()
    await tablet.getByText('Đã gửi đủ 3 phiếu').waitFor()
    expect(await tablet.getByRole('radio').count()).toBe(0)
    const kept = await tablet.evaluate(() => JSON.stringify({ ...localStorage, ...sessionStorage }) + document.querySelector('[aria-labelledby="vote-heading"]')?.textContent)
    expect(kept).not.toMatch(/approve|Tán thành/u)
    await tablet.reload()
    await title('tablet', opinion)
    await tablet.getByRole('button', { name: 'Nội dung sau' }).click()
    await tablet.getByRole('button', { name: 'Nội dung sau' }).click()
    await tablet.getByText('Phiếu kín của bạn đã được gửi.').first().waitFor()
    expect(JSON.stringify(voteOf(secret).ballots)).not.toContain('approve')
  })

  test('a named ballot is changed until closing where the rule allows, and counts once', async () => {
    const tablet = page('tablet')
    await tablet.getByRole('button', { name: 'Nội dung trước' }).click()
    await tablet.getByRole('button', { name: 'Nội dung trước' }).click()
    await ballotIs(tablet, 'Không tán thành')
    await tablet.getByRole('button', { name: 'Đổi phiếu' }).click()
    await tablet.getByRole('button', { name: 'Giữ phiếu đã gửi' }).click()
    await ballotIs(tablet, 'Không tán thành')
    await tablet.getByRole('button', { name: 'Đổi phiếu' }).click()
    await chooseAndSend(tablet, 'Tán thành')
    await ballotIs(tablet, 'Tán thành')
    expect(voteOf(opinion).ballots).toMatchObject([{ personId: 'gd-khoa-hoc', choice: 'approve' }])
  })

  test('the whole sitting is voted by keyboard alone, and a screen reader tells of it', async () => {
    const { keyboard } = page('keyboard')
    const voter = page('keyboard')
    await eventually(async () => (await saidAloud(voter)).some((words) => words.startsWith('Đã mở đợt biểu quyết 3 nội dung'))).toBe(true)
    expect((await focused(voter)).name).toBe(opinion)
    await walkTo(voter, /^Tán thành$/u)
    await keyboard.press('ArrowDown')
    await eventually(async () => (await focused(voter)).name).toBe('Không tán thành')
    await keyboard.press('Space')
    expect(await focused(voter)).toMatchObject({ role: 'radio', checked: 'true' })
    await walkTo(voter, /^Gửi phiếu: Không tán thành$/u)
    await keyboard.press('Enter')

    // The next ballot takes the focus: nobody has to look for it.
    await eventually(async () => (await focused(voter)).name).toBe(election)
    await eventually(async () => (await saidAloud(voter)).some((words) => words.includes('Phiếu của bạn: Không tán thành. Đã ghi nhận lúc'))).toBe(true)
    for (const name of [candidates[0], candidates[3]]) {
      await walkTo(voter, new RegExp(`^${name}$`, 'u'))
      await keyboard.press('Space')
      expect(await focused(voter)).toMatchObject({ role: 'checkbox', checked: 'true' })
    }
    await walkTo(voter, /^Gửi phiếu: chọn 2 người$/u)
    await keyboard.press('Enter')

    await eventually(async () => (await focused(voter)).name).toBe(secret)
    await walkTo(voter, /^Tán thành$/u)
    await keyboard.press('ArrowDown')
    await keyboard.press('ArrowDown')
    await keyboard.press('Space')
    await walkTo(voter, /^Gửi phiếu: Không biểu quyết$/u)
    await keyboard.press('Enter')
    await eventually(async () => (await saidAloud(voter)).some((words) => words.includes('Phiếu kín của bạn đã được gửi.'))).toBe(true)
    expect((await saidAloud(voter)).join(' ')).not.toContain('Không biểu quyết')
    expect(await focused(voter)).not.toMatchObject({ role: 'body' })
    expect(voteOf(secret).ballots).toHaveLength(2)
  })

  test('a vote closed before the others waits for them; then all results come at once, and the secret one names nobody’s choice', async () => {
    const secretary = page('secretary')
    for (const choice of ['Tán thành'] as const) await chooseAndSend(page('phone'), choice)
    await title('phone', election)
    await page('phone').getByRole('checkbox', { name: 'Không biểu quyết (không chọn ai)' }).click()
    await looksRight('phone')
    await page('phone').getByRole('button', { name: 'Gửi phiếu: Không biểu quyết' }).click()
    await title('phone', secret)

    await secretary.getByRole('button', { name: 'Gia hạn, kết thúc riêng, hủy' }).click()
    await secretary.getByRole('menuitem', { name: 'Chỉ kết thúc nội dung này' }).click()
    await secretary.getByRole('alertdialog').getByText('Kết quả được giữ lại').waitFor()
    await secretary.getByRole('alertdialog').getByRole('button', { name: 'Kết thúc biểu quyết' }).click()
    await secretary.getByText('Kết quả được công bố khi nội dung cuối cùng của đợt kết thúc.').waitFor()
    expect(voteOf(opinion).status).toBe('counted')
    expect(await page('tablet').getByText(/^Thông qua:/u).count()).toBe(0)

    await secretary.getByRole('button', { name: 'Nội dung sau' }).click()
    await secretary.getByRole('button', { name: 'Kết thúc cả đợt' }).click()
    await secretary.getByRole('alertdialog').getByRole('button', { name: 'Kết thúc cả đợt' }).click()
    for (const name of ['secretary', 'tablet', 'keyboard', 'phone']) await page(name).getByText(/^Thông qua: 2 tán thành, 1 không tán thành\.$/u).first().waitFor()
    await eventually(async () => (await saidAloud(page('keyboard'))).some((words) => words.includes('Thông qua: 2 tán thành, 1 không tán thành.') && words.includes(`Trúng cử: ${candidates[0]} (2)`))).toBe(true)

    const tablet = page('tablet')
    await tablet.getByRole('button', { name: 'Xem từng người biểu quyết' }).click()
    await looksRight('tablet')
    await tablet.getByRole('button', { name: 'Nội dung sau' }).click()
    // Two are tied for the second seat: nobody is drawn by lot in silence.
    await tablet.getByText(`Trúng cử: ${candidates[0]} (2). ${candidates[1]} (1), ${candidates[3]} (1) bằng phiếu nhau, cần bầu lại 1 người.`).first().waitFor()
    expect(await tablet.getByText('Bằng phiếu', { exact: true }).count()).toBe(2)
    await tablet.getByRole('button', { name: 'Nội dung sau' }).click()
    await tablet.getByText(/^Chỉ có một hoặc hai phiếu/u).waitFor()
    await tablet.getByRole('button', { name: 'Xem ai đã bỏ phiếu' }).click()
    expect(await tablet.getByText('đã bỏ phiếu', { exact: true }).count()).toBe(2)
    expect(voteOf(secret).roll?.filter(({ choice }) => choice !== null)).toEqual([])
    for (const { complaints } of screens.values()) expect(complaints).toEqual([])
  })
})
