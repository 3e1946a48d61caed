import { existsSync, readFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pino } from 'pino'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { SecretVotes } from '../../../server/ballots/secret-votes.ts'
import { MeetingHosts } from '../../../server/meetings/hosts.ts'
import { openStore } from '../../../server/store/open.ts'
import type { Store } from '../../../server/store/port.ts'
import type { Refusal, RefusalCode } from '../../../shared/contracts/refusal.ts'
import { refusalCodes, refusalSentence } from '../../../shared/contracts/sentences.ts'
import { floorRefusals } from '../../../shared/contracts/refusals/floor.ts'
import { markRefusals } from '../../../shared/contracts/refusals/marks.ts'
import { meetingRefusals } from '../../../shared/contracts/refusals/meeting.ts'
import { recordingRefusals } from '../../../shared/contracts/refusals/recording.ts'
import { siteRefusals } from '../../../shared/contracts/refusals/sites.ts'
import { stageRefusals } from '../../../shared/contracts/refusals/stage.ts'
import { isRefusal, type Commands } from '../../../shared/meeting/command.ts'
import { bookLimits, bookRefusal } from '../../../shared/meeting/papers/book.ts'
import { downloadRefusal, unmarkedRefusal } from '../../../shared/meeting/papers/rules.ts'
import type { Paper } from '../../../shared/meeting/papers/state.ts'
import { decide } from '../../../shared/meeting/decide.ts'
import { floorScenes } from '../../support/meeting/floor-refusals.ts'
import { markScenes } from '../../support/meeting/mark-refusals.ts'
import { participants } from '../../support/meeting/history.ts'
import { recordingScenes } from '../../support/meeting/recording-refusals.ts'
import { siteScenes, stageScenes } from '../../support/meeting/site-refusals.ts'
import { seal } from '../../support/meeting/sealing.ts'
import { draftMeeting, meetingInSession, Rehearsal } from '../../support/meeting/rehearsal.ts'

type MeetingCode = keyof typeof meetingRefusals | keyof typeof floorRefusals | keyof typeof markRefusals | keyof typeof siteRefusals | keyof typeof stageRefusals | keyof typeof recordingRefusals
/** How a code comes about: a rule's answer, the hub's answer, or the test elsewhere that shows it. */
type Scene = (() => Refusal | Promise<Refusal>) | { shownBy: string }

const more = (count: number) => Array.from({ length: count }, (_, index) => ({ personId: `person-${index}`, role: 'guest' as const, votes: false, siteId: null }))
const guest = { personId: 'outsider', role: 'guest', votes: false, siteId: null } as const
/** An owner's paper that nobody has approved yet. */
function handedIn() {
  const { meeting, item } = meetingInSession()
  meeting.do('secretary', 'agenda:changeItem', { itemId: item, ownerIds: ['an'] })
  return { meeting, item, paperId: meeting.attach(item, 'an') }
}
const startsAt = 1_795_000_000_000

const list = { kind: 'election' as const, candidates: [{ candidateId: 'lan', label: 'Trần Thị Lan' }, { candidateId: 'minh', label: 'Lê Minh' }], least: 1, most: 1, seats: 1 }

/** Why such a vote cannot be drafted. */
function drafting(more: Partial<Commands['votes:draft']>, meeting?: Rehearsal): Refusal {
  const scene = meetingInSession()
  const data = { itemId: scene.item, title: 'Thông qua', method: 'named', matter: { kind: 'question' }, preset: 'presentMajority', ...more } as const
  return (meeting ?? scene.meeting).refusal('secretary', 'votes:draft', data)
}

