import type { Choice } from '../../../shared/meeting/votes/matter.ts'
import { openDesk, type Desk, type DeskParts } from '../desk.ts'
import { mainRoom, people, sites } from '../province.ts'
import { chair, communes, members, on, participants, plainItem, secretary } from './taking-part.ts'

const report = 'Báo cáo tình hình KT-XH tháng 10 năm 2026'
const investment = 'Kế hoạch đầu tư công năm 2027 (lần 1)'
const system = 'Chủ trương thuê hệ thống phòng họp không giấy tờ'
const conclusion = 'Kết luận, thông qua biên bản'

/** Part II of the minutes (paper 08): 21–0–0, 19–1–1, 20–0–1; one member of 22 was away. */
const ballots: { title: string; item: string; dissent: Record<string, Choice> }[] = [
  { title: 'Báo cáo KT-XH tháng 10 năm 2026', item: report, dissent: {} },
  { title: 'Kế hoạch đầu tư công năm 2027 (lần 1)', item: investment, dissent: { 'gd-tu-phap': 'reject', 'chanh-thanh-tra': 'abstain' } },
  { title: 'Chủ trương thuê hệ thống phòng họp không giấy tờ', item: system, dissent: { 'chanh-thanh-tra': 'abstain' } },
]
const away = 'gd-dan-toc'
const present = members.filter(id => id !== away)

/** The meeting of last month: over, its three named votes counted and published as its minutes say. */
export async function octoberBriefing(parts: DeskParts, now: number): Promise<void> {
  const desk = await openDesk(parts, 'october', secretary, {
    title: 'Phiên họp giao ban UBND tỉnh tháng 10 năm 2026', kind: 'session', type: 'briefing', body: 'committee',
    startsAt: on(now, -28, 7, 30), endsAt: on(now, -28, 16, 40), place: mainRoom, siteIds: sites.map(site => site.id), participants: participants(),
  })
  const agenda = [
    { title: report, durationMinutes: 60, unitId: 'stc', presenterId: 'gd-tai-chinh' },
    { title: investment, durationMinutes: 90, unitId: 'stc', presenterId: 'gd-tai-chinh' },
    { title: system, durationMinutes: 60, unitId: 'vpub', presenterId: 'chanh-van-phong' },
    { title: conclusion, durationMinutes: 30, unitId: 'ubnd', presenterId: chair },
  ]
  for (const [index, item] of agenda.entries()) await desk.send(`item-${index}`, secretary, 'agenda:addItem', { ...plainItem, ...item })
  await desk.attach(conclusion, 'minutes', 'scannedMinutes')
  for (const [index, { title, item }] of ballots.entries()) {
    await desk.send(`vote-${index}`, secretary, 'votes:draft', { itemId: await desk.item(item), title, method: 'named', matter: { kind: 'question' }, preset: 'committeeMajority' })
  }
  await desk.send('publish', secretary, 'meeting:publish', {})
  await Promise.all([...present, ...communes, secretary].map(id => {
    const siteId = people.find(person => person.id === id)?.siteId
    // Who was at a site today sat in the room then.
    return desk.send(`present-${id}`, id, 'attendance:declare', siteId && !members.includes(id) ? { presence: 'atSite', siteId } : { presence: 'inRoom' })
  }))
  await desk.send(`absent-${away}`, secretary, 'attendance:declare', { personId: away, presence: 'absent' })
  await desk.send('open', chair, 'meeting:open', {})
  for (const [index, ballot] of ballots.entries()) await hold(desk, index, ballot)
  await desk.send('start-conclusion', chair, 'agenda:startItem', { itemId: await desk.item(conclusion) })
  await desk.send('end', chair, 'meeting:end', {})
}

async function hold(desk: Desk, index: number, { title, item, dissent }: (typeof ballots)[number]): Promise<void> {
  await desk.send(`start-${index}`, chair, 'agenda:startItem', { itemId: await desk.item(item) })
  const vote = Object.values((await desk.view()).votes).find(one => one.title === title)
  if (!vote) throw new Error(`no vote "${title}"`)
  const { voteId } = vote
  await desk.send(`open-vote-${index}`, chair, 'votes:open', { voteId })
  await Promise.all(present.map(id => desk.send(`cast-${index}-${id}`, id, 'votes:cast', { voteId, choice: dissent[id] ?? 'approve' })))
  await desk.send(`close-vote-${index}`, chair, 'votes:close', { voteId })
}
