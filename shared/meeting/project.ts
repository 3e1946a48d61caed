import { audienceOf, type Audience, type Viewer } from './audience.ts'
import { viewDifference } from './difference.ts'
import { entry, mapValues } from './entities.ts'
import type { Fact, VisibleFact } from './fact.ts'
import { floorConcerns, isFloorFact, tellsFloorWhole } from './floor/view.ts'
import type { ViewFact } from './frame.ts'
import { markConcerns } from './marks/view.ts'
import { changesPaperRights, isPaperFact, seesPresented, tellsPaperWhole } from './papers/view.ts'
import type { MeetingState } from './state.ts'
import { viewOf } from './view.ts'
import { isBallot } from './votes/facts.ts'

/** One fact with the states around it. */
export interface Step {
  before: MeetingState
  fact: Fact
  after: MeetingState
}

/** Stands for everyone in an audience when a frame is made once for all of them: nobody's own ballot goes into it. */
const everyone: Viewer = { personId: '', projector: false }

/**
 * What a viewer is told of one fact: the fact itself where he may know all of it, the difference of his views where he may
 * not or where his rights changed, nothing where it does not concern him. Null: he may no longer look at this meeting.
 * The law: his view before, folded with the answer, is his fresh view after.
 */
export function project(step: Step, viewer: Viewer): ViewFact[] | null {
  const before = audienceOf(step.before, viewer)
  const after = audienceOf(step.after, viewer)
  return before && after && projectBetween(step, before, after, viewer)
}

/** What all members of an audience are told alike of a fact that changes nobody's rights; own ballots are added person by person. */
export function projectShared(step: Step, before: Audience, after: Audience): ViewFact[] {
  return projectBetween(step, before, after, everyone).map((fact) =>
    fact.type === 'view.revealed' && fact.data.votes
      ? { ...fact, data: { ...fact.data, votes: mapValues(fact.data.votes, ({ myBallot: _own, ...vote }) => vote) } }
      : fact,
  )
}

/** What a viewer is told whose audiences before and after are known already. */
export function projectBetween(step: Step, before: Audience, after: Audience, viewer: Viewer): ViewFact[] {
  const { fact } = step
  if (before.key === after.key) {
    if (isBallot(fact)) return ownBallot(fact.data.personId, viewer) && seesVoteOf(step, after, fact.data.voteId) ? [visible(fact)] : []
    if (tellsWhole(step, before, after)) return [visible(fact)]
  }
  return differenceFacts(step, before, after, viewer)
}

/**
 * What a viewer is told of several steps at once when he could not look in between: removed and invited again before anyone was told.
 * Null when he may not look at their end (or could not at their beginning).
 */
export function projectAcross(steps: readonly Step[], viewer: Viewer): ViewFact[] | null {
  const [first, last] = [steps[0], steps.at(-1)]
  const before = first && audienceOf(first.before, viewer)
  const after = last && audienceOf(last.after, viewer)
  return before && after ? differenceFacts({ ...last, before: first.before }, before, after, viewer) : null
}

function differenceFacts({ before: from, fact, after: to }: Step, before: Audience, after: Audience, viewer: Viewer): ViewFact[] {
  const { revealed, withdrawn } = viewDifference(viewOf(from, before, viewer), viewOf(to, after, viewer))
  const stamp = { seq: fact.seq, at: fact.at, by: null }
  return [
    ...(withdrawn ? [{ ...stamp, type: 'view.withdrawn', data: withdrawn } satisfies ViewFact] : []),
    ...(revealed ? [{ ...stamp, type: 'view.revealed', data: revealed } satisfies ViewFact] : []),
  ]
}

