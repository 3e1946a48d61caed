import { expect, test } from 'vitest'
import { collabNameOf, parseCollabName, type CollabName, type InkLayer } from '../../../shared/contracts/collab.ts'
import { documentAccess } from '../../../shared/meeting/marks/access.ts'
import { meetingInSession, type Rehearsal } from '../../support/meeting/rehearsal.ts'

const people = ['chair', 'secretary', 'an', 'binh', 'stranger'] as const

function table(meeting: Rehearsal, name: (version: number) => CollabName, version = 1, projector = false): Record<string, string> {
  return Object.fromEntries(people.map((personId) => [personId, documentAccess(meeting.state, { personId, projector }, name(version)) ?? '-']))
}

function ink(meeting: Rehearsal, paperId: string, layer: InkLayer, ownerId: string) {
  return (version: number): CollabName => ({ kind: 'ink', meetingId: meeting.state.meetingId, paperId, version, layer, ownerId })
}

function common(meeting: Rehearsal, paperId: string) {
  return (version: number): CollabName => ({ kind: 'common', meetingId: meeting.state.meetingId, paperId, version })
}

const nobody = { chair: '-', secretary: '-', an: '-', binh: '-', stranger: '-' }

test('a private layer is its owner’s alone: neither chair nor secretary reads it', () => {
  const { meeting, item } = meetingInSession()
  const paper = meeting.attach(item)
  expect(table(meeting, ink(meeting, paper, 'private', 'an'))).toEqual({ ...nobody, an: 'write' })
  expect(table(meeting, ink(meeting, paper, 'shared', 'an'))).toMatchObject({ an: 'write', binh: '-' })
})

test('a layer for the meeting is written by its owner and read by all who may see the paper; the common one is the hub’s to write', () => {
  const { meeting, item } = meetingInSession()
  const paper = meeting.attach(item)
  expect(table(meeting, ink(meeting, paper, 'meeting', 'an'))).toEqual({ chair: 'read', secretary: 'read', an: 'write', binh: 'read', stranger: '-' })
  expect(table(meeting, common(meeting, paper))).toEqual({ chair: 'read', secretary: 'read', an: 'read', binh: 'read', stranger: '-' })
})

test('without access to the paper there is nothing, not even one’s own layer', () => {
  const { meeting, secret } = meetingInSession()
  const paper = meeting.attach(secret)
  expect(table(meeting, ink(meeting, paper, 'private', 'binh'))).toEqual(nobody)
  expect(table(meeting, common(meeting, paper))).toEqual({ chair: 'read', secretary: 'read', an: 'read', binh: '-', stranger: '-' })
})

test('versions, papers, owners and meetings that do not exist have no documents', () => {
  const { meeting, item } = meetingInSession()
  const paper = meeting.attach(item)
  expect(table(meeting, ink(meeting, paper, 'private', 'an'), 7)).toEqual(nobody)
  expect(table(meeting, ink(meeting, 'guessed', 'private', 'an'))).toEqual(nobody)
  expect(table(meeting, ink(meeting, 'constructor', 'meeting', 'an'))).toEqual(nobody)
  expect(table(meeting, ink(meeting, paper, 'meeting', 'stranger'))).toEqual(nobody)
  expect(table(meeting, () => ({ kind: 'common', meetingId: 'another', paperId: paper, version: 1 }))).toEqual(nobody)
})

test('the wall reads the common layer of what everybody may see, and nothing else', () => {
  const { meeting, item, secret } = meetingInSession()
  const [open, closed] = [meeting.attach(item), meeting.attach(secret)]
  expect(table(meeting, common(meeting, open), 1, true)).toMatchObject({ chair: 'read', an: '-' })
  expect(table(meeting, common(meeting, closed), 1, true)).toEqual(nobody)
  expect(table(meeting, ink(meeting, open, 'private', 'chair'), 1, true)).toEqual(nobody)
})

test('an ended meeting freezes its layers; what one writes for oneself goes on', () => {
  const { meeting, item } = meetingInSession()
  const paper = meeting.attach(item)
  meeting.do('chair', 'meeting:end', {})
  expect(table(meeting, ink(meeting, paper, 'meeting', 'an'))).toMatchObject({ an: 'read', binh: 'read' })
  expect(table(meeting, ink(meeting, paper, 'private', 'an'))).toEqual({ ...nobody, an: 'write' })
  expect(table(meeting, () => ({ kind: 'minutes', meetingId: meeting.state.meetingId }))).toEqual({ ...nobody, chair: 'read', secretary: 'read' })
})

test('a draft is edited by those who prepare it alone', () => {
  const { meeting, item } = meetingInSession()
  const paper = meeting.attach(item)
  meeting.state = { ...meeting.state, lifecycle: { ...meeting.state.lifecycle, published: false } }
  expect(table(meeting, ink(meeting, paper, 'private', 'an'))).toEqual(nobody)
})

test('names are read as they are written, and nothing else is a name', () => {
  const names: CollabName[] = [
    { kind: 'ink', meetingId: 'm', paperId: 'p', version: 3, layer: 'shared', ownerId: 'an' },
    { kind: 'common', meetingId: 'm', paperId: 'p', version: 1 },
    { kind: 'minutes', meetingId: 'm' },
  ]
  for (const name of names) expect(parseCollabName(collabNameOf(name))).toEqual(name)
  const wrong = ['', 'm', 'm/minutes/x', 'm/ink/p/private/an', 'm/ink/p.0/private/an', 'm/ink/p.1/public/an', 'm/ink/p.1/private', 'm/ink/p.1/private/an/x', 'm/ink/p.1/common/an', '../m/minutes', 'm/ink/p.1/private/%61n']
  expect(wrong.map(parseCollabName)).toEqual(wrong.map(() => null))
})
