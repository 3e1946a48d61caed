import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { genesisHash } from '../../server/meetings/chain.ts'
import { readMeetingLog } from '../../server/meetings/meeting-log.ts'
import { openStore } from '../../server/store/open.ts'
import type { Fact } from '../../shared/meeting/fact.ts'
import { launchBrowser } from '../support/browser.ts'
import { prepareProvince, type Province } from '../support/crash/province.ts'
import { Tablet } from '../support/crash/tablet.ts'
import { HubProcess } from '../support/e2e/hub-process.ts'
import { Line } from '../support/e2e/line.ts'
import { eventually, Screen, type Device } from '../support/e2e/screens.ts'
import { tellInOrder } from '../support/e2e/story.ts'
import { chooseAndSend, type ChoiceWords } from '../support/e2e/taking-part.ts'

const title = 'Lấy phiếu tín nhiệm Phó Chủ tịch'
const devices: Device[] = ['tablet', 'portrait', 'phone']
const words: ChoiceWords[] = [
  'Tán thành', 'Không tán thành', 'Tán thành', 'Không biểu quyết', 'Tán thành', 'Tán thành',
  'Không tán thành', 'Tán thành', 'Tán thành', 'Không tán thành', 'Tán thành', 'Tán thành',
]
const lanName = 'phong-hop.lan'
const sent = 'Phiếu kín của bạn đã được gửi'