/** Whether a fact can move a viewer from one audience to another. */
export function changesRights(step: Step): boolean {
  const { fact } = step
  if (isPaperFact(fact)) return changesPaperRights({ ...step, fact })
  switch (fact.type) {
    case 'participant.invited':
    case 'participant.changed':
    case 'participant.removed':
    case 'agenda.itemMoved':
    case 'agenda.itemRemoved':
    case 'meeting.published':
      return true
    case 'agenda.itemAdded':
      return fact.data.confidential
    case 'agenda.itemChanged':
      return 'confidential' in fact.data || 'access' in fact.data || 'ownerIds' in fact.data
    default:
      return false
  }
}

/** What was sealed stays with the hub: his other screens, and who looks over his shoulder, need only know that he voted. */
function visible({ seq, type, at, by, data }: Fact): VisibleFact {
  return { seq, type, at, by, data: type === 'vote.sealed' ? { ...data, sealed: '' } : data } as VisibleFact
}

function ownBallot(personId: string, viewer: Viewer): boolean {
  return viewer.personId === personId && !viewer.projector
}

function seesVoteOf(step: Step, audience: Audience, voteId: string): boolean {
  const vote = entry(step.after.votes, voteId)
  return vote !== undefined && audience.sees(vote.itemId)
}

/** Whom a fact tells more than the others of their audience: the voter of his ballot, people of their own place in line. */
export function concerns(step: Step): ReadonlySet<string> {
  if (isBallot(step.fact)) return new Set([step.fact.data.personId])
  return new Set([...floorConcerns(step), ...markConcerns(step)])
}

/** Whether everyone in this audience may know the fact as it is, and needs nothing besides. */
function tellsWhole(step: Step, seen: Audience, sees: Audience): boolean {
  const { fact, before, after } = step
  if (isFloorFact(fact)) return tellsFloorWhole(step, seen, sees)
  if (isPaperFact(fact)) return tellsPaperWhole({ ...step, fact }, seen, sees)
  switch (fact.type) {
    case 'agenda.itemAdded':
      return sees.sees(fact.data.itemId)
    case 'agenda.itemRemoved':
      return seen.sees(fact.data.itemId)
    case 'agenda.itemChanged':
    case 'agenda.itemMoved':
    case 'agenda.itemStarted':
    case 'agenda.itemFinished':
      return seen.sees(fact.data.itemId) && sees.sees(fact.data.itemId)
    case 'presentation.started':
      return before.presentation ? seesPresented(before, seen) && seesPresented(after, sees) : seesPresented(after, sees)
    case 'presentation.handedOver':
    case 'presentation.held':
    case 'presentation.released':
    case 'presentation.ended':
      return before.presentation !== null && seesPresented(before, seen)
    case 'vote.drafted':
    case 'vote.changed':
    case 'vote.removed':
    case 'vote.opened':
      return seen.leader && sees.sees(voteItem(before, after, fact.data.voteId))
    // Result and roll are told with the publishing alone.
    case 'vote.counted':
    case 'vote.published':
      return false
    case 'invitation.seen':
    case 'invitation.accepted':
    case 'invitation.excuseAsked':
    case 'invitation.substituteNamed':
    case 'invitation.decided':
      return seen.leader && sees.leader
    case 'hands.begun':
    case 'hands.entered':
      return seen.leader && sees.leader
    case 'hands.confirmed':
    case 'hands.withdrawn':
      return sees.sees(voteItem(before, after, entry(after.hands, fact.data.countId)?.voteId ?? ''))
    // Told person by person; what lies in it concerns few.
    case 'marks.shared':
      return false
    case 'comment.submitted':
    case 'comment.withdrawn':
    case 'comment.disclosed':
    case 'comment.answered':
      return seen.leader && sees.leader
    case 'vote.extended':
    case 'vote.closed':
    case 'vote.cancelled':
      return sees.sees(voteItem(before, after, fact.data.voteId))
    default:
      return true
  }
}

function voteItem(before: MeetingState, after: MeetingState, voteId: string): string {
  return (entry(after.votes, voteId) ?? entry(before.votes, voteId))?.itemId ?? ''
}
