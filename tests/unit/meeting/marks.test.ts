import { expect, test } from 'vitest'
import { audienceOf } from '../../../shared/meeting/audience.ts'
import { documentAccess } from '../../../shared/meeting/marks/access.ts'
import { viewOf, type MeetingView } from '../../../shared/meeting/view.ts'
import { withComment, withPapers } from '../../support/meeting/mark-refusals.ts'
import type { Rehearsal } from '../../support/meeting/rehearsal.ts'

const everybody = ['chair', 'secretary', 'an', 'binh', 'chi', 'dung', 'guest', 'observer', 'technician']

function viewFor(meeting: Rehearsal, personId: string, projector = false): MeetingView {
  const viewer = { personId, projector }
  const audience = audienceOf(meeting.state, viewer)
  if (!audience) throw new Error(`${personId} may not look`)
  return viewOf(meeting.state, audience, viewer)
}

function readers(meeting: Rehearsal, paperId: string, layer: 'private' | 'shared' | 'meeting'): string[] {
  const name = { kind: 'ink', meetingId: meeting.state.meetingId, paperId, version: 1, layer, ownerId: 'an' } as const
  return everybody.filter((personId) => documentAccess(meeting.state, { personId, projector: false }, name) !== null)
}

test('private notes are their owner’s alone, shared ones those people’s whom he chose, and no leader’s by his office', () => {
  const { meeting, paperId } = withPapers()
  expect(readers(meeting, paperId, 'private')).toEqual(['an'])
  expect(readers(meeting, paperId, 'shared')).toEqual(['an'])
  meeting.do('an', 'marks:share', { paperId, withPersons: ['chi', 'guest'] })
  expect(readers(meeting, paperId, 'private')).toEqual(['an'])
  expect(readers(meeting, paperId, 'shared')).toEqual(['an', 'chi', 'guest'])
  expect(readers(meeting, paperId, 'meeting')).toEqual(everybody)
})

test('taking a share back, removing its owner, or taking the paper away ends the reading', () => {
  const { meeting, paperId } = withPapers()
  meeting.do('an', 'marks:share', { paperId, withPersons: ['chi', 'guest'] })
  meeting.do('an', 'marks:share', { paperId, withPersons: ['guest'] })
  expect(readers(meeting, paperId, 'shared')).toEqual(['an', 'guest'])
  meeting.do('secretary', 'papers:detach', { paperId })
  expect(readers(meeting, paperId, 'shared')).toEqual([])
})

test('shared notes follow the access to the paper: who loses it loses them', () => {
  const { meeting, secretPaper } = withPapers()
  const itemId = meeting.state.papers[secretPaper]!.itemId
  meeting.do('chair', 'agenda:changeItem', { itemId, access: ['an', 'guest'] })
  meeting.do('an', 'marks:share', { paperId: secretPaper, withPersons: ['guest'] })
  expect(Object.keys(viewFor(meeting, 'guest').markShares)).toHaveLength(1)
  meeting.do('chair', 'agenda:changeItem', { itemId, access: ['an'] })
  expect(readers(meeting, secretPaper, 'shared')).toEqual(['an'])
  expect(viewFor(meeting, 'guest').markShares).toEqual({})
})

test('a view tells of shares what concerns its viewer: the owner everything, the others that it is open to them, or was; nobody else a word', () => {
  const { meeting, paperId } = withPapers()
  meeting.do('an', 'marks:share', { paperId, withPersons: ['chi', 'guest'] })
  meeting.do('an', 'marks:share', { paperId, withPersons: ['guest'] })
  const shares = (personId: string) => Object.values(viewFor(meeting, personId).markShares)
  expect(shares('an')).toMatchObject([{ withPersons: ['guest'], formerly: ['chi'] }])
  expect(shares('guest')).toMatchObject([{ ownerId: 'an', withPersons: ['guest'], formerly: [] }])
  expect(shares('chi')).toMatchObject([{ ownerId: 'an', withPersons: [], formerly: ['chi'] }])
  for (const personId of ['chair', 'secretary', 'binh']) expect(shares(personId), personId).toEqual([])
  expect(viewFor(meeting, 'chair', true).markShares).toEqual({})
})

test('the page asks the same rule and hears the same answer as the hub', () => {
  const { meeting, paperId } = withPapers()
  meeting.do('an', 'marks:share', { paperId, withPersons: ['chi'] })
  for (const personId of everybody) for (const layer of ['private', 'shared', 'meeting'] as const) {
    const name = { kind: 'ink', meetingId: meeting.state.meetingId, paperId, version: 1, layer, ownerId: 'an' } as const
    const viewer = { personId, projector: false }
    expect(documentAccess(viewFor(meeting, personId), viewer, name), `${personId} ${layer}`).toBe(documentAccess(meeting.state, viewer, name))
  }
})

test('a comment is its author’s and the leaders’ until it is opened to the meeting; it is answered there and stays when withdrawn', () => {
  const { meeting, commentId } = withComment()
  const seen = () => everybody.filter((personId) => Object.hasOwn(viewFor(meeting, personId).comments, commentId))
  expect(seen()).toEqual(['chair', 'secretary', 'an'])
  meeting.do('secretary', 'comments:disclose', { commentId })
  expect(seen()).toEqual(everybody)
  meeting.do('chair', 'comments:answer', { commentId, verdict: 'explained', text: 'Số liệu của Cục Thống kê.' })
  expect(viewFor(meeting, 'chi').comments[commentId]).toMatchObject({ answer: { personId: 'chair', verdict: 'explained' } })
})

test('a withdrawn comment stays in the record, marked', () => {
  const { meeting, commentId } = withComment()
  meeting.do('an', 'comments:withdraw', { commentId })
  expect(viewFor(meeting, 'chair').comments[commentId]?.withdrawnAt).toBeGreaterThan(0)
})

test('after the meeting nothing is shared, commented or answered any more', () => {
  const { meeting, paperId, commentId } = withComment()
  meeting.do('chair', 'meeting:end', {})
  expect(meeting.refusal('an', 'marks:share', { paperId, withPersons: ['chi'] }).code).toBe('meeting.ended')
  expect(meeting.refusal('chair', 'comments:answer', { commentId, verdict: 'noted', text: '' }).code).toBe('meeting.ended')
})
