import { describe, expect, test } from 'vitest'
import { holdNotice, holdPhase, isHoldable, longestHold } from '../../../shared/meeting/presentation/hold.ts'
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

describe('holding everybody’s screen', () => {
  function presenting() {
    const scene = meetingInSession()
    const paperId = scene.meeting.attach(scene.item)
    scene.meeting.do('chair', 'presentation:start', { paperId, presenterId: 'dung' })
    return { ...scene, paperId, hold: () => scene.meeting.state.presentation?.hold ?? null }
  }
  /** Hub time goes by. */
  function wait(clock: { clock: () => number }, milliseconds: number) {
    const end = clock.clock() + milliseconds
    while (clock.clock() < end);
  }

  test('is announced before it begins and has an end from the first moment', () => {
    const { meeting, hold } = presenting()
    const [held] = meeting.do('secretary', 'presentation:hold', { minutes: 5 })
    const at = held?.fact.at ?? 0
    expect(hold()).toEqual({ from: at + holdNotice, until: at + holdNotice + 5 * 60_000 })
    expect([at, at + holdNotice - 1, at + holdNotice, at + holdNotice + 5 * 60_000].map((now) => holdPhase(hold(), now))).toEqual(['announced', 'announced', 'on', 'none'])
  })

  test('ends by hand, with the presentation, and when the meeting rests; a handing over and another paper leave it', () => {
    const { meeting, item, hold } = presenting()
    meeting.do('chair', 'presentation:hold', { minutes: longestHold })
    const announced = hold()
    meeting.do('chair', 'presentation:handOver', { presenterId: 'an' })
    meeting.do('chair', 'presentation:start', { paperId: meeting.attach(item) })
    expect(hold()).toEqual(announced)
    meeting.do('secretary', 'presentation:release', {})
    expect(hold()).toBeNull()
    meeting.do('chair', 'presentation:hold', { minutes: 1 })
    expect(meeting.do('chair', 'meeting:recess', {}).map(({ fact }) => fact.type)).toContain('presentation.released')
    meeting.do('chair', 'meeting:resume', {})
    expect([hold(), meeting.state.presentation]).toEqual([null, expect.objectContaining({ presenterId: 'chair' })])
    meeting.do('chair', 'presentation:hold', { minutes: 1 })
    meeting.do('chair', 'presentation:end', {})
    expect(meeting.state.presentation).toBeNull()
  })

  test('is ended by the hub when its time is over, and not a moment earlier', () => {
    const { meeting, hold } = presenting()
    meeting.do('chair', 'presentation:hold', { minutes: 1 })
    expect(meeting.refusal(null, 'presentation:release', {}).code).toBe('presentation.held')
    wait(meeting, 70_000)
    expect(meeting.do(null, 'presentation:release', {}).map(({ fact }) => [fact.type, fact.by])).toEqual([['presentation.released', null]])
    expect(hold()).toBeNull()
    expect(meeting.refusal(null, 'presentation:release', {}).code).toBe('presentation.notHeld')
  })

  test('is the chair’s and the secretary’s to ask for, not the presenter’s, and only in session', () => {
    const { meeting } = presenting()
    expect(meeting.refusal('dung', 'presentation:hold', { minutes: 5 }).code).toBe('permission.denied')
    meeting.do('chair', 'presentation:hold', { minutes: 5 })
    expect(meeting.refusal('dung', 'presentation:release', {}).code).toBe('permission.denied')
    meeting.do('chair', 'meeting:recess', {})
    expect(meeting.refusal('chair', 'presentation:hold', { minutes: 5 }).code).toBe('meeting.inRecess')
  })

  test('once its time is over it can be asked for anew, also when the hub has not said so yet', () => {
    const { meeting, hold } = presenting()
    meeting.do('chair', 'presentation:hold', { minutes: 1 })
    wait(meeting, 70_000)
    meeting.do('chair', 'presentation:hold', { minutes: 2 })
    expect((hold()?.until ?? 0) - (hold()?.from ?? 0)).toBe(120_000)
  })

  test('does not concern who leads the meeting, nor who presents', () => {
    const { meeting } = presenting()
    const { presentation } = meeting.state
    expect(['chair', 'secretary', 'dung', 'an', 'guest', 'technician'].map((personId) => presentation && isHoldable(meeting.state, presentation, personId))).toEqual([false, false, false, true, true, true])
  })
})
