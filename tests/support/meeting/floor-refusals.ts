import type { floorRefusals } from '../../../shared/contracts/refusals/floor.ts'
import type { Refusal } from '../../../shared/contracts/refusal.ts'
import type { Commands } from '../../../shared/meeting/command.ts'
import { meetingInSession, type Rehearsal } from './rehearsal.ts'

const reason = 'Theo điều hành của chủ tọa'
const group = { groupId: 'to-1', title: 'Tổ 1', personIds: ['an'], initialSeconds: 600 }

/** In session, the open item on, this configured. */
function floor(settings?: Commands['floor:configure']): { meeting: Rehearsal; item: string; secret: string } {
  const scene = meetingInSession()
  scene.meeting.do('chair', 'agenda:startItem', { itemId: scene.item })
  if (settings) scene.meeting.do('chair', 'floor:configure', settings)
  return scene
}

/** `an` waits or has the floor. */
function withSpeech(status: 'waiting' | 'speaking', settings?: Commands['floor:configure']) {
  const scene = floor(settings)
  const entryId = scene.meeting.askForFloor('an')
  if (status === 'speaking') scene.meeting.do('chair', 'floor:give', { entryId })
  return { ...scene, entryId }
}

/** How each refusal of the floor comes about. */
export const floorScenes: Record<keyof typeof floorRefusals, () => Refusal> = {
  'floor.unknown': () => floor().meeting.refusal('chair', 'floor:give', { entryId: 'toString' }),
  'floor.listClosed': () => {
    const { meeting } = floor()
    meeting.do('chair', 'floor:close', {})
    return meeting.refusal('an', 'floor:request', { kind: 'speech' })
  },
  'floor.itemFinished': () => {
    const { meeting, item, secret } = floor()
    meeting.do('chair', 'agenda:startItem', { itemId: secret })
    return meeting.refusal('an', 'floor:request', { kind: 'speech', itemId: item })
  },
  'floor.noAdvance': () => {
    const { meeting, secret } = floor({ advance: 'refused' })
    return meeting.refusal('an', 'floor:request', { kind: 'speech', itemId: secret })
  },
  'floor.advanceSpeechOnly': () => {
    const { meeting, secret } = floor()
    return meeting.refusal('an', 'floor:request', { kind: 'debate', itemId: secret })
  },
  'floor.unknownSite': () => floor().meeting.refusal('chair', 'floor:invite', { siteId: 'site-9' }),
  'floor.nobodyNamed': () => floor().meeting.refusal('chair', 'floor:request', { kind: 'speech', personId: null }),
  'floor.personWithoutAccess': () => {
    const { meeting, secret } = meetingInSession()
    meeting.do('chair', 'agenda:startItem', { itemId: secret })
    return meeting.refusal('chair', 'floor:invite', { personId: 'binh' })
  },
  'floor.notForOthers': () => floor().meeting.refusal('chair', 'floor:request', { kind: 'pointOfOrder', personId: 'an' }),
  'floor.notPresent': () => {
    const { meeting } = floor()
    meeting.do('an', 'attendance:declare', { presence: 'absent' })
    return meeting.refusal('an', 'floor:request', { kind: 'speech' })
  },
  'floor.kindDisabled': () => withSpeech('speaking').meeting.refusal('binh', 'floor:request', { kind: 'interposedQuestion' }),
  'floor.noSpeech': () => withSpeech('waiting', { interposedQuestions: true }).meeting.refusal('binh', 'floor:request', { kind: 'interposedQuestion' }),
  'floor.unknownCategory': () => floor().meeting.refusal('an', 'floor:request', { kind: 'pointOfOrder', categoryId: 'agenda' }),
  'floor.notAnswer': () => {
    const { meeting, entryId } = withSpeech('speaking')
    return meeting.refusal('binh', 'floor:request', { kind: 'speech', answersId: entryId })
  },
  'floor.answerToAnswer': () => {
    const { meeting, entryId } = withSpeech('speaking')
    const answersId = meeting.askForFloor('binh', { kind: 'answer', answersId: entryId })
    return meeting.refusal('chi', 'floor:request', { kind: 'answer', answersId })
  },
  'floor.answerToFinished': () => {
    const { meeting, entryId } = withSpeech('speaking')
    meeting.do('chair', 'floor:end', { entryId })
    return meeting.refusal('chi', 'floor:request', { kind: 'answer', answersId: entryId })
  },
  'floor.alreadyWaiting': () => withSpeech('waiting').meeting.refusal('an', 'floor:request', { kind: 'debate' }),
  'floor.tooManyWaiting': () => {
    const { meeting } = floor({ multipleEntries: true })
    for (let entry = 0; entry < 10; entry += 1) meeting.askForFloor('an')
    return meeting.refusal('an', 'floor:request', { kind: 'speech' })
  },
  'floor.tooMany': () => {
    const { meeting, entryId } = withSpeech('speaking')
    meeting.do('chair', 'floor:end', { entryId })
    const past = meeting.state.floorEntries[entryId]!
    meeting.state = { ...meeting.state, floorEntries: Object.fromEntries(Array.from({ length: 5000 }, (_, index) => [`e${index}`, { ...past, entryId: `e${index}` }])) }
    return meeting.refusal('an', 'floor:request', { kind: 'speech' })
  },
  'floor.notWaiting': () => withSpeech('speaking').meeting.refusal('an', 'floor:withdraw', {}),
  'floor.needsReason': () => {
    const { meeting, entryId } = withSpeech('waiting')
    return meeting.refusal('chair', 'floor:withdraw', { entryId })
  },
  'floor.attached': () => {
    const { meeting, entryId } = withSpeech('waiting')
    const answer = meeting.askForFloor('binh', { kind: 'answer', answersId: entryId })
    return meeting.refusal('chair', 'floor:move', { entryId: answer, afterId: null, reason })
  },
  'floor.orderChanged': () => {
    const { meeting, entryId } = withSpeech('waiting')
    return meeting.refusal('chair', 'floor:move', { entryId, afterId: 'gone', reason })
  },
  'floor.notOn': () => {
    const { meeting, secret } = floor()
    const entryId = meeting.askForFloor('an', { itemId: secret })
    return meeting.refusal('chair', 'floor:give', { entryId })
  },
  'floor.gone': () => {
    const { meeting, entryId } = withSpeech('waiting')
    meeting.do('an', 'attendance:declare', { presence: 'absent' })
    return meeting.refusal('chair', 'floor:give', { entryId })
  },
  'floor.outOfTurn': () => {
    const { meeting } = withSpeech('waiting')
    return meeting.refusal('chair', 'floor:give', { entryId: meeting.askForFloor('binh') })
  },
  'floor.alreadySpeaking': () => withSpeech('speaking').meeting.refusal('chair', 'floor:invite', { personId: 'an' }),
  'floor.notSpeaking': () => {
    const { meeting, entryId } = withSpeech('waiting')
    return meeting.refusal('chair', 'floor:pause', { entryId })
  },
  'floor.notPaused': () => {
    const { meeting, entryId } = withSpeech('speaking')
    return meeting.refusal('chair', 'floor:resume', { entryId })
  },
  'floor.someoneSpeaking': () => {
    const { meeting, entryId } = withSpeech('speaking')
    meeting.do('chair', 'floor:pause', { entryId, connection: true })
    meeting.do('chair', 'floor:give', { entryId: meeting.askForFloor('binh') })
    return meeting.refusal('chair', 'floor:resume', { entryId })
  },
  'floor.noLimit': () => {
    const none = { speech: null, debate: null, presentation: null, intervention: null, interposedQuestion: null, pointOfOrder: null, answer: null }
    const { meeting, entryId } = withSpeech('speaking', { limits: none })
    return meeting.refusal('chair', 'floor:extend', { entryId, seconds: 60 })
  },
  'floor.notLast': () => {
    const { meeting, entryId } = withSpeech('speaking')
    meeting.do('chair', 'floor:give', { entryId: meeting.askForFloor('binh') })
    meeting.do('chair', 'floor:give', { entryId: meeting.askForFloor('chi') })
    return meeting.refusal('chair', 'floor:readd', { entryId })
  },
  'floor.alreadyOpen': () => floor().meeting.refusal('chair', 'floor:open', {}),
  'floor.alreadyClosed': () => {
    const { meeting } = floor()
    meeting.do('chair', 'floor:close', {})
    return meeting.refusal('chair', 'floor:close', {})
  },
  'floor.sameGroup': () => floor().meeting.refusal('chair', 'floor:setGroups', { groups: [group, { ...group, personIds: [] }] }),
  'floor.personInTwoGroups': () => floor().meeting.refusal('chair', 'floor:setGroups', { groups: [group, { ...group, groupId: 'to-2' }] }),
  'floor.unknownGroup': () => floor().meeting.refusal('chair', 'floor:addTime', { groupId: 'to-1' }),
  'floor.groupSpeaking': () => {
    const { meeting } = floor()
    meeting.do('chair', 'floor:setGroups', { groups: [group] })
    meeting.do('chair', 'floor:give', { entryId: meeting.askForFloor('an') })
    return meeting.refusal('chair', 'floor:addTime', { groupId: 'to-1' })
  },
  'floor.noOverrun': () => {
    const { meeting } = floor()
    meeting.do('chair', 'floor:setGroups', { groups: [group] })
    return meeting.refusal('chair', 'floor:addTime', { groupId: 'to-1' })
  },
}
