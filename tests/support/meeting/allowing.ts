import type { Commands, CommandType } from '../../../shared/meeting/command.ts'
import { details } from './history.ts'
import { may } from '../../../shared/meeting/permission.ts'
import { withComment, withPapers } from './mark-refusals.ts'
import { goodCheck } from './site-moves.ts'
import { recorded } from './recording-refusals.ts'
import { draftMeeting, meetingInSession, type Rehearsal } from './rehearsal.ts'

interface Scene { meeting: Rehearsal; item: string; secret: string }
/** `by`: who is going to send it, where only one's own thing can be acted upon. */
type Allowing = { [T in CommandType]: (by?: string) => { meeting: Rehearsal; data: Commands[T] } }

/** A running meeting in which everyone may vote whose role has a vote, and `itemId` is on, presented by nobody. */
function running(): Scene {
  const scene = meetingInSession()
  scene.meeting.do('chair', 'participants:change', { personId: 'secretary', role: 'secretary', votes: true, siteId: null })
  for (const personId of ['secretary', 'dung', 'guest', 'observer', 'technician']) scene.meeting.do(personId, 'attendance:declare', { presence: 'inRoom' })
  scene.meeting.do('chair', 'agenda:startItem', { itemId: scene.item })
  return scene
}

/** The item that is on names `binh` as its presenter; every presentation command is about that item's paper. */
function presenting(): Scene & { paperId: string } {
  const scene = running()
  scene.meeting.do('secretary', 'agenda:changeItem', { itemId: scene.item, presenterId: 'binh' })
  return { ...scene, paperId: scene.meeting.attach(scene.item) }
}

/** A paper that an owner of the item has handed in, waiting for approval when it was submitted. */
function handedIn(submitted = false): Scene & { paperId: string } {
  const scene = running()
  scene.meeting.do('secretary', 'agenda:changeItem', { itemId: scene.item, ownerIds: ['chi'] })
  const paperId = scene.meeting.attach(scene.item, 'chi')
  if (submitted) scene.meeting.do('chi', 'papers:submit', { paperId })
  return { ...scene, paperId }
}

/** A running meeting with a plan of the main room. */
function seated(): Scene & { seatId: string } {
  const scene = running()
  return { ...scene, seatId: scene.meeting.drawSeats(3)[0]! }
}

function withVote(state: 'draft' | 'open'): Scene & { voteId: string } {
  const scene = running()
  const voteId = state === 'draft' ? scene.meeting.draftVote(scene.item) : scene.meeting.openVote(scene.item)
  return { ...scene, voteId }
}

/** Everyone whose role may ask for the floor. */
const speakers = ['chair', 'secretary', 'an', 'binh', 'chi', 'dung', 'guest']

function withSpeech(status: 'waiting' | 'speaking'): Scene & { entryId: string } {
  const scene = running()
  const entryId = scene.meeting.askForFloor('chi')
  if (status === 'speaking') scene.meeting.do('chair', 'floor:give', { entryId })
  return { ...scene, entryId }
}

/** Hands are counted in the main room; with `entered`, a second secretary has written down two in favour. */
function counting(entered = false): { meeting: Rehearsal; countId: string } {
  const { meeting, voteId } = withVote('open')
  const countId = meeting.beginCount(voteId)
  if (!entered) return { meeting, countId }
  meeting.do('chair', 'participants:invite', { participants: [{ personId: 'clerk', role: 'secretary', votes: false, siteId: null }] })
  meeting.do('clerk', 'hands:enter', { countId, counts: { approve: 2, reject: 0, abstain: 0 } })
  return { meeting, countId }
}

const text = { title: 'Nội dung mới', durationMinutes: 15, unitId: null, presenterId: null, confidential: false, access: [], parentId: null }
const newcomer = { personId: 'newcomer', role: 'guest', votes: false, siteId: null } as const

