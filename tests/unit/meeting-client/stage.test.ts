import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { nextItem } from '../../../client/meeting/agenda/next.ts'
import { rollByPlace } from '../../../client/meeting/attendance/roll.ts'
import { noticeOf } from '../../../client/meeting/lifecycle/notice.ts'
import { stageOf } from '../../../client/meeting/projector/stage.ts'
import { voteAtHand } from '../../../client/meeting/votes/hand.ts'
import { namedRoll } from '../../../client/meeting/votes/roll.ts'
import { audienceOf, type Viewer } from '../../../shared/meeting/audience.ts'
import { viewOf, type MeetingView } from '../../../shared/meeting/view.ts'
import { prepareMeeting } from '../../support/scene.ts'
import { TinyHub } from '../../support/tiny-hub.ts'

let hub: TinyHub
let items: string[]

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['Date'], now: Date.UTC(2026, 10, 21, 1) })
  hub = new TinyHub()
  prepareMeeting(hub)
  items = Object.keys(hub.state.items)
})
afterEach(() => vi.useRealTimers())

const wall: Viewer = { personId: 'lan', projector: true }
const binh: Viewer = { personId: 'binh', projector: false }
const later = (milliseconds: number) => vi.setSystemTime(Date.now() + milliseconds)

function view(viewer = wall): MeetingView {
  return viewOf(hub.state, audienceOf(hub.state, viewer)!, viewer)
}
const stage = () => stageOf(view(), Date.now())

function openMeeting(): void {
  for (const personId of ['an', 'binh', 'chi']) {
    hub.do(personId, { type: 'attendance:declare', data: personId === 'chi' ? { presence: 'atSite', siteId: 'site-1' } : { presence: 'inRoom' } })
  }
  hub.do('an', { type: 'meeting:open', data: {} })
  hub.do('an', { type: 'agenda:startItem', data: { itemId: items[1]! } })
}

function present(paperId: string): void {
  later(1000)
  hub.do('an', { type: 'presentation:start', data: { paperId } })
}

function attach(paperId: string): void {
  hub.do('lan', { type: 'papers:attach', data: { paperId, itemId: items[1]!, title: paperId, name: `${paperId}.pdf`, sha256: '0'.repeat(64), size: 1, pages: 3 } })
}

function vote(): string {
  const [drafted] = hub.do('lan', { type: 'votes:draft', data: { itemId: items[1]!, title: 'Thông qua báo cáo', method: 'named', matter: { kind: 'question' }, preset: 'committeeMajority' } })
  const { voteId } = (drafted as { data: { voteId: string } }).data
  later(1000)
  hub.do('lan', { type: 'votes:open', data: { voteId } })
  return voteId
}

test('the wall shows the notice of the moment before, between, in recess and after', () => {
  expect(stage()).toEqual({ kind: 'notice', notice: 'scheduled' })
  hub.do('an', { type: 'meeting:open', data: {} })
  expect(stage()).toEqual({ kind: 'notice', notice: 'between' })
  hub.do('an', { type: 'meeting:recess', data: {} })
  expect(stage()).toEqual({ kind: 'notice', notice: 'recess' })
  hub.do('an', { type: 'meeting:end', data: {} })
  expect(stage()).toEqual({ kind: 'notice', notice: 'ended' })
})

test('the wall shows the item, then the paper presented in it, and never a confidential item', () => {
  openMeeting()
  expect(stage()).toEqual({ kind: 'item', itemId: items[1] })
  attach('report')
  present('report')
  expect(stage()).toMatchObject({ kind: 'paper', paper: { paperId: 'report' } })
  hub.do('an', { type: 'agenda:startItem', data: { itemId: items[2]! } })
  expect(stage()).toEqual({ kind: 'notice', notice: 'pause' })
  expect(noticeOf(view(binh))).toBe('pause')
})

test('a running vote takes the wall, its result stays until the meeting goes on', () => {
  openMeeting()
  const voteId = vote()
  expect(stage()).toMatchObject({ kind: 'vote', vote: { voteId } })
  hub.do('binh', { type: 'votes:cast', data: { voteId, choice: 'approve' } })
  hub.do('an', { type: 'votes:close', data: { voteId } })
  later(10 * 60_000)
  expect(stage()).toMatchObject({ kind: 'result', vote: { voteId } })
  hub.do('an', { type: 'agenda:startItem', data: { itemId: items[0]! } })
  expect(stage()).toEqual({ kind: 'item', itemId: items[0] })
  expect(voteAtHand(view())).toBeNull()
})

test('a result gives the wall back to a paper: after a while to the one presented before, at once to a new one', () => {
  openMeeting()
  attach('report')
  attach('slides')
  present('report')
  const voteId = vote()
  hub.do('an', { type: 'votes:close', data: { voteId } })
  expect(stage()).toMatchObject({ kind: 'result' })
  later(29_000)
  expect(stage()).toMatchObject({ kind: 'result' })
  later(2000)
  expect(stage()).toMatchObject({ kind: 'paper', paper: { paperId: 'report' } })
  present('slides')
  expect(stage()).toMatchObject({ kind: 'paper', paper: { paperId: 'slides' } })
})

test('a cancelled vote leaves no result on the wall', () => {
  openMeeting()
  const voteId = vote()
  hub.do('an', { type: 'votes:cancel', data: { voteId, reason: 'Nhầm nội dung' } })
  expect(stage()).toEqual({ kind: 'item', itemId: items[1] })
  expect(voteAtHand(view())).toMatchObject({ voteId, status: 'cancelled' })
})

test('the next item is the first one behind the present that has not been held, then any that was passed over', () => {
  expect(nextItem(view({ personId: 'an', projector: false }))?.item.itemId).toBe(items[0])
  openMeeting()
  const chair: Viewer = { personId: 'an', projector: false }
  expect(nextItem(view(chair))?.item.itemId).toBe(items[2])
  hub.do('an', { type: 'agenda:startItem', data: { itemId: items[2]! } })
  expect(nextItem(view(chair))?.item.itemId).toBe(items[0])
  hub.do('an', { type: 'agenda:startItem', data: { itemId: items[0]! } })
  expect(nextItem(view(chair))).toBeNull()
})

test('the roll stands by place, people under the place where they are, by given name', () => {
  const names: Record<string, string> = { an: 'Nguyễn Văn An', lan: 'Trần Thị Lan', binh: 'Lê Bình', chi: 'Phạm Chi', dung: 'Đỗ Dũng' }
  hub.do('binh', { type: 'attendance:declare', data: { presence: 'atSite', siteId: 'site-1' } })
  const roll = rollByPlace(view(binh), (id) => names[id] ?? '')
  expect(roll.map(({ siteId, present, total, people }) => ({ siteId, present, total, people: people.map(({ personId }) => personId) }))).toEqual([
    { siteId: null, present: 0, total: 3, people: ['an', 'dung', 'lan'] },
    { siteId: 'site-1', present: 1, total: 2, people: ['binh', 'chi'] },
  ])
  const entries = ['lan', 'an', 'chi'].map((personId) => ({ personId, present: true, channel: null, choice: null, chosen: null }))
  expect(namedRoll(entries, (id) => names[id] ?? '').map(({ personId }) => personId)).toEqual(['an', 'chi', 'lan'])
})