/** Every code of refusals/meeting.ts; the type makes the table complete, the tests below make it true. */
const scenes: Record<MeetingCode, Scene> = {
  ...floorScenes,
  ...markScenes,
  ...siteScenes,
  ...stageScenes,
  ...recordingScenes,
  'meeting.noLongerInvited': { shownBy: 'tests/integration/live/rights.test.ts' },
  'meeting.exists': () => draftMeeting().meeting.refusal('secretary', 'meeting:create', { title: 'Lại', kind: 'meeting', type: 'briefing', body: 'plain', startsAt, endsAt: startsAt + 1, place: '', siteIds: [], participants: [] }),
  'meeting.notPublished': () => draftMeeting().meeting.refusal('chair', 'meeting:open', {}),
  'meeting.alreadyPublished': () => meetingInSession().meeting.refusal('secretary', 'meeting:publish', {}),
  'meeting.notOpen': () => {
    const { meeting, item } = draftMeeting()
    meeting.do('secretary', 'meeting:publish', {})
    return meeting.refusal('chair', 'agenda:startItem', { itemId: item })
  },
  'meeting.inSession': () => meetingInSession().meeting.refusal('secretary', 'meeting:cancel', { reason: 'Hoãn' }),
  'meeting.inRecess': () => {
    const { meeting, item } = meetingInSession()
    meeting.do('chair', 'meeting:recess', {})
    return meeting.refusal('chair', 'agenda:startItem', { itemId: item })
  },
  'meeting.ended': () => {
    const { meeting } = meetingInSession()
    meeting.do('chair', 'meeting:end', {})
    return meeting.refusal('secretary', 'meeting:change', { title: 'Sửa hồ sơ' })
  },
  'meeting.cancelled': () => {
    const { meeting } = draftMeeting()
    meeting.do('secretary', 'meeting:cancel', { reason: 'Bão số 5' })
    return meeting.refusal('secretary', 'meeting:publish', {})
  },
  'meeting.endsBeforeStart': () => draftMeeting().meeting.refusal('secretary', 'meeting:change', { startsAt, endsAt: startsAt }),
  'meeting.siteInUse': () => draftMeeting().meeting.refusal('secretary', 'meeting:change', { siteIds: ['site-2'] }),
  'meeting.unknownSite': () => fromHub({ siteIds: ['site-unknown'] }),
  'meeting.needsChair': () => {
    const { meeting } = draftMeeting()
    meeting.do('secretary', 'participants:remove', { personId: 'chair' })
    return meeting.refusal('secretary', 'meeting:publish', {})
  },
  'meeting.needsAgenda': () => new Rehearsal().refusal('secretary', 'meeting:publish', {}),
  'meeting.voteOpen': () => {
    const { meeting, item } = meetingInSession()
    meeting.openVote(item)
    return meeting.refusal('chair', 'meeting:end', {})
  },
  'meeting.voteUnpublished': () => {
    const { meeting, item } = meetingInSession()
    meeting.do('chair', 'votes:close', { voteId: meeting.openVote(item), held: true })
    return meeting.refusal('chair', 'meeting:end', {})
  },
  'participants.alreadyInvited': () => draftMeeting().meeting.refusal('secretary', 'participants:invite', { participants: [{ ...guest, personId: 'an' }] }),
  'participants.unknown': () => draftMeeting().meeting.refusal('secretary', 'participants:remove', { personId: 'outsider' }),
  'participants.unknownPerson': () => fromHub({ participants: [guest] }),
  'participants.tooMany': () => draftMeeting().meeting.refusal('secretary', 'participants:invite', { participants: more(2492) }),
  'participants.chairTaken': () => draftMeeting().meeting.refusal('secretary', 'participants:change', { personId: 'an', role: 'chair', votes: true, siteId: null }),
  'participants.lastLeader': () => {
    const { meeting } = draftMeeting()
    meeting.do('secretary', 'participants:remove', { personId: 'chair' })
    return meeting.refusal('secretary', 'participants:change', { personId: 'secretary', role: 'delegate', votes: true, siteId: null })
  },
  'participants.roleCannotVote': () => draftMeeting().meeting.refusal('secretary', 'participants:invite', { participants: [{ ...guest, votes: true }] }),
  'participants.unknownSite': () => draftMeeting().meeting.refusal('secretary', 'participants:invite', { participants: [{ ...guest, siteId: 'site-9' }] }),
  'agenda.unknownItem': () => draftMeeting().meeting.refusal('secretary', 'agenda:changeItem', { itemId: 'constructor', title: 'Không có' }),
  'agenda.unknownPerson': () => {
    const { meeting, item } = draftMeeting()
    return meeting.refusal('secretary', 'agenda:changeItem', { itemId: item, presenterId: 'outsider' })
  },
  'agenda.tooMany': () => {
    const { meeting, item } = draftMeeting()
    for (let count = 2; count < 500; count += 1) meeting.addItem(`Nội dung ${count}`)
    const { title, durationMinutes, unitId, presenterId, confidential, access, parentId } = meeting.state.items[item]!
    return meeting.refusal('secretary', 'agenda:addItem', { title, durationMinutes, unitId, presenterId, confidential, access, parentId })
  },
  'agenda.tooDeep': () => {
    const { meeting, item } = draftMeeting()
    const second = meeting.addItem('Cấp hai', { parentId: item })
    const third = meeting.addItem('Cấp ba', { parentId: second })
    const fourth = meeting.addItem('Cấp bốn', { parentId: third })
    return meeting.refusal('secretary', 'agenda:addItem', { title: 'Cấp năm', durationMinutes: null, unitId: null, presenterId: null, confidential: false, access: [], parentId: fourth })
  },
  'agenda.ownDescendant': () => {
    const { meeting, item } = draftMeeting()
    const below = meeting.addItem('Mục con', { parentId: item })
    return meeting.refusal('secretary', 'agenda:moveItem', { itemId: item, parentId: below, afterId: null })
  },
  'agenda.notSibling': () => {
    const { meeting, item, secret } = draftMeeting()
    const below = meeting.addItem('Mục con', { parentId: item })
    return meeting.refusal('secretary', 'agenda:moveItem', { itemId: secret, parentId: null, afterId: below })
  },
  'agenda.alreadyHeld': () => {
    const { meeting, item } = meetingInSession()
    meeting.do('chair', 'agenda:startItem', { itemId: item })
    return meeting.refusal('secretary', 'agenda:removeItem', { itemId: item })
  },
  'agenda.alreadyCurrent': () => {
    const { meeting, item } = meetingInSession()
    meeting.do('chair', 'agenda:startItem', { itemId: item })
    return meeting.refusal('chair', 'agenda:startItem', { itemId: item })
  },
  'agenda.notCurrent': () => {
    const { meeting, item } = meetingInSession()
    return meeting.refusal('chair', 'agenda:finishItem', { itemId: item })
  },
  'agenda.voteOpen': () => {
    const { meeting, item, secret } = meetingInSession()
    meeting.do('chair', 'agenda:startItem', { itemId: item })
    meeting.openVote(item)
    return meeting.refusal('chair', 'agenda:startItem', { itemId: secret })
  },
  'papers.unknown': () => draftMeeting().meeting.refusal('secretary', 'papers:detach', { paperId: '__proto__' }),
  'papers.alreadyAttached': () => {
    const { meeting, item } = draftMeeting()
    const paperId = meeting.attach(item)
    return meeting.refusal('secretary', 'papers:attach', { paperId, itemId: item, title: 'Lại', name: 'lai.pdf', sha256: 'b'.repeat(64), size: 1, pages: 1 })
  },
  'papers.tooMany': () => {
    const { meeting, item, secret } = draftMeeting()
    // Straight into the state: two thousand commands would only show the same rule more slowly.
    const paper = meeting.state.papers[meeting.attach(secret)] as Paper
    meeting.state = { ...meeting.state, papers: Object.fromEntries(Array.from({ length: 2000 }, (_, index) => [`p${index}`, { ...paper, paperId: `p${index}` }])) }
    return meeting.refusal('secretary', 'papers:attach', { paperId: 'one-more', itemId: item, title: 'Thêm', name: 'them.pdf', sha256: 'd'.repeat(64), size: 1, pages: 1 })
  },
  'papers.approved': () => {
    const { meeting, item } = draftMeeting()
    return meeting.refusal('secretary', 'papers:submit', { paperId: meeting.attach(item) })
  },
  'papers.notApproved': () => {
    const { meeting, paperId } = handedIn()
    return meeting.refusal('chair', 'presentation:start', { paperId })
  },
  'papers.awaitsApproval': () => {
    const { meeting, paperId } = handedIn()
    meeting.do('an', 'papers:submit', { paperId })
    return meeting.refusal('secretary', 'papers:replace', { paperId, name: 'bao-cao.pdf', sha256: 'b'.repeat(64), size: 1, pages: 9, changedPages: null })
  },
  'papers.notSubmitted': () => {
    const { meeting, paperId } = handedIn()
    return meeting.refusal('chair', 'papers:approve', { paperId })
  },
  'papers.ownPaper': () => {
    const { meeting, item } = meetingInSession()
    meeting.do('secretary', 'papers:setRules', { approval: 'all' })
    const paperId = meeting.attach(item)
    meeting.do('secretary', 'papers:submit', { paperId })
    return meeting.refusal('secretary', 'papers:approve', { paperId })
  },
  'papers.receiptsOff': () => {
    const { meeting, item } = meetingInSession()
    return meeting.refusal('an', 'papers:open', { paperId: meeting.attach(item), version: 1 })
  },
  'papers.alreadyOpened': () => {
    const { meeting, item } = meetingInSession()
    const paperId = meeting.attach(item)
    meeting.do('secretary', 'papers:setRules', { receipts: true })
    meeting.do('an', 'papers:open', { paperId, version: 1 })
    return meeting.refusal('an', 'papers:open', { paperId, version: 1 })
  },
  'papers.alreadyCompared': () => {
    const { meeting, item } = meetingInSession()
    const paperId = meeting.attach(item)
    meeting.do('secretary', 'papers:replace', { paperId, name: 'bao-cao.pdf', sha256: 'b'.repeat(64), size: 1, pages: 9, changedPages: [1] })
    return meeting.refusal(null, 'papers:tellChanges', { paperId, version: 2, changedPages: [2] })
  },
  'papers.downloadsOff': () => downloadRefusal(meetingInSession().meeting.state, 'an') as Refusal,
  'papers.markedOnly': () => {
    const { meeting } = meetingInSession()
    meeting.do('secretary', 'papers:setRules', { downloads: true, watermark: true })
    expect([downloadRefusal(meeting.state, 'an'), unmarkedRefusal(meeting.state, 'secretary')]).toEqual([null, null])
    return unmarkedRefusal(meeting.state, 'an') as Refusal
  },
  'papers.bookEmpty': () => {
    const { meeting } = draftMeeting()
    return bookRefusal(meeting.state, 'secretary') as Refusal
  },
  'papers.bookTooLarge': () => {
    const { meeting, item } = draftMeeting()
    meeting.do('secretary', 'papers:replace', { paperId: meeting.attach(item), name: 'bao-cao.pdf', sha256: 'b'.repeat(64), size: 1, pages: bookLimits.pages + 1, changedPages: null })
    return bookRefusal(meeting.state, 'secretary') as Refusal
  },
  'papers.sameFile': () => {
    const { meeting, item } = draftMeeting()
    return meeting.refusal('secretary', 'papers:replace', { paperId: meeting.attach(item), name: 'bao-cao.pdf', sha256: 'a'.repeat(64), size: 1, pages: 9, changedPages: null })
  },
  'papers.tooManyVersions': () => {
    const { meeting, item } = draftMeeting()
    const paperId = meeting.attach(item)
    for (let version = 2; version <= 100; version += 1) {
      meeting.do('secretary', 'papers:replace', { paperId, name: 'bao-cao.pdf', sha256: String(version).padStart(64, '0'), size: 1, pages: 9, changedPages: null })
    }
    return meeting.refusal('secretary', 'papers:replace', { paperId, name: 'bao-cao.pdf', sha256: 'f'.repeat(64), size: 1, pages: 9, changedPages: null })
  },
  'papers.notSibling': () => {
    const { meeting, item, secret } = draftMeeting()
    const [here, there] = [meeting.attach(item), meeting.attach(secret)]
    return meeting.refusal('secretary', 'papers:move', { paperId: here, itemId: item, afterId: there })
  },
  'papers.beingPresented': () => {
    const { meeting, item } = meetingInSession()
    const paperId = meeting.attach(item)
    meeting.do('chair', 'presentation:start', { paperId })
    return meeting.refusal('secretary', 'papers:detach', { paperId })
  },
  'attendance.unknownSite': () => meetingInSession().meeting.refusal('an', 'attendance:declare', { presence: 'atSite', siteId: 'site-9' }),
  'attendance.unchanged': () => meetingInSession().meeting.refusal('an', 'attendance:declare', { presence: 'inRoom' }),
  'attendance.tooMany': () => {
    const { meeting } = meetingInSession()
    for (let count = 1; count < 40; count += 1) meeting.do('an', 'attendance:declare', { presence: count % 2 ? 'absent' : 'inRoom' })
    // What the secretary does for him does not count, and is not stopped either.
    meeting.do('secretary', 'attendance:declare', { personId: 'an', presence: 'inRoom' })
    return meeting.refusal('an', 'attendance:declare', { presence: 'absent' })
  },
  'attendance.unknownNumber': () => {
    const { meeting } = meetingInSession()
    meeting.do('secretary', 'participants:remove', { personId: 'dung' })
    return meeting.refusal('secretary', 'attendance:checkIn', { number: meeting.state.numbers.dung as string })
  },
  'attendance.otherPlace': () => {
    const { meeting } = meetingInSession()
    return meeting.refusal('technician', 'attendance:checkIn', { number: meeting.state.numbers.binh as string, siteId: 'site-1' })
  },
  'attendance.substitutesAgreed': () => withSubstitute().refusal('secretary', 'attendance:setRules', { substitutesVote: true }),
  'invitations.unchanged': () => {
    const { meeting } = meetingInSession()
    meeting.do('an', 'invitations:accept', {})
    return meeting.refusal('an', 'invitations:accept', {})
  },
  'invitations.tooMany': () => {
    const { meeting } = meetingInSession()
    for (let count = 0; count < 20; count += 1) meeting.do('an', 'invitations:excuse', { reason: `Lý do ${count}` })
    return meeting.refusal('an', 'invitations:accept', {})
  },
  'invitations.substituteAgreed': () => withSubstitute().refusal('an', 'invitations:accept', {}),
  'invitations.substituteOfSubstitute': () => withSubstitute().refusal('outsider', 'invitations:substitute', { substituteId: 'another', reason: 'Bận' }),
  'invitations.substitutesDoNotVote': () => {
    const meeting = withSubstitute()
    meeting.do('secretary', 'participants:change', { personId: 'an', role: 'delegate', votes: false, siteId: null })
    return meeting.refusal('secretary', 'participants:change', { personId: 'outsider', role: 'delegate', votes: true, siteId: null })
  },
  'invitations.voteIsWithOther': () => {
    const meeting = withSubstitute({ substitutesVote: true })
    return meeting.refusal('secretary', 'participants:change', { personId: 'an', role: 'delegate', votes: true, siteId: null })
  },
  'invitations.own': () => {
    const { meeting } = meetingInSession()
    meeting.do('secretary', 'invitations:excuse', { reason: 'Ốm' })
    return meeting.refusal('secretary', 'invitations:decide', { personId: 'secretary', agreed: true })
  },
  'invitations.nothingToDecide': () => {
    const { meeting } = meetingInSession()
    meeting.do('an', 'invitations:accept', {})
    return meeting.refusal('chair', 'invitations:decide', { personId: 'an', agreed: true })
  },
  'rollCall.notRunning': () => meetingInSession().meeting.refusal('secretary', 'rollCall:finish', {}),
  'rollCall.notCalled': () => {
    const { meeting } = meetingInSession()
    meeting.do('chair', 'rollCall:callSite', { siteId: 'site-1' })
    return meeting.refusal('secretary', 'rollCall:answer', { siteId: 'site-2', answer: 'absent' })
  },
  'rollCall.answered': () => {
    const { meeting } = meetingInSession()
    meeting.do('chair', 'rollCall:callSite', { siteId: 'site-1' })
    meeting.do('secretary', 'rollCall:answer', { siteId: 'site-1', answer: 'present', personIds: [] })
    return meeting.refusal('chair', 'rollCall:callSite', { siteId: 'site-1' })
  },
  'rollCall.notYourSite': () => {
    const { meeting } = meetingInSession()
    meeting.do('chair', 'rollCall:callSite', { siteId: 'site-1' })
    return meeting.refusal('technician', 'rollCall:answer', { siteId: 'site-1', answer: 'absent' })
  },
  'rollCall.notOfSite': () => {
    const { meeting } = meetingInSession()
    meeting.do('secretary', 'participants:change', { personId: 'technician', role: 'technician', votes: false, siteId: 'site-1' })
    meeting.do('chair', 'rollCall:callSite', { siteId: 'site-1' })
    return meeting.refusal('technician', 'rollCall:answer', { siteId: 'site-1', answer: 'present', personIds: ['binh', 'chi'] })
  },
  'presentation.none': () => meetingInSession().meeting.refusal('chair', 'presentation:end', {}),
  'presentation.unchanged': () => {
    const { meeting, item } = meetingInSession()
    const paperId = meeting.attach(item)
    meeting.do('chair', 'presentation:start', { paperId })
    return meeting.refusal('chair', 'presentation:start', { paperId })
  },
  'presentation.held': () => {
    const { meeting, item } = meetingInSession()
    meeting.do('chair', 'presentation:start', { paperId: meeting.attach(item) })
    meeting.do('chair', 'presentation:hold', { minutes: 5 })
    return meeting.refusal('secretary', 'presentation:hold', { minutes: 5 })
  },
  'presentation.notHeld': () => {
    const { meeting, item } = meetingInSession()
    meeting.do('chair', 'presentation:start', { paperId: meeting.attach(item) })
    return meeting.refusal('chair', 'presentation:release', {})
  },
  'presentation.presenterWithoutAccess': () => {
    const { meeting, secret } = meetingInSession()
    return meeting.refusal('chair', 'presentation:start', { paperId: meeting.attach(secret), presenterId: 'binh' })
  },
  'preview.nothing': { shownBy: 'tests/integration/http/preview.test.ts' },
  'preview.readOnly': { shownBy: 'tests/e2e/console.test.ts' },
  'seats.unknown': () => draftMeeting().meeting.refusal('secretary', 'seats:change', { seatId: 'toString', x: 0.5 }),
  'seats.unknownRoom': () => draftMeeting().meeting.refusal('secretary', 'seats:draw', { siteId: 'site-9', layout: { kind: 'free' }, seats: [{ x: 0, y: 0, label: 'A1' }] }),
  'seats.tooMany': () => {
    const { meeting } = draftMeeting()
    const seat = (index: number) => ({ seatId: `s${index}`, x: 0, y: 0, label: `A${index}`, personId: null })
    meeting.state = { ...meeting.state, seatPlans: { 'site-1': { siteId: 'site-1', layout: { kind: 'free' }, seats: Array.from({ length: 2000 }, (_, index) => seat(index)) } } }
    return meeting.refusal('secretary', 'seats:draw', { siteId: null, layout: { kind: 'free' }, seats: [{ x: 0, y: 0, label: 'A1' }] })
  },
  'seats.labelTwice': () => draftMeeting().meeting.refusal('secretary', 'seats:draw', { siteId: null, layout: { kind: 'free' }, seats: [{ x: 0, y: 0, label: 'A1' }, { x: 1, y: 0, label: 'A1' }] }),
  'seats.personTwice': () => {
    const { meeting } = draftMeeting()
    const [first, second] = meeting.drawSeats(2)
    meeting.do('secretary', 'seats:assign', { assignments: [{ seatId: first!, personId: 'an' }] })
    return meeting.refusal('secretary', 'seats:assign', { assignments: [{ seatId: second!, personId: 'an' }] })
  },
  'seats.seatTwice': () => {
    const { meeting } = draftMeeting()
    const [seatId] = meeting.drawSeats(2)
    return meeting.refusal('secretary', 'seats:assign', { assignments: [{ seatId: seatId!, personId: 'an' }, { seatId: seatId!, personId: 'binh' }] })
  },
  'seats.unchanged': () => {
    const { meeting } = draftMeeting()
    const [seatId] = meeting.drawSeats(1)
    return meeting.refusal('secretary', 'seats:assign', { assignments: [{ seatId: seatId!, personId: null }] })
  },
  'seats.noPlan': () => draftMeeting().meeting.refusal('secretary', 'seats:clear', { siteId: null }),
  'hands.unknown': () => meetingInSession().meeting.refusal('chair', 'hands:confirm', { countId: 'constructor' }),
  'hands.secretVote': () => {
    const { meeting, item } = meetingInSession()
    return meeting.refusal('secretary', 'hands:begin', { voteId: meeting.openVote(item, 'presentMajority', { method: 'secret' }), siteId: null, channel: 'hands' })
  },
  'hands.election': () => {
    const { meeting, item } = meetingInSession()
    return meeting.refusal('secretary', 'hands:begin', { voteId: meeting.openVote(item, 'electionRelative', { matter: list }), siteId: null, channel: 'hands' })
  },
  'hands.alreadyBegun': () => {
    const { meeting, voteId } = counting()
    return meeting.refusal('chair', 'hands:begin', { voteId, siteId: null, channel: 'telephone' })
  },
  'hands.tooMany': () => {
    const { meeting, voteId, countId } = counting()
    const count = { ...meeting.state.hands[countId]!, status: 'withdrawn' as const }
    meeting.state = { ...meeting.state, hands: Object.fromEntries(Array.from({ length: 100 }, (_, index) => [`h${index}`, { ...count, countId: `h${index}` }])) }
    return meeting.refusal('secretary', 'hands:begin', { voteId, siteId: null, channel: 'hands' })
  },
  'hands.nobodyLeft': () => {
    const { meeting, item } = meetingInSession()
    return meeting.refusal('secretary', 'hands:begin', { voteId: meeting.openVote(item), siteId: 'site-1', channel: 'hands' })
  },
  'hands.withdrawn': () => {
    const { meeting, countId } = counting()
    meeting.do('secretary', 'hands:withdraw', { countId, reason: 'Mở nhầm' })
    return meeting.refusal('secretary', 'hands:enter', { countId, persons: [] })
  },
  'hands.confirmed': () => {
    const { meeting, countId } = counting()
    meeting.do('secretary', 'hands:enter', { countId, persons: [{ personId: 'an', choice: 'approve' }] })
    meeting.do('chair', 'hands:confirm', { countId })
    return meeting.refusal('secretary', 'hands:enter', { countId, persons: [] })
  },
  'hands.notEntered': () => {
    const { meeting, countId } = counting()
    return meeting.refusal('chair', 'hands:confirm', { countId })
  },
  'hands.moreThanPresent': () => {
    const { meeting, countId } = counting()
    return meeting.refusal('secretary', 'hands:enter', { countId, counts: { approve: 3, reject: 1, abstain: 1 } })
  },
  'hands.chairByName': () => {
    const { meeting, countId } = counting('committeeMajority')
    return meeting.refusal('secretary', 'hands:enter', { countId, counts: { approve: 2, reject: 2, abstain: 0 } })
  },
  'hands.personTwice': () => {
    const { meeting, countId } = counting()
    return meeting.refusal('secretary', 'hands:enter', { countId, persons: [{ personId: 'an', choice: 'approve' }, { personId: 'an', choice: 'reject' }] })
  },
  'hands.notCountable': () => {
    const { meeting, countId } = counting()
    return meeting.refusal('secretary', 'hands:enter', { countId, persons: [{ personId: 'guest', choice: 'approve' }] })
  },
  'hands.secondPerson': () => {
    const { meeting, countId } = counting()
    meeting.do('chair', 'hands:enter', { countId, counts: { approve: 1, reject: 0, abstain: 0 } })
    return meeting.refusal('chair', 'hands:confirm', { countId })
  },
  'hands.changedSince': () => {
    const { meeting, countId } = counting()
    meeting.do('secretary', 'hands:enter', { countId, counts: { approve: 4, reject: 0, abstain: 0 } })
    meeting.do('an', 'attendance:declare', { presence: 'absent' })
    return meeting.refusal('chair', 'hands:confirm', { countId })
  },
  'hands.unconfirmed': () => {
    const { meeting, voteId } = counting()
    return meeting.refusal('chair', 'votes:close', { voteId })
  },
  'hands.tabletsLocked': () => {
    const { meeting, voteId } = counting()
    return meeting.refusal('an', 'votes:cast', { voteId, choice: 'approve' })
  },
  'votes.unknown': () => meetingInSession().meeting.refusal('chair', 'votes:open', { voteId: 'toString' }),
  'votes.tooMany': () => {
    const { meeting, item } = draftMeeting()
    const vote = meeting.state.votes[meeting.draftVote(item)]!
    meeting.state = { ...meeting.state, votes: Object.fromEntries(Array.from({ length: 1000 }, (_, index) => [`v${index}`, { ...vote, voteId: `v${index}` }])) }
    return meeting.refusal('secretary', 'votes:draft', { itemId: item, title: 'Thêm', method: 'named', matter: { kind: 'question' }, preset: 'castMajority' })
  },
  'votes.frozen': () => {
    const { meeting, item } = meetingInSession()
    const voteId = meeting.openVote(item)
    return meeting.refusal('secretary', 'votes:change', { voteId, title: 'Đổi tỷ lệ', method: 'named', matter: { kind: 'question' }, preset: 'councilTwoThirds' })
  },
  'votes.alreadyOpened': () => {
    const { meeting, item } = meetingInSession()
    const voteId = meeting.openVote(item)
    return meeting.refusal('chair', 'votes:open', { voteId })
  },
  'votes.anotherOpen': () => {
    const { meeting, item, secret } = meetingInSession()
    meeting.openVote(item)
    return meeting.refusal('chair', 'votes:open', { voteId: meeting.draftVote(secret) })
  },
  'votes.nobodyEntitled': () => {
    const { meeting, item } = draftMeeting()
    for (const { personId, role, siteId } of participants.filter((one) => one.votes)) {
      meeting.do('secretary', 'participants:change', { personId, role, votes: false, siteId })
    }
    meeting.begin([])
    return meeting.refusal('chair', 'votes:open', { voteId: meeting.draftVote(item) })
  },
  'votes.noQuorum': () => {
    const { meeting, item } = draftMeeting()
    meeting.begin(['chair', 'an'])
    return meeting.refusal('chair', 'votes:open', { voteId: meeting.draftVote(item, 'committeeMajority') })
  },
  'votes.memberWithoutAccess': () => {
    const { meeting, secret } = meetingInSession()
    return meeting.refusal('chair', 'votes:open', { voteId: meeting.draftVote(secret) })
  },
  'votes.ruleUnclear': () => drafting({ preset: 'custom' }),
  'votes.otherMatter': () => drafting({ preset: 'electionRelative' }),
  'votes.chairSideNeedsNamed': () => drafting({ preset: 'committeeMajority', method: 'secret' }),
  'votes.candidateTwice': () => drafting({ preset: 'electionRelative', matter: { ...list, candidates: [...list.candidates, ...list.candidates] } }),
  'votes.wrongLimits': () => drafting({ preset: 'electionRelative', matter: { ...list, least: 2, most: 1 } }),
  'votes.tooManySeats': () => drafting({ preset: 'electionRelative', matter: { ...list, seats: 3 } }),
  'votes.sittingStarted': () => {
    const { meeting, item } = meetingInSession()
    meeting.openVote(item, 'presentMajority', { sittingId: 'sitting-1' })
    return drafting({ itemId: item, sittingId: 'sitting-1' }, meeting)
  },
  'votes.sittingOfAnotherItem': () => {
    const { meeting, item, secret } = meetingInSession()
    meeting.draftVote(item, 'presentMajority', { sittingId: 'sitting-1' })
    return drafting({ itemId: secret, sittingId: 'sitting-1' }, meeting)
  },
  'votes.sittingFull': () => {
    const { meeting, item } = meetingInSession()
    for (let count = 0; count < 50; count += 1) meeting.draftVote(item, 'presentMajority', { sittingId: 'sitting-1' })
    return drafting({ itemId: item, sittingId: 'sitting-1' }, meeting)
  },
  'votes.sittingRunning': () => {
    const { meeting, item } = meetingInSession()
    const [first, second] = [meeting.draftVote(item, 'presentMajority', { sittingId: 'sitting-1' }), meeting.draftVote(item, 'presentMajority', { sittingId: 'sitting-1' })]
    meeting.do('chair', 'votes:open', { voteId: second })
    meeting.do('chair', 'votes:close', { voteId: first })
    return meeting.refusal('chair', 'votes:publish', { voteId: first })
  },
  'votes.nothingToPublish': () => {
    const { meeting, item } = meetingInSession()
    const voteId = meeting.openVote(item)
    meeting.do('chair', 'votes:close', { voteId })
    return meeting.refusal('chair', 'votes:publish', { voteId })
  },
  'votes.noKey': () => {
    const { meeting, item } = meetingInSession()
    const voteId = meeting.draftVote(item, 'presentMajority', { method: 'secret' })
    const decision = decide(meeting.state, { type: 'votes:open', data: { voteId } }, { personId: 'chair', now: startsAt, newId: () => 'id' })
    return isRefusal(decision) ? decision : expect.fail('it was opened')
  },
  'votes.notClosed': () => {
    const { meeting, item } = meetingInSession()
    return meeting.refusal(null, 'votes:count', { voteId: meeting.openVote(item, 'presentMajority', { method: 'secret' }) })
  },
  'votes.notDue': () => {
    const { meeting, item } = meetingInSession()
    const voteId = meeting.openVote(item, 'presentMajority', { closesAfterSeconds: 30 })
    meeting.do('chair', 'votes:extend', { voteId, seconds: 60 })
    return meeting.refusal(null, 'votes:close', { voteId })
  },
  'votes.notAllOpened': () => {
    const { meeting, item } = meetingInSession()
    const voteId = meeting.openVote(item, 'presentMajority', { method: 'secret' })
    meeting.do('an', 'votes:cast', { voteId, sealed: seal(['approve']) })
    meeting.do('chair', 'votes:close', { voteId })
    const opened = { [voteId]: { question: { approve: 0, reject: 0, abstain: 0, invalid: 0 }, bySite: [] } }
    const decision = decide(meeting.state, { type: 'votes:count', data: { voteId } }, { personId: '', hub: true, now: startsAt, newId: () => 'id', opened })
    return isRefusal(decision) ? decision : expect.fail('it was counted')
  },
  'votes.wrongBallot': () => {
    const { meeting, item } = meetingInSession()
    return meeting.refusal('an', 'votes:cast', { voteId: meeting.openVote(item, 'presentMajority', { method: 'secret' }), choice: 'approve' })
  },
  'votes.wrongChosen': () => {
    const { meeting, item } = meetingInSession()
    return meeting.refusal('an', 'votes:cast', { voteId: meeting.openVote(item, 'electionRelative', { matter: list }), chosen: ['lan', 'minh'] })
  },
  'votes.notOpen': () => {
    const { meeting, item } = meetingInSession()
    const voteId = meeting.openVote(item)
    meeting.do('chair', 'votes:close', { voteId })
    return meeting.refusal('an', 'votes:cast', { voteId, choice: 'approve' })
  },
  'votes.notEntitled': () => {
    const { meeting, item } = meetingInSession()
    const voteId = meeting.openVote(item)
    return meeting.refusal('secretary', 'votes:cast', { voteId, choice: 'approve' })
  },
  'votes.alreadyCast': () => {
    const { meeting, item } = meetingInSession()
    const voteId = meeting.openVote(item)
    meeting.do('an', 'votes:cast', { voteId, choice: 'approve' })
    return meeting.refusal('an', 'votes:cast', { voteId, choice: 'reject' })
  },
  'votes.notPresent': () => {
    const { meeting, item } = meetingInSession()
    const voteId = meeting.openVote(item)
    meeting.do('an', 'attendance:declare', { presence: 'absent' })
    return meeting.refusal('an', 'votes:cast', { voteId, choice: 'approve' })
  },
}