describe('twelve people vote in secret, a page is loaded again and the hub is killed in the middle', { timeout: 300_000 }, () => {
  const screens: Screen[] = []
  const named = new Map<string, Screen>()
  const lines: Line[] = []
  let browser: Browser
  let home: string
  let province: Province
  let hub: HubProcess
  let chair: Screen
  let chairsTablet: Tablet
  let voteId = ''

  async function open(personId: string, url: string, device: Device): Promise<Screen> {
    const screen = await Screen.open(browser, url, device)
    const [name = '', value = ''] = (province.cookies.get(personId) ?? '').split('=')
    await screen.context.addCookies([{ name, value, url, httpOnly: true, sameSite: 'Lax' }])
    named.set(`${personId} ${url}`.replace(/\W+/gu, '-'), screen)
    await screen.page.goto(`/meetings/${province.meetingId}`)
    return screen
  }
  const voter = (number: number): Page => screens[number - 1]!.page
  const cast = (number: number) => chooseAndSend(voter(number), words[number - 1]!)
  const isSent = (number: number) => voter(number).getByRole('status').filter({ hasText: sent }).waitFor()
  /** All that this page keeps on its device. */
  const keeps = (number: number) => voter(number).evaluate(() => JSON.stringify([{ ...localStorage }, { ...sessionStorage }]))

  beforeAll(async () => {
    home = await mkdtemp(join(tmpdir(), 'giao-ban-secret-vote-'))
    province = await prepareProvince(join(home, 'data'), words.length)
    hub = await HubProcess.start({ dataDir: province.dataDir })
    // A name that is not this machine's own: pages opened by it on plain http have no WebCrypto, as on a LAN without a certificate.
    browser = await launchBrowser([`--host-resolver-rules=MAP ${lanName} 127.0.0.1`])
    chair = await open('chair', hub.url, 'desk')
    for (const [index, personId] of province.voters.entries()) {
      lines.push(await Line.to(hub.port))
      screens.push(await open(personId, lines[index]!.url, devices[index % devices.length]!))
    }
    chairsTablet = new Tablet(province, 'chair', hub.port, [])
    chairsTablet.connect()
  }, 600_000)
  afterAll(async () => {
    chairsTablet?.close()
    await browser?.close()
    await Promise.all(lines.map(line => line.close()))
    await hub?.stop()
    if (home) await rm(home, { recursive: true, force: true })
  })

  tellInOrder(named)

  test('five vote; a page that is loaded again knows that its ballot was sent, and keeps nothing of the choice', async () => {
    await chairsTablet.send('votes:draft', { itemId: province.voteItem, title, method: 'secret', matter: { kind: 'question' }, preset: 'castMajority' })
    ;({ voteId } = await chairsTablet.until(view => Object.values(view.votes).find(vote => vote.title === title)))
    await chairsTablet.send('votes:open', { voteId })
    for (const number of [1, 2, 3, 4, 5]) {
      await cast(number)
      await isSent(number)
      expect(await voter(number).getByRole('radio').count(), 'no choice stands on the screen').toBe(0)
      expect(await keeps(number)).not.toMatch(/approve|reject|abstain|ballotsUnderway|Tán thành|tán thành/u)
    }
    await voter(1).reload()
    await isSent(1)
    if (process.env.PICTURES) for (const number of [1, 2, 6, 9]) await voter(number).screenshot({ path: join(process.env.PICTURES, `voter-${number}.png`) })
  })

  test('a page opened by plain http says that it cannot seal a ballot, and why, instead of offering one', async () => {
    const plain = await open(province.voters[11]!, `http://${lanName}:${hub.port}`, 'tablet')
    await plain.page.getByText('Thiết bị này chưa bỏ phiếu kín được').waitFor()
    await plain.page.getByText(/mở lại bằng địa chỉ https:/u).waitFor()
    expect(await plain.page.getByRole('radio').count()).toBe(0)
    if (process.env.PICTURES) await plain.page.screenshot({ path: join(process.env.PICTURES, 'cannot-seal.png') })
    await plain.close()
  })

  test('a ballot sent into a dead line and a page that is loaded again: one ballot, as it was sealed', async () => {
    lines[5]!.cut()
    await cast(6)
    await eventually(() => keeps(6)).toContain('ballotsUnderway')
    expect(await keeps(6)).not.toMatch(/approve|Tán thành/u)
    lines[5]!.restore()
    await voter(6).reload()
    await isSent(6)
    await eventually(() => keeps(6)).not.toContain('ballotsUnderway')
  })

  test('the hub is killed while two send theirs; started again, it has both, and the rest vote', async () => {
    for (const number of [7, 8]) await voter(number).getByRole('radio', { name: words[number - 1]!, exact: true }).click()
    await Promise.all([...[7, 8].map(number => voter(number).getByRole('button', { name: `Gửi phiếu: ${words[number - 1]}` }).click()), hub.kill()])
    hub = await HubProcess.start({ dataDir: province.dataDir, port: hub.port })
    for (const number of [7, 8]) await isSent(number)
    for (const number of [1, 5, 6]) await isSent(number)
    for (const number of [9, 10, 11, 12]) {
      await cast(number)
      await isSent(number)
    }
  })

  test('the chair closes: every screen reads the same result, no screen was told who chose what', async () => {
    await chair.page.getByRole('button', { name: 'Kết thúc biểu quyết' }).first().click()
    await chair.page.getByRole('alertdialog').or(chair.page.getByRole('dialog')).getByRole('button', { name: 'Kết thúc biểu quyết' }).click()
    for (const { page } of [chair, ...screens]) await page.getByText(/Thông qua: 8\/12 tán thành/u).first().waitFor()
    for (const { heard } of [chair, ...screens]) expect(heard.join('\n')).not.toMatch(/"choice":"|"sealed":"[\w-]{20}/u)
    await eventually(() => readdir(`${province.dataDir}-keys`)).toEqual([])
  })

  test('the log has each ballot once, sealed, and their sums', async () => {
    await hub.stop()
    const store = await openStore({ dataDir: province.dataDir })
    const facts: Fact[] = []
    for await (const append of readMeetingLog(store.logs, `meeting/${province.meetingId}`, 0, genesisHash)) facts.push(...append.facts)
    await store.close()
    expect(facts.filter(fact => fact.type === 'vote.sealed').map(({ data }) => data.personId).sort()).toEqual(province.voters)
    expect(facts.find(fact => fact.type === 'vote.counted')?.data.result).toMatchObject({ counts: { approve: 8, reject: 3, abstain: 1, invalid: 0, silent: 0 }, passed: true, revealing: null })
    expect(facts.filter(({ type }) => type === 'vote.cast')).toEqual([])
  })
})
