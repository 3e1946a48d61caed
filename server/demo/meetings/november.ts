import { laidOut } from '../../../shared/meeting/seats/layouts.ts'
import { hour } from '../../../shared/vietnamese/dates.ts'
import { openDesk, type Desk, type DeskParts } from '../desk.ts'
import { mainRoom, people, sites } from '../province.ts'
import { chair, communes, members, participants, plainItem, secretary, thisMorning } from './taking-part.ts'

const report = 'Báo cáo tình hình KT-XH, QP-AN tháng 11 và 11 tháng năm 2026'
const welcome = 'Tuyên bố lý do, giới thiệu đại biểu, thông qua chương trình'
const opening = 'Phát biểu khai mạc'
const discussion = 'Thảo luận (mỗi ý kiến không quá 05 phút)'
const policy = 'Tờ trình và dự thảo Nghị quyết chính sách hỗ trợ chuyển đổi số cấp xã'
const voting = 'Thảo luận, biểu quyết về chính sách hỗ trợ chuyển đổi số cấp xã'
const budget = 'Dự toán ngân sách địa phương năm 2027'
const conclusions = 'Báo cáo kết quả thực hiện kết luận phiên họp tháng 10'

/** The programme (paper 02), with one confidential item in the time of "các nội dung khác". */
const agenda = [
  { title: welcome, durationMinutes: 15, unitId: 'vpub', presenterId: 'chanh-van-phong' },
  { title: opening, durationMinutes: 15, unitId: 'ubnd', presenterId: chair },
  { title: report, durationMinutes: 30, unitId: 'stc', presenterId: 'gd-tai-chinh' },
  { title: conclusions, durationMinutes: 15, unitId: 'vpub', presenterId: 'chanh-van-phong' },
  { title: discussion, durationMinutes: 60 },
  { title: 'Ý kiến của các sở, ban, ngành', durationMinutes: 35, within: discussion },
  { title: 'Ý kiến từ các điểm cầu xã, phường', durationMinutes: 25, within: discussion },
  { title: 'Nghỉ giải lao', durationMinutes: 15 },
  { title: policy, durationMinutes: 20, unitId: 'skhcn', presenterId: 'gd-khoa-hoc' },
  { title: voting, durationMinutes: 55, unitId: 'ubnd' },
  { title: 'Kết luận buổi sáng', durationMinutes: 15, unitId: 'ubnd', presenterId: chair },
  { title: budget, durationMinutes: 30, unitId: 'stc', presenterId: 'gd-tai-chinh' },
  { title: 'Thảo luận về dự toán ngân sách năm 2027', durationMinutes: 90 },
  { title: 'Ý kiến của các Phó Chủ tịch UBND tỉnh', durationMinutes: 45, unitId: 'ubnd' },
  {
    title: 'Công tác cán bộ (họp hẹp)', durationMinutes: 15, unitId: 'snv', presenterId: 'gd-noi-vu', confidential: true,
    access: ['pct-thuong-truc', 'pct-van-xa', 'pct-kinh-te', 'pct-noi-chinh', 'chanh-van-phong', 'gd-noi-vu'],
  },
  { title: 'Kết luận, bế mạc', durationMinutes: 15, unitId: 'ubnd', presenterId: chair },
]

/** Two of those who can sign in have not said yet that they are here, so that a visitor can. */
const undeclared = new Set(['gd-khoa-hoc', 'gd-nong-nghiep', 'ct-lang-sen-tay'])
const excused = 'gd-ngoai-vu'
/** Attends for one of the members; has none of his vote. */
const substituted = { personId: 'gd-van-hoa', substituteId: 'pgd-van-hoa' }
const silentSite = 'site-lang-sen-tay'

/** The meeting in session: two items are over, the report is on and presented, a vote is drafted, most have declared themselves present, some wait for the floor. */
export async function novemberBriefing(parts: DeskParts, now: number): Promise<void> {
  const startsAt = thisMorning(now)
  const desk = await openDesk(parts, 'november', secretary, {
    title: 'Phiên họp giao ban UBND tỉnh tháng 11 năm 2026', kind: 'session', type: 'briefing', body: 'committee',
    startsAt, endsAt: startsAt + 9.25 * hour, place: mainRoom, siteIds: sites.map(site => site.id), participants: participants(),
  })
  await addAgenda(desk)
  await desk.attach(welcome, 'invitation', 'programme')
  await desk.attach(report, 'report', 'slides')
  await desk.attach(conclusions, 'minutes', 'scannedMinutes')
  await desk.attach(policy, 'submission', 'draftResolution')
  await desk.attach(voting, 'opinionForm')
  await desk.attach(budget, 'budget')
  await desk.send('vote', secretary, 'votes:draft', {
    itemId: await desk.item(voting), method: 'named', matter: { kind: 'question' }, preset: 'committeeMajority',
    title: 'Thông qua Tờ trình và dự thảo Nghị quyết quy định một số chính sách hỗ trợ chuyển đổi số ở cấp xã giai đoạn 2027 - 2030',
  })
  await drawSeats(desk)
  await desk.send('publish', secretary, 'meeting:publish', {})
  // Delegates try out notes and take them along.
  await desk.send('paper-rules', secretary, 'papers:setRules', { downloads: true })
  await answerInvitations(desk)
  await declarePresence(desk)
  await callSites(desk)
  await desk.send('open', chair, 'meeting:open', {})
  await desk.send('start-welcome', chair, 'agenda:startItem', { itemId: await desk.item(welcome) })
  await desk.send('start-opening', chair, 'agenda:startItem', { itemId: await desk.item(opening) })
  await desk.send('start-report', chair, 'agenda:startItem', { itemId: await desk.item(report) })
  const papers = Object.values((await desk.view()).papers)
  const presented = papers.find(paper => paper.name.startsWith('03-'))
  if (!presented) throw new Error('the report is not attached')
  await desk.send('present', chair, 'presentation:start', { paperId: presented.paperId, presenterId: 'gd-tai-chinh' })
  await askForFloor(desk)
}