/** The hands of the main room, where all four voting members are, are being counted. */
function counting(preset: Commands['votes:draft']['preset'] = 'presentMajority') {
  const { meeting, item } = meetingInSession()
  const voteId = meeting.openVote(item, preset)
  return { meeting, voteId, countId: meeting.beginCount(voteId) }
}

/** `an` is replaced by `outsider`, with the chair's agreement. */
function withSubstitute(rules: { substitutesVote?: boolean } = {}) {
  const { meeting } = meetingInSession()
  if (rules.substitutesVote !== undefined) meeting.do('secretary', 'attendance:setRules', { substitutesVote: rules.substitutesVote })
  meeting.do('an', 'invitations:substitute', { substituteId: 'outsider', reason: 'Đi công tác' })
  meeting.do('chair', 'invitations:decide', { personId: 'an', agreed: true })
  return meeting
}

let dataDir: string
let store: Store
let hosts: MeetingHosts
beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'giao-ban-refusals-'))
  store = await openStore({ dataDir })
  const directory = {
    unknownPeople: async (ids: readonly string[]) => ids.filter((id) => id === 'outsider'),
    unknownSites: async (ids: readonly string[]) => ids.filter((id) => id === 'site-unknown'),
  }
  const log = pino({ level: 'silent' })
  hosts = await MeetingHosts.open({ store, directory, secretVotes: new SecretVotes(`${dataDir}-keys`, log), log })
})
afterAll(async () => {
  await hosts.close()
  await store.close()
  await rm(dataDir, { recursive: true, force: true })
})