/** For every command: a meeting in which its rule has nothing against it, and its data. */
export const allowing: Allowing = {
  'meeting:create': () => ({ meeting: draftMeeting().meeting, data: { ...details, siteIds: [], participants: [] } }),
  'meeting:change': () => ({ meeting: running().meeting, data: { place: 'Hội trường lớn' } }),
  'meeting:publish': () => ({ meeting: draftMeeting().meeting, data: {} }),
  'meeting:cancel': () => ({ meeting: draftMeeting().meeting, data: { reason: 'Hoãn' } }),
  'meeting:open': () => {
    const { meeting } = draftMeeting()
    meeting.do('secretary', 'meeting:publish', {})
    return { meeting, data: {} }
  },
  'meeting:recess': () => ({ meeting: running().meeting, data: {} }),
  'meeting:resume': () => {
    const { meeting } = running()
    meeting.do('chair', 'meeting:recess', {})
    return { meeting, data: {} }
  },
  'meeting:end': () => ({ meeting: running().meeting, data: {} }),
  'participants:invite': () => ({ meeting: running().meeting, data: { participants: [newcomer] } }),
  'participants:change': () => ({ meeting: running().meeting, data: { personId: 'chi', role: 'observer', votes: false, siteId: null } }),
  'participants:remove': () => ({ meeting: running().meeting, data: { personId: 'chi' } }),
  'agenda:addItem': () => ({ meeting: running().meeting, data: text }),
  'agenda:changeItem': () => {
    const { meeting, item } = running()
    return { meeting, data: { itemId: item, title: 'Sửa' } }
  },
  'agenda:moveItem': () => {
    const { meeting, item, secret } = running()
    return { meeting, data: { itemId: secret, parentId: item, afterId: null } }
  },
  'agenda:removeItem': () => {
    const { meeting, secret } = running()
    return { meeting, data: { itemId: secret } }
  },
  'agenda:startItem': () => {
    const { meeting, secret } = running()
    return { meeting, data: { itemId: secret } }
  },
  'agenda:finishItem': () => {
    const { meeting, item } = running()
    return { meeting, data: { itemId: item } }
  },
  'papers:attach': () => {
    const { meeting, item } = running()
    return { meeting, data: { paperId: 'paper-new', itemId: item, title: 'Báo cáo', name: 'bao-cao.pdf', sha256: 'e'.repeat(64), size: 1, pages: 1 } }
  },
  'papers:replace': () => {
    const { meeting, paperId } = presenting()
    return { meeting, data: { paperId, name: 'bao-cao-2.pdf', sha256: 'f'.repeat(64), size: 2, pages: 9, changedPages: [3, 7] } }
  },
  'papers:submit': () => {
    const { meeting, paperId } = handedIn()
    return { meeting, data: { paperId } }
  },
  'papers:withdraw': () => {
    const { meeting, paperId } = handedIn()
    return { meeting, data: { paperId } }
  },
  'papers:approve': () => {
    const { meeting, paperId } = handedIn(true)
    return { meeting, data: { paperId } }
  },
  'papers:return': () => {
    const { meeting, paperId } = handedIn(true)
    return { meeting, data: { paperId, reason: 'Thiếu phụ lục' } }
  },
  'papers:setAccess': () => {
    const { meeting, paperId } = presenting()
    return { meeting, data: { paperId, access: ['an', 'binh'] } }
  },
  'papers:open': () => {
    const { meeting, paperId } = presenting()
    meeting.do('secretary', 'papers:setRules', { receipts: true })
    return { meeting, data: { paperId, version: 1 } }
  },
  'papers:tellChanges': () => {
    const { meeting, paperId } = presenting()
    return { meeting, data: { paperId, version: 1, changedPages: [1] } }
  },
  'papers:setRules': () => ({ meeting: running().meeting, data: { approval: 'all' } }),
  'papers:rename': () => {
    const { meeting, paperId } = presenting()
    return { meeting, data: { paperId, title: 'Tên khác' } }
  },
  'papers:move': () => {
    const { meeting, paperId, secret } = presenting()
    return { meeting, data: { paperId, itemId: secret, afterId: null } }
  },
  'papers:detach': () => {
    const { meeting, paperId } = presenting()
    return { meeting, data: { paperId } }
  },
  'attendance:declare': () => ({ meeting: running().meeting, data: { presence: 'absent' } }),
  'attendance:declareMany': () => ({ meeting: running().meeting, data: { personIds: ['chi', 'an'], presence: 'absent' } }),
  'attendance:checkIn': () => {
    const { meeting } = running()
    meeting.do('secretary', 'attendance:declare', { personId: 'chi', presence: 'absent' })
    return { meeting, data: { number: meeting.state.numbers.chi as string } }
  },
  'attendance:setRules': () => ({ meeting: running().meeting, data: { graceSeconds: 30 } }),
  'quorum:check': () => ({ meeting: running().meeting, data: {} }),
  'invitations:see': () => ({ meeting: running().meeting, data: {} }),
  'invitations:accept': () => ({ meeting: running().meeting, data: {} }),
  'invitations:excuse': () => ({ meeting: running().meeting, data: { reason: 'Đi công tác' } }),
  'invitations:substitute': () => ({ meeting: running().meeting, data: { substituteId: 'newcomer', reason: 'Đi công tác' } }),
  'invitations:decide': () => {
    const { meeting } = running()
    meeting.do('binh', 'invitations:excuse', { reason: 'Ốm' })
    return { meeting, data: { personId: 'binh', agreed: true } }
  },
  'rollCall:callSite': () => ({ meeting: running().meeting, data: { siteId: 'site-1' } }),
  'rollCall:answer': () => {
    const { meeting } = running()
    // The technician of the table sits at the site that is called.
    meeting.do('secretary', 'participants:change', { personId: 'technician', role: 'technician', votes: false, siteId: 'site-1' })
    meeting.do('chair', 'rollCall:callSite', { siteId: 'site-1' })
    return { meeting, data: { siteId: 'site-1', answer: 'absent' } }
  },
  'rollCall:finish': () => {
    const { meeting } = running()
    meeting.do('chair', 'rollCall:callSite', { siteId: 'site-1' })
    return { meeting, data: {} }
  },
  'presentation:start': () => {
    const { meeting, paperId } = presenting()
    return { meeting, data: { paperId } }
  },
  'presentation:handOver': () => {
    const { meeting, paperId } = presenting()
    meeting.do('chair', 'presentation:start', { paperId })
    return { meeting, data: { presenterId: 'chi' } }
  },
  'presentation:end': () => {
    const { meeting, paperId } = presenting()
    meeting.do('chair', 'presentation:start', { paperId })
    return { meeting, data: {} }
  },
  'presentation:hold': () => {
    const { meeting, paperId } = presenting()
    meeting.do('chair', 'presentation:start', { paperId })
    return { meeting, data: { minutes: 5 } }
  },
  'presentation:release': () => {
    const { meeting, paperId } = presenting()
    meeting.do('chair', 'presentation:start', { paperId })
    meeting.do('chair', 'presentation:hold', { minutes: 5 })
    return { meeting, data: {} }
  },
  'seats:draw': () => ({ meeting: running().meeting, data: { siteId: null, layout: { kind: 'free' }, seats: [{ x: 0.5, y: 0.1, label: 'A1' }] } }),
  'seats:change': () => {
    const { meeting, seatId } = seated()
    return { meeting, data: { seatId, x: 0.25 } }
  },
  'seats:assign': () => {
    const { meeting, seatId } = seated()
    return { meeting, data: { assignments: [{ seatId, personId: 'an' }] } }
  },
  'seats:clear': () => ({ meeting: seated().meeting, data: { siteId: null } }),
  'floor:request': () => ({ meeting: running().meeting, data: { kind: 'speech' } }),
  'floor:withdraw': () => {
    const scene = running()
    for (const personId of speakers) scene.meeting.do(personId, 'floor:request', { kind: 'speech' })
    return { meeting: scene.meeting, data: {} }
  },
  'floor:move': () => {
    const { meeting, entryId } = withSpeech('waiting')
    return { meeting, data: { entryId, afterId: null, reason: 'Theo điều hành của chủ tọa' } }
  },
  'floor:give': () => {
    const { meeting, entryId } = withSpeech('waiting')
    return { meeting, data: { entryId } }
  },
  'floor:invite': () => ({ meeting: running().meeting, data: { siteId: 'site-1' } }),
  'floor:pause': () => {
    const { meeting, entryId } = withSpeech('speaking')
    return { meeting, data: { entryId } }
  },
  'floor:resume': () => {
    const { meeting, entryId } = withSpeech('speaking')
    meeting.do('chair', 'floor:pause', { entryId })
    return { meeting, data: { entryId } }
  },
  'floor:end': () => {
    const { meeting, entryId } = withSpeech('speaking')
    return { meeting, data: { entryId } }
  },
  'floor:extend': () => {
    const { meeting, entryId } = withSpeech('speaking')
    return { meeting, data: { entryId, seconds: 60 } }
  },
  'floor:readd': () => {
    const { meeting, entryId } = withSpeech('speaking')
    meeting.do('chair', 'floor:end', { entryId })
    return { meeting, data: { entryId } }
  },
  'floor:open': () => {
    const { meeting } = running()
    meeting.do('chair', 'floor:close', {})
    return { meeting, data: {} }
  },
  'floor:close': () => ({ meeting: running().meeting, data: {} }),
  'floor:configure': () => ({ meeting: running().meeting, data: { interposedQuestions: true } }),
  'floor:setGroups': () => ({ meeting: running().meeting, data: { groups: [{ groupId: 'to-1', title: 'Tổ 1', personIds: ['an'], initialSeconds: 0 }] } }),
  'floor:addTime': () => {
    const { meeting, item } = running()
    meeting.do('chair', 'floor:setGroups', { groups: [{ groupId: 'to-1', title: 'Tổ 1', personIds: ['chi'], initialSeconds: 0 }] })
    const entryId = meeting.askForFloor('chi')
    meeting.do('chair', 'floor:give', { entryId })
    meeting.do('chair', 'agenda:finishItem', { itemId: item })
    return { meeting, data: { groupId: 'to-1' } }
  },
  'hands:begin': () => {
    const { meeting, voteId } = withVote('open')
    return { meeting, data: { voteId, siteId: null, channel: 'hands' } }
  },
  'hands:enter': () => {
    const { meeting, countId } = counting()
    return { meeting, data: { countId, counts: { approve: 1, reject: 1, abstain: 0 } } }
  },
  'hands:confirm': () => {
    const { meeting, countId } = counting(true)
    return { meeting, data: { countId } }
  },
  'hands:withdraw': () => {
    const { meeting, countId } = counting(true)
    return { meeting, data: { countId, reason: 'Đếm nhầm' } }
  },
  'marks:share': () => {
    const { meeting, paperId } = withPapers()
    return { meeting, data: { paperId, withPersons: ['chi'] } }
  },
  'comments:submit': () => {
    const { meeting, paperId } = withPapers()
    return { meeting, data: { paperId, version: 1, anchor: { page: 1, quote: null, boxes: [] }, text: 'Đề nghị làm rõ số liệu' } }
  },
  'comments:withdraw': (by) => {
    const { meeting, commentId } = withComment(by !== undefined && may(withPapers().meeting.state, by, 'comments.submit') ? by : 'an')
    return { meeting, data: { commentId } }
  },
  'comments:disclose': () => {
    const { meeting, commentId } = withComment()
    return { meeting, data: { commentId } }
  },
  'comments:answer': () => {
    const { meeting, commentId } = withComment()
    return { meeting, data: { commentId, verdict: 'explained', text: 'Số liệu lấy từ Cục Thống kê.' } }
  },
  'sites:check': () => ({ meeting: running().meeting, data: { siteId: 'site-1', check: goodCheck } }),
  'sites:declareReady': () => {
    const { meeting } = running()
    meeting.do('technician', 'sites:check', { siteId: 'site-1', check: goodCheck })
    return { meeting, data: { siteId: 'site-1' } }
  },
  'sites:setLine': () => ({ meeting: running().meeting, data: { siteId: 'site-1', line: 'up' } }),
  'sites:useTelephone': () => ({ meeting: running().meeting, data: { siteId: 'site-1', reason: 'Đứt cáp quang' } }),
  'sites:endTelephone': () => {
    const { meeting } = running()
    meeting.do('technician', 'sites:useTelephone', { siteId: 'site-1' })
    return { meeting, data: { siteId: 'site-1' } }
  },
  'stage:order': () => ({ meeting: running().meeting, data: { kind: 'mute', place: { siteId: 'site-1' }, on: true } }),
  'stage:configure': () => ({ meeting: running().meeting, data: { muteOverrunAfterSeconds: 30 } }),
  'recording:allow': () => ({ meeting: recorded(false), data: { allowed: false } }),
  'recording:start': () => ({ meeting: recorded(false), data: {} }),
  'recording:pause': () => ({ meeting: recorded(), data: {} }),
  'recording:resume': () => {
    const meeting = recorded()
    meeting.do('chair', 'recording:pause', {})
    return { meeting, data: {} }
  },
  'recording:stop': () => ({ meeting: recorded(), data: {} }),
  'recording:breakOff': () => ({ meeting: recorded(), data: { because: 'interrupted' } }),
  'votes:draft': () => {
    const { meeting, item } = running()
    return { meeting, data: { itemId: item, title: 'Thông qua', method: 'named', matter: { kind: 'question' }, preset: 'presentMajority' } }
  },
  'votes:change': () => {
    const { meeting, voteId } = withVote('draft')
    return { meeting, data: { voteId, title: 'Sửa', method: 'named', matter: { kind: 'question' }, preset: 'castMajority' } }
  },
  'votes:remove': () => {
    const { meeting, voteId } = withVote('draft')
    return { meeting, data: { voteId } }
  },
  'votes:open': () => {
    const { meeting, voteId } = withVote('draft')
    return { meeting, data: { voteId } }
  },
  'votes:cast': () => {
    const { meeting, voteId } = withVote('open')
    return { meeting, data: { voteId, choice: 'approve' } }
  },
  'votes:extend': () => {
    const { meeting, voteId } = withVote('open')
    return { meeting, data: { voteId, seconds: 60 } }
  },
  'votes:closeAll': () => {
    const { meeting, voteId } = withVote('open')
    return { meeting, data: { voteId } }
  },
  'votes:publish': () => {
    const { meeting, voteId } = withVote('open')
    meeting.do('chair', 'votes:close', { voteId, held: true })
    return { meeting, data: { voteId } }
  },
  'votes:count': () => {
    const { meeting, item } = running()
    const voteId = meeting.openVote(item, 'presentMajority', { method: 'secret' })
    meeting.do('chair', 'votes:close', { voteId })
    return { meeting, data: { voteId } }
  },
  'votes:void': () => {
    const { meeting, item } = running()
    return { meeting, data: { voteId: meeting.openVote(item, 'presentMajority', { method: 'secret' }) } }
  },
  'votes:close': () => {
    const { meeting, voteId } = withVote('open')
    return { meeting, data: { voteId } }
  },
  'votes:cancel': () => {
    const { meeting, voteId } = withVote('open')
    return { meeting, data: { voteId, reason: 'Nhầm' } }
  },
}