/** Four wait for the floor, one of them from a site, and one has put his name down for a later item. */
async function askForFloor(desk: Desk): Promise<void> {
  await desk.send('floor-1', 'gd-xay-dung', 'floor:request', { kind: 'speech', contribution: true, note: 'Tiến độ giải ngân các dự án giao thông' })
  await desk.send('floor-2', 'gd-y-te', 'floor:request', { kind: 'speech' })
  await desk.send('floor-3', 'ct-hoa-khe', 'floor:request', { kind: 'speech' })
  await desk.send('floor-4', 'gd-cong-thuong', 'floor:request', { kind: 'debate' })
  await desk.send('floor-advance', 'gd-giao-duc', 'floor:request', { kind: 'speech', itemId: await desk.item(budget) })
}

async function addAgenda(desk: Desk): Promise<void> {
  for (const [index, { within, ...item }] of agenda.map(one => ({ within: undefined, ...one })).entries()) {
    const parentId = within ? await desk.item(within) : null
    await desk.send(`item-${index}`, secretary, 'agenda:addItem', { ...plainItem, ...item, parentId })
  }
}

/** The hall as a horseshoe: the chair and his deputies at its head, the other members by precedence, then guests and secretary. */
async function drawSeats(desk: Desk): Promise<void> {
  const layout = { kind: 'horseshoe', head: 8, sides: 5, lines: 2 } as const
  await desk.send('seats', secretary, 'seats:draw', { siteId: null, layout, seats: laidOut(layout) })
  const { participants: invited, seatPlans } = await desk.view()
  const inHall = Object.values(invited).filter(one => one.siteId === null).map(one => one.personId)
  const assignments = Object.values(seatPlans).flatMap(plan => plan.seats).slice(0, inHall.length).map(({ seatId }, index) => ({ seatId, personId: inHall[index] ?? null }))
  await desk.send('nameplates', secretary, 'seats:assign', { assignments })
}

/** Most have said that they come; one is excused, one is replaced, as the chair has agreed. */
async function answerInvitations(desk: Desk): Promise<void> {
  const coming = [...members, ...communes].filter(id => id !== excused && id !== substituted.personId && !undeclared.has(id))
  await Promise.all(coming.map(id => desk.send(`accept-${id}`, id, 'invitations:accept', {})))
  await desk.send('excuse', excused, 'invitations:excuse', { reason: 'Tháp tùng đoàn công tác của Trung ương tại cửa khẩu' })
  await desk.send('excuse-agreed', chair, 'invitations:decide', { personId: excused, agreed: true })
  await desk.send('substitute', substituted.personId, 'invitations:substitute', { substituteId: substituted.substituteId, reason: 'Dự hội nghị toàn ngành tại Hà Nội' })
  await desk.send('substitute-agreed', chair, 'invitations:decide', { personId: substituted.personId, agreed: true })
}

/** The sites are called one after another before the opening; one of them does not answer. */
async function callSites(desk: Desk): Promise<void> {
  for (const { id: siteId } of sites) {
    await desk.send(`call-${siteId}`, chair, 'rollCall:callSite', { siteId })
    if (siteId === silentSite) await desk.send(`answer-${siteId}`, secretary, 'rollCall:answer', { siteId, answer: 'absent' })
    else await desk.send(`answer-${siteId}`, secretary, 'rollCall:answer', { siteId, answer: 'present', personIds: people.filter(one => one.siteId === siteId && !undeclared.has(one.id)).map(one => one.id) })
  }
  await desk.send('called', secretary, 'rollCall:finish', {})
}

async function declarePresence(desk: Desk): Promise<void> {
  const away = new Set([...undeclared, excused, substituted.personId])
  const here = [...members, ...communes, 'chu-tich-hdnd', 'chu-tich-mttq', secretary, 'ky-thuat', substituted.substituteId].filter(id => !away.has(id))
  await Promise.all(here.map(id => {
    const siteId = people.find(person => person.id === id)?.siteId
    return desk.send(`present-${id}`, id, 'attendance:declare', siteId ? { presence: 'atSite', siteId } : { presence: 'inRoom' })
  }))
}