/** What only the hub can know, because it asks the directory. */
async function fromHub(change: { siteIds?: string[]; participants?: (typeof guest)[] }): Promise<Refusal> {
  const data = { title: 'Họp', kind: 'meeting', type: 'briefing', body: 'plain', startsAt, endsAt: startsAt + 1, place: '', siteIds: [], participants: [], ...change } as const
  const outcome = await hosts.create('chair', `create-${JSON.stringify(change).length}-command`, { ...data, siteIds: [...data.siteIds], participants: [...data.participants] })
  if (outcome.ok) throw new Error('the meeting was made')
  return outcome.refusal
}

describe('every refusal of a meeting command', () => {
  for (const [code, scene] of Object.entries(scenes)) {
    if ('shownBy' in scene) {
      test(`${code} is shown by ${scene.shownBy}`, () => {
        expect(existsSync(scene.shownBy), scene.shownBy).toBe(true)
        expect(readFileSync(scene.shownBy, 'utf8')).toContain(`'${code}'`)
      })
      continue
    }
    test(`${code} is given`, async () => {
      const given = await scene()
      expect(given.code).toBe(code)
      for (const language of ['vi', 'en'] as const) {
        expect(refusalSentence(given, language), 'every placeholder is filled').not.toMatch(/[{}]/)
      }
    })
  }
})

test('every refusal code of the project has a sentence in both languages with the same placeholders', () => {
  const placeholders = (code: RefusalCode, language: 'vi' | 'en') => (refusalSentence({ code }, language).match(/\{\w+\}/g) ?? []).sort()
  for (const code of refusalCodes) {
    expect(refusalSentence({ code }, 'vi'), code).toMatch(/\S.*[.!?]$/)
    expect(refusalSentence({ code }, 'en'), code).toMatch(/^[A-Z“{].*[.!?]$/)
    expect(placeholders(code, 'vi'), code).toEqual(placeholders(code, 'en'))
    expect(refusalSentence({ code }, 'vi'), `${code}: Vietnamese is composed (NFC)`).toBe(refusalSentence({ code }, 'vi').normalize('NFC'))
  }
})
