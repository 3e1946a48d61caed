import type { Fact } from '../../../shared/meeting/fact.ts'
import type { MeetingState } from '../../../shared/meeting/state.ts'

type Kind = 'items' | 'papers' | 'votes' | 'participants' | 'hands' | 'floorEntries' | 'comments'

/** Whether everything a fact names is there when it happens, and what it makes is new. The reason, or null. */
export function pointsAtNothing(before: MeetingState, fact: Fact): string | null {
  const missing = named(fact, before).find(([kind, id]) => id !== null && !Object.hasOwn(before[kind], id))
  if (missing) return `${fact.type} names ${missing[0]}/${missing[1]}, which is not there`
  const [kind, id] = made(fact) ?? []
  if (kind && id && Object.hasOwn(before[kind], id)) return `${fact.type} makes ${kind}/${id}, which is there already`
  const siteId = 'siteId' in fact.data ? fact.data.siteId : null
  return siteId !== null && !before.details.siteIds.includes(siteId) ? `${fact.type} names site ${siteId}` : null
}

function made(fact: Fact): [Kind, string] | null {
  switch (fact.type) {
    case 'agenda.itemAdded': return ['items', fact.data.itemId]
    case 'paper.attached': return ['papers', fact.data.paperId]
    case 'hands.begun': return ['hands', fact.data.countId]
    case 'vote.drafted': return ['votes', fact.data.voteId]
    case 'comment.submitted': return ['comments', fact.data.commentId]
    case 'floor.requested': return ['floorEntries', fact.data.entryId]
    case 'participant.invited': return ['participants', fact.data.personId]
    default: return null
  }
}

function named(fact: Fact, before: MeetingState): [Kind, string | null][] {
  const people = (ids: readonly (string | null)[]) => ids.map((id): [Kind, string | null] => ['participants', id])
  switch (fact.type) {
    case 'participant.changed':
    case 'participant.removed':
    case 'attendance.declared':
    case 'invitation.seen':
    case 'invitation.accepted':
    case 'invitation.excuseAsked':
    case 'invitation.substituteNamed':
    case 'invitation.decided':
      return people([fact.data.personId])
    case 'seats.assigned':
      return people(fact.data.assignments.map(({ personId }) => personId))
    case 'agenda.itemAdded':
      return [['items', fact.data.parentId], ...people([fact.data.presenterId, ...fact.data.ownerIds, ...fact.data.access])]
    case 'agenda.itemChanged': {
      // Who stood on the item already may have left the meeting since.
      const item = before.items[fact.data.itemId]
      const stood = new Set([item?.presenterId, ...(item?.ownerIds ?? []), ...(item?.access ?? [])])
      const fresh = [fact.data.presenterId ?? null, ...(fact.data.ownerIds ?? []), ...(fact.data.access ?? [])].filter((id) => !stood.has(id))
      return [['items', fact.data.itemId], ...people(fresh)]
    }
    case 'agenda.itemMoved':
      return [['items', fact.data.itemId], ['items', fact.data.parentId]]
    case 'agenda.itemRemoved':
    case 'agenda.itemStarted':
    case 'agenda.itemFinished':
      return [['items', fact.data.itemId]]
    case 'paper.attached':
      return [['items', fact.data.itemId]]
    case 'paper.accessChanged': {
      const stood = new Set(before.papers[fact.data.paperId]?.access)
      return [['papers', fact.data.paperId], ...people((fact.data.access ?? []).filter((id) => !stood.has(id)))]
    }
    case 'paper.opened':
      return [['papers', fact.data.paperId], ...people([fact.data.personId])]
    case 'paper.moved':
      return [['papers', fact.data.paperId], ['items', fact.data.itemId]]
    case 'paper.replaced':
    case 'paper.submitted':
    case 'paper.approved':
    case 'paper.returned':
    case 'paper.withdrawn':
    case 'paper.compared':
    case 'paper.renamed':
    case 'paper.detached':
      return [['papers', fact.data.paperId]]
    case 'presentation.started':
      return [['papers', fact.data.paperId], ['items', fact.data.itemId], ...people([fact.data.presenterId])]
    case 'presentation.handedOver':
      return people([fact.data.presenterId])
    case 'floor.requested':
      return [['items', fact.data.itemId], ['floorEntries', fact.data.answersId], ...people([fact.data.personId])]
    case 'floor.carried':
      return [['items', fact.data.itemId], ...fact.data.places.map(({ entryId }): [Kind, string] => ['floorEntries', entryId])]
    case 'floor.withdrawn':
      return fact.data.entryIds.map((entryId) => ['floorEntries', entryId])
    case 'floor.moved':
    case 'floor.given':
    case 'floor.paused':
    case 'floor.resumed':
    case 'floor.ended':
    case 'floor.extended':
    case 'floor.readded':
      return [['floorEntries', fact.data.entryId]]
    case 'marks.shared':
      return [['papers', fact.data.paperId], ...people([fact.data.ownerId, ...fact.data.withPersons])]
    case 'comment.submitted':
      return [['papers', fact.data.paperId], ...people([fact.data.personId])]
    case 'comment.withdrawn':
    case 'comment.disclosed':
    case 'comment.answered':
      return [['comments', fact.data.commentId]]
    case 'hands.begun':
      return [['votes', fact.data.voteId], ...people(fact.data.personIds)]
    case 'hands.entered':
      return [['hands', fact.data.countId], ...people([...fact.data.personIds, ...(fact.data.persons ?? []).map(({ personId }) => personId)])]
    case 'hands.confirmed':
    case 'hands.withdrawn':
      return [['hands', fact.data.countId]]
    case 'vote.drafted':
      return [['items', fact.data.itemId]]
    case 'vote.opened':
      return [['votes', fact.data.voteId], ...people(fact.data.entitled)]
    case 'vote.cast':
    case 'vote.sealed':
      return [['votes', fact.data.voteId], ...people([fact.data.personId])]
    case 'vote.changed':
    case 'vote.removed':
    case 'vote.extended':
    case 'vote.closed':
    case 'vote.counted':
    case 'vote.published':
    case 'vote.cancelled':
      return [['votes', fact.data.voteId]]
    case 'stage.ordered': return 'personId' in fact.data.place ? people([fact.data.place.personId]) : []
    default:
      return []
  }
}
