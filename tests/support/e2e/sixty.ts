import { randomUUID } from 'node:crypto'
import type { Browser } from 'playwright-core'
import { buildClient, builtClient, clientIsStale } from '../../../server/client-build/build.ts'
import type { SentCommand } from '../../../server/meetings/host.ts'
import type { Commands, CommandType } from '../../../shared/meeting/command.ts'
import { startHub, type TestHub } from '../hub.ts'
import { sessionFor } from '../live/session.ts'
import { Screen, type Device, type Preferences } from './screens.ts'

const families = ['Nguyễn', 'Trần', 'Lê', 'Phạm', 'Huỳnh', 'Phan', 'Vũ', 'Đặng', 'Bùi', 'Đỗ']
const middles = ['Văn', 'Thị', 'Hữu', 'Minh', 'Ngọc', 'Quốc']
const givens = ['An', 'Ánh', 'Bình', 'Châu', 'Dũng', 'Đức', 'Giang', 'Hà', 'Hiếu', 'Hùng', 'Khánh', 'Lan', 'Long', 'Mai', 'Nghĩa', 'Oanh', 'Phúc', 'Quỳnh', 'Sơn', 'Thảo']

/** A name as long as they come, of its own for each number. */
const nameOf = (index: number) => `${families[index % families.length]} ${middles[index % middles.length]} ${index % 7 === 0 ? 'Hoàng ' : ''}${givens[(index * 3 + Math.floor(index / 20)) % givens.length]}`

/** A hub with the built client and one meeting of sixty: chair, secretary, fifty delegates, eight guests. */
export class Sixty {
  readonly test: TestHub
  readonly meetingId: string
  readonly open: string
  readonly secret: string

  private constructor(test: TestHub, meetingId: string, open: string, secret: string) {
    this.test = test
    this.meetingId = meetingId
    this.open = open
    this.secret = secret
  }

  static async begin(): Promise<Sixty> {
    if (clientIsStale()) await buildClient()
    const test = await startHub({ clientDir: builtClient() })
    const people = Array.from({ length: 60 }, (_, index) => ({ id: `p${index + 1}`, name: nameOf(index) }))
    await Promise.all(people.map(({ id, name }) => test.addAccount({ id, name, roles: id === 'p2' ? ['office'] : [] })))
    const participants = people.map(({ id }, index) => ({
      personId: id, role: index === 0 ? 'chair' : index === 1 ? 'secretary' : index < 52 ? 'delegate' : 'guest', votes: index !== 1 && index < 52, siteId: null,
    }) as const)
    const startsAt = Date.now() - 600_000
    const { meetingId, ...made } = await test.hub.hosts.create('p2', randomUUID(), {
      title: 'Kỳ họp chuyên đề tháng 11 của Hội đồng nhân dân tỉnh', kind: 'councilSession', type: 'thematic', body: 'council', startsAt, endsAt: startsAt + 4 * 3_600_000, place: 'Hội trường lớn', siteIds: [], participants: [...participants],
    })
    if (!made.ok) throw new Error(made.refusal.code)
    const sixty = new Sixty(test, meetingId, '', '')
    const item = { durationMinutes: 30, unitId: null, presenterId: 'p3', confidential: false, access: [] as string[], parentId: null }
    await sixty.do('p2', 'agenda:addItem', { ...item, title: 'Tờ trình về dự thảo Nghị quyết quy định chính sách hỗ trợ chuyển đổi số ở cấp xã giai đoạn 2027 - 2030' })
    await sixty.do('p2', 'agenda:addItem', { ...item, title: 'Công tác nhân sự (họp hẹp)', confidential: true, access: ['p3'] })
    await sixty.do('p2', 'agenda:addItem', { ...item, title: 'Báo cáo thẩm tra của Ban Kinh tế - Ngân sách' })
    await sixty.do('p2', 'meeting:publish', {})
    await Promise.all(participants.slice(0, 55).map(({ personId }) => sixty.do(personId, 'attendance:declare', { presence: 'inRoom' })))
    await sixty.do('p1', 'meeting:open', {})
    const state = (await test.hub.hosts.find(meetingId))!.state
    const items = Object.values(state.items)
    const [open, secret] = [items.find(({ confidential }) => !confidential)!.itemId, items.find(({ confidential }) => confidential)!.itemId]
    await sixty.do('p1', 'agenda:startItem', { itemId: open })
    return new Sixty(test, meetingId, open, secret)
  }

  /** From inside the hub, to set the scene. @throws Error when refused */
  async do<T extends CommandType>(personId: string, type: T, data: Commands[T]): Promise<void> {
    const outcome = await this.test.hub.hosts.execute(this.meetingId, personId, { commandId: randomUUID(), type, data } as SentCommand)
    if (!outcome.ok) throw new Error(`${type} of ${personId}: ${outcome.refusal.code}`)
  }

  /** A device of somebody who has signed in already. */
  async screen(browser: Browser, personId: string, device: Device, preferences: Preferences = {}): Promise<Screen> {
    const screen = await Screen.open(browser, this.test.url, device, preferences)
    const [name = '', value = ''] = (await sessionFor(this.test, personId)).cookie.split('=')
    await screen.context.addCookies([{ name, value, url: this.test.url, httpOnly: true, sameSite: 'Strict' }])
    return screen
  }

  get path(): string {
    return `/meetings/${this.meetingId}`
  }

  async end(): Promise<void> {
    await this.test.stop()
  }
}
