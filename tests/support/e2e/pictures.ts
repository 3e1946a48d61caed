/**
 * `npm run pictures`: makes the README's pictures (docs/pictures/*.png) from the real thing, on a fresh demo whose clock stands
 * on the morning of its meeting.
 */
import { mkdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { loadDemo } from '../../../server/demo/load.ts'
import { demoPassword } from '../../../server/demo/province.ts'
import { projectDir } from '../../../server/client-build/fingerprint.ts'
import type { MeetingHost } from '../../../server/meetings/host.ts'
import { fromWallTime } from '../../../shared/vietnamese/dates.ts'
import type { Choice } from '../../../shared/meeting/votes/matter.ts'
import { launchBrowser } from '../browser.ts'
import { startHub } from '../hub.ts'
import { isPainted, turnTo } from './reading.ts'
import { atRest, Screen, type Device } from './screens.ts'
import { clientDir } from './story.ts'
import { carryOver, chooseAndSend, startItem, strip } from './taking-part.ts'

const folder = join(projectDir, 'docs/pictures')
/** The morning of the invitation's day, whatever day it is here: a picture of a meeting at midnight looks wrong. */
const { now } = Date
const shift = fromWallTime({ year: 2026, month: 11, day: 25, hour: 9, minute: 12 }) - now()
Date.now = () => now() + shift
/** A page of the report with a table on it. */
const shownPage = 6

await mkdir(folder, { recursive: true })
const hub = await startHub({ clientDir: await clientDir() })
const browser = await launchBrowser()
try {
  await loadDemo(hub.hub)
  await take()
} finally {
  await browser.close()
  await hub.stop()
}

async function take(): Promise<void> {
  const delegate = await signedIn('daibieu2', 'tablet')
  await delegate.page.goto('/')
  await delegate.page.getByRole('article').first().waitFor()
  await picture('home', delegate)

  const secretary = await signedIn('thuky', 'tablet')
  await secretary.page.goto('/')
  const coming = await meetingId(secretary, 'scheduled')
  await secretary.page.goto(`/meetings/${coming}/prepare`)
  await secretary.page.getByRole('button', { name: 'Thêm tài liệu' }).first().waitFor()
  await picture('prepare', secretary)

  const november = await meetingId(delegate, 'inSession')
  const presenter = await signedIn('daibieu1', 'tablet')
  await presenter.page.goto(`/meetings/${november}`)
  await painted(presenter, 1)
  await turnTo(presenter.page, shownPage)
  await painted(presenter, shownPage)
  await delegate.page.goto(`/meetings/${november}`)
  await delegate.page.getByRole('button', { name: 'Có mặt tại hội trường' }).click()
  await delegate.page.getByRole('button', { name: /^Điểm danh của bạn/u }).waitFor()
  await painted(delegate, shownPage)
  // What comes a moment after the paper belongs to the page.
  await delegate.page.getByRole('button', { name: /^Danh sách phát biểu/u }).waitFor()
  await delegate.page.getByText('Đang theo trình chiếu').first().waitFor({ state: 'attached' })
  await picture('delegate', delegate)

  const host = await hub.hub.hosts.find(november)
  if (!host) throw new Error('the demo has no meeting in session')
  const chair = await signedIn('chutoa', 'desk')
  await chair.page.goto(`/meetings/${november}`)
  await painted(chair, shownPage)
  await startItem(chair.page, '8')
  await carryOver(chair.page)
  await strip(chair.page).getByRole('button', { name: /chờ mở$/u }).click()
  await chair.page.getByRole('complementary', { name: 'Điều hành' }).getByRole('button', { name: 'Mở biểu quyết' }).click()
  await chair.page.getByRole('radio', { name: 'Tán thành', exact: true }).waitFor()
  const vote = Object.values(host.state.votes).find(({ status }) => status === 'open')
  if (!vote) throw new Error('no vote is open')
  const others = vote.entitled.filter(id => !['chu-tich', 'gd-khoa-hoc'].includes(id))
  for (const personId of others.slice(0, 13)) await cast(host, personId, vote.voteId, 'approve')
  await chooseAndSend(chair.page, 'Tán thành')
  await chair.page.getByText(`Đã biểu quyết 14/${vote.entitled.length}`).first().waitFor()
  await strip(chair.page).getByRole('button', { name: /Điểm danh$/u }).click()
  await picture('chair', chair)

  const phone = await signedIn('daibieu2', 'phone')
  await phone.page.goto(`/meetings/${november}`)
  await phone.page.getByRole('radio', { name: 'Tán thành', exact: true }).click()
  await picture('phone', phone)

  for (const [index, personId] of others.slice(13).entries()) await cast(host, personId, vote.voteId, index === 1 ? 'reject' : index === 3 ? 'abstain' : 'approve')
  await cast(host, 'gd-khoa-hoc', vote.voteId, 'approve')
  const wall = await signedIn('phongchieu', 'wall')
  await wall.page.goto(`/meetings/${november}/projector`)
  await wall.page.getByText(/^Đã biểu quyết/u).first().waitFor()
  await chair.page.getByRole('button', { name: 'Kết thúc biểu quyết' }).first().click()
  await chair.page.getByRole('alertdialog').getByRole('button', { name: 'Kết thúc biểu quyết' }).click()
  await wall.page.getByText(/^Thông qua:/u).waitFor()
  await picture('projector', wall)
}

async function signedIn(username: string, device: Device): Promise<Screen> {
  const screen = await Screen.open(browser, hub.url, device, { theme: 'light' })
  await screen.enterAs(username, demoPassword)
  return screen
}

async function meetingId(screen: Screen, wanted: string): Promise<string> {
  const { meetings } = await (await screen.context.request.get('/api/meetings')).json() as { meetings: { meetingId: string; status: string }[] }
  const found = meetings.find(({ status }) => status === wanted)
  if (!found) throw new Error(`the demo has no meeting that is ${wanted}`)
  return found.meetingId
}

async function painted({ page }: Screen, number: number): Promise<void> {
  for (const until = Date.now() + 60_000; !(await isPainted(page, number));) {
    if (Date.now() > until) throw new Error(`page ${number} was not drawn`)
    await page.evaluate(() => new Promise(resolve => requestAnimationFrame(resolve)))
  }
}

/** Those who cannot sign in to the demo vote here. */
async function cast(host: MeetingHost, personId: string, voteId: string, choice: Choice): Promise<void> {
  const command = { type: 'attendance:declare', commandId: `here-${personId}`, data: { presence: 'inRoom' } } as const
  await hub.hub.hosts.execute(host.state.meetingId, personId, command)
  const outcome = await hub.hub.hosts.execute(host.state.meetingId, personId, { type: 'votes:cast', commandId: `ballot-${personId}`, data: { voteId, choice } })
  if (!outcome.ok) throw new Error(`${personId} could not vote: ${outcome.refusal.code}`)
}

async function picture(name: string, { page }: Screen): Promise<void> {
  await page.mouse.move(0, 0)
  await page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur())
  await atRest(page)
  const file = join(folder, `${name}.png`)
  await page.screenshot({ path: file })
  process.stdout.write(`${file}: ${Math.round((await stat(file)).size / 1000)} kB\n`)
}
