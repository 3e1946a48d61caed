import fc from 'fast-check'
import type { Command } from '../../../shared/meeting/command.ts'
import { meetingRoles } from '../../../shared/meeting/participants/state.ts'
import type { VotePreset } from '../../../shared/meeting/votes/presets.ts'
import { participants } from './history.ts'
import { seal } from './sealing.ts'
import { presets, type Act, type Model } from './model.ts'

export const people = [...participants.map(({ personId }) => personId), 'outsider']

/** An act in the making: numbers that choose among what the model knows at that moment, so that most acts are possible. */
export interface Dice { do: Act['do']; by: number; a: number; b: number; flag: boolean }

export const weights: Record<Act['do'], number> = {
  publish: 4, open: 4, recess: 1, resume: 3, end: 1, cancel: 1, invite: 3, change: 2, remove: 1, declare: 8, addItem: 4, removeItem: 1, startItem: 4, finishItem: 3,
  draft: 6, openVote: 12, cast: 40, closeVote: 6, closeAll: 3, countVote: 5, publishVote: 4, cancelVote: 2,
  ask: 14, takeBack: 1, give: 8, move: 3, endSpeech: 3, pauseSpeech: 4, resumeSpeech: 5, openList: 2, closeList: 1,
}
export const dice: fc.Arbitrary<Dice> = fc.noBias(fc.record({
  do: fc.oneof(...Object.entries(weights).map(([name, weight]) => ({ arbitrary: fc.constant(name as Act['do']), weight }))),
  by: fc.nat(24), a: fc.nat(99), b: fc.nat(99), flag: fc.boolean(),
}))
const pick = <T>(list: readonly T[], index: number): T | undefined => list[index % Math.max(1, list.length)]

/** What the dice mean to this model. */
export function actOf(model: Model, thrown: Dice): Act {
  const { by, a, b, flag } = thrown
  // Most meetings go on for a while.
  const what = (thrown.do === 'end' || thrown.do === 'cancel') && b > 20 ? 'cast' : thrown.do
  const item = pick([...model.items.keys()], a) ?? 'no-item'
  const votes = [...model.votes.entries()]
  const inState = (...statuses: string[]) => votes.filter(([, { status }]) => statuses.includes(status)).map(([id]) => id)
  const vote = (...statuses: string[]) => pick(inState(...statuses), a) ?? pick(votes, b)?.[0] ?? 'no-vote'
  const person = pick(people, b)!
  const waiting = [...model.floor.lines.values()].flat()
  // Most acts come from who may do them; every seventh from anybody.
  const leader = by % 7 === 0 ? pick(people, by)! : by % 2 ? 'chair' : 'secretary'
  switch (what) {
    case 'invite': case 'change': return { do: what, by: leader, person, role: pick(meetingRoles, a)!, votes: flag }
    case 'remove': return { do: what, by: leader, person }
    case 'declare': return { do: what, by: flag ? person : leader, person, here: a % 8 > 0 }
    case 'addItem': return { do: what, by: leader, parent: flag ? null : item }
    case 'removeItem': case 'startItem': case 'finishItem': return { do: what, by: leader, item }
    case 'draft': return { do: what, by: leader, item, preset: pick(presets, b)!, secret: flag, sitting: pick([null, null, 'sitting-1', 'sitting-2', 'sitting-3'], a)! }
    case 'openVote': return { do: what, by: leader, vote: vote('draft') }
    case 'cast': return { do: what, by: a % 4 ? (pick(['chair', 'an', 'binh', 'chi'], b) ?? person) : person, vote: vote('open'), choice: pick(['approve', 'reject', 'abstain'], by)! }
    case 'closeVote': case 'closeAll': return { do: what, by: leader, vote: vote('open'), held: flag && b % 2 === 0 }
    case 'countVote': return { do: what, by: by === 3 ? leader : 'hub', vote: vote('closed') }
    case 'publishVote': return { do: what, by: leader, vote: vote('counted') }
    case 'cancelVote': return { do: what, by: leader, vote: vote('open') }
    case 'ask': return { do: what, by: flag ? person : leader, person, kind: a % 3 ? 'speech' : 'pointOfOrder' }
    case 'takeBack': return { do: what, by: person }
    case 'give': return { do: what, by: leader, entry: (flag ? waiting[0] : undefined) ?? pick(waiting, a) ?? 'nobody', reason: b % 3 === 0 }
    case 'move': return { do: what, by: leader, entry: pick(waiting, a) ?? 'nobody', after: pick([null, ...waiting.filter((id) => id !== pick(waiting, a))], b) ?? null }
    case 'resumeSpeech': return { do: what, by: leader, entry: [...model.floor.speeches].find(([, runs]) => !runs)?.[0] ?? pick(waiting, a) ?? 'nobody' }
    case 'endSpeech': case 'pauseSpeech': return { do: what, by: leader, entry: pick([...model.floor.speeches.keys()], a) ?? pick(waiting, a) ?? 'nobody' }
    default: return { do: what, by: leader }
  }
}

