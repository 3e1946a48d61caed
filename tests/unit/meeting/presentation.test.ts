import { expect, test } from 'vitest'
import { meetingInSession } from '../../support/meeting/rehearsal.ts'

test('chair or secretary shows a paper, hands it over and takes it back', () => {
  const { meeting, item } = meetingInSession()
  const paperId = meeting.attach(item)
  meeting.do('chair', 'presentation:start', { paperId, presenterId: 'dung' })
  expect(meeting.state.presentation).toMatchObject({ paperId, itemId: item, presenterId: 'dung' })
  meeting.do('secretary', 'presentation:handOver', { presenterId: 'an' })
  meeting.do('chair', 'presentation:start', { paperId })
  expect(meeting.state.presentation?.presenterId).toBe('chair')
  expect(meeting.refusal('chair', 'presentation:handOver', { presenterId: 'outsider' }).code).toBe('participants.unknown')
})

test('the presenter named on an item shows its papers while that item is on, and not a moment longer', () => {
  const { meeting, item, secret } = meetingInSession()
  meeting.do('secretary', 'agenda:changeItem', { itemId: item, presenterId: 'dung' })
  const paperId = meeting.attach(item)
  expect(meeting.refusal('dung', 'presentation:start', { paperId }).code).toBe('permission.denied')
  meeting.do('chair', 'agenda:startItem', { itemId: item })
  meeting.do('dung', 'presentation:start', { paperId })
  meeting.do('dung', 'presentation:end', {})
  meeting.do('chair', 'agenda:startItem', { itemId: secret })
  expect(meeting.refusal('dung', 'presentation:start', { paperId }).code).toBe('permission.denied')
})

test('a presenter does not learn of papers he may not see', () => {
  const { meeting, item, secret } = meetingInSession()
  meeting.do('secretary', 'agenda:changeItem', { itemId: item, presenterId: 'dung' })
  const hidden = meeting.attach(secret)
  meeting.do('chair', 'agenda:startItem', { itemId: item })
  expect(meeting.refusal('dung', 'presentation:start', { paperId: hidden })).toEqual(meeting.refusal('dung', 'presentation:start', { paperId: 'no-such-paper' }))
})

test('a presenter neither leads nor learns of a presentation he may not see', () => {
  const { meeting, item, secret } = meetingInSession()
  meeting.do('secretary', 'agenda:changeItem', { itemId: item, presenterId: 'dung' })
  const hidden = meeting.attach(secret)
  meeting.do('chair', 'agenda:startItem', { itemId: item })
  meeting.do('chair', 'presentation:start', { paperId: hidden })
  for (const presenterId of ['an', 'binh', 'chair', 'dung']) expect(meeting.refusal('dung', 'presentation:handOver', { presenterId }).code).toBe('presentation.none')
  expect(meeting.refusal('dung', 'presentation:end', {}).code).toBe('presentation.none')
})

test('nothing is presented outside the session', () => {
  const { meeting, item } = meetingInSession()
  const paperId = meeting.attach(item)
  meeting.do('chair', 'meeting:recess', {})
  expect(meeting.refusal('chair', 'presentation:start', { paperId }).code).toBe('meeting.inRecess')
})