/** The same, as it is said to the meeting. */
export function commandOf(act: Act, model: Model): Command {
  const secret = 'vote' in act && model.votes.get(act.vote)?.secret
  const question = { matter: { kind: 'question' as const } }
  switch (act.do) {
    case 'cancel': return { type: 'meeting:cancel', data: { reason: 'Hoãn' } }
    case 'invite': return { type: 'participants:invite', data: { participants: [seat(act)] } }
    case 'change': return { type: 'participants:change', data: seat(act) }
    case 'remove': return { type: 'participants:remove', data: { personId: act.person } }
    case 'declare': return { type: 'attendance:declare', data: { personId: act.person, presence: act.here ? 'inRoom' : 'absent' } }
    case 'addItem': return { type: 'agenda:addItem', data: { title: 'Báo cáo', durationMinutes: null, unitId: null, presenterId: null, confidential: false, access: [], parentId: act.parent } }
    case 'removeItem': case 'startItem': case 'finishItem': return { type: `agenda:${act.do}`, data: { itemId: act.item } }
    case 'draft': return {
      type: 'votes:draft',
      data: { itemId: act.item, title: 'Thông qua', method: act.secret ? 'secret' : 'named', ...question, preset: act.preset as VotePreset, ...(act.sitting ? { sittingId: act.sitting } : {}) },
    }
    case 'openVote': return { type: 'votes:open', data: { voteId: act.vote } }
    case 'cast': return { type: 'votes:cast', data: { voteId: act.vote, ...(secret ? { sealed: seal([act.choice], { kind: 'question' }) } : { choice: act.choice as 'approve' }) } }
    case 'closeVote': return { type: 'votes:close', data: { voteId: act.vote, held: act.held } }
    case 'closeAll': return { type: 'votes:closeAll', data: { voteId: act.vote, held: act.held } }
    case 'countVote': return { type: 'votes:count', data: { voteId: act.vote } }
    case 'ask': return { type: 'floor:request', data: { kind: act.kind, personId: act.person } }
    case 'takeBack': return { type: 'floor:withdraw', data: {} }
    case 'give': return { type: 'floor:give', data: { entryId: act.entry, ...(act.reason ? { reason: 'Mời trước' } : {}) } }
    case 'move': return { type: 'floor:move', data: { entryId: act.entry, afterId: act.after, reason: 'Theo đề nghị' } }
    case 'endSpeech': return { type: 'floor:end', data: { entryId: act.entry } }
    case 'pauseSpeech': return { type: 'floor:pause', data: { entryId: act.entry } }
    case 'resumeSpeech': return { type: 'floor:resume', data: { entryId: act.entry } }
    case 'openList': return { type: 'floor:open', data: {} }
    case 'closeList': return { type: 'floor:close', data: {} }
    case 'publishVote': return { type: 'votes:publish', data: { voteId: act.vote } }
    case 'cancelVote': return { type: 'votes:cancel', data: { voteId: act.vote, reason: 'Nhầm' } }
    default: return { type: `meeting:${act.do}`, data: {} }
  }
}

function seat({ person, role, votes }: { person: string; role: string; votes: boolean }) {
  return { personId: person, role: role as (typeof meetingRoles)[number], votes, siteId: null }
}
