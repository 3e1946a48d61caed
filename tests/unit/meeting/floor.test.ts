import { describe, expect, test } from 'vitest'
import { clockStage, groupRemainingMs, limitFor, remainingMs, spokenMs } from '../../../shared/meeting/floor/clock.ts'
import { cutOffSpeech } from '../../../shared/meeting/floor/line.ts'
import { waitingOn } from '../../../shared/meeting/floor/order.ts'
import { usualFloor, type FloorEntry } from '../../../shared/meeting/floor/state.ts'
import { contributions, firstInTurn, isGone, nextTurn } from '../../../shared/meeting/floor/turn.ts'
import { evolve } from '../../../shared/meeting/evolve.ts'
import type { Fact } from '../../../shared/meeting/fact.ts'
import type { Commands } from '../../../shared/meeting/command.ts'
import { audienceOf } from '../../../shared/meeting/audience.ts'
import { viewOf } from '../../../shared/meeting/view.ts'
import { meetingInSession, only, type Rehearsal } from '../../support/meeting/rehearsal.ts'

const why = 'Theo điều hành của chủ tọa'

/** In session with the open item on; every speaker present. */
function floor(settings: Commands['floor:configure'] = { interposedQuestions: true, interventions: true }): { meeting: Rehearsal; item: string; secret: string } {
  const scene = meetingInSession()
  for (const personId of ['dung', 'guest', 'secretary']) scene.meeting.do(personId, 'attendance:declare', { presence: 'inRoom' })
  scene.meeting.do('chair', 'agenda:startItem', { itemId: scene.item })
  scene.meeting.do('chair', 'floor:configure', settings)
  return scene
}
const line = (meeting: Rehearsal, itemId: string | null) => waitingOn(meeting.state.floorEntries, itemId).map((one) => `${one.personId ?? one.siteId ?? 'hall'} ${one.kind}`)
const entryOf = (meeting: Rehearsal, entryId: string) => meeting.state.floorEntries[entryId] as FloorEntry
const statuses = (meeting: Rehearsal, ...entryIds: string[]) => entryIds.map((entryId) => entryOf(meeting, entryId).status)
function give(meeting: Rehearsal, entryId: string): string {
  meeting.do('chair', 'floor:give', { entryId })
  return entryId
}
const viewFor = (meeting: Rehearsal, personId: string, projector = false) => viewOf(meeting.state, audienceOf(meeting.state, { personId, projector })!, { personId, projector })

describe('precedence: interposed question, intervention, point of order, the rest', () => {
  test('whatever the order in which they ask, and first come first within each', () => {
    const { meeting, item } = floor()
    give(meeting, meeting.askForFloor('dung'))
    meeting.askForFloor('an')
    meeting.askForFloor('binh', { kind: 'debate' })
    meeting.askForFloor('chi', { kind: 'pointOfOrder' })
    meeting.askForFloor('guest', { kind: 'intervention' })
    meeting.askForFloor('an', { kind: 'interposedQuestion' })
    meeting.askForFloor('binh', { kind: 'pointOfOrder' })
    meeting.askForFloor('chair', { kind: 'interposedQuestion', personId: null })
    meeting.askForFloor('chi')
    expect(line(meeting, item)).toEqual([
      'an interposedQuestion', 'hall interposedQuestion', 'guest intervention', 'chi pointOfOrder', 'binh pointOfOrder', 'an speech', 'binh debate', 'chi speech',
    ])
  })

  test('points of order by the rank of their category, those without one last', () => {
    const { meeting, item } = floor({ categories: [{ categoryId: 'time', title: 'Thời gian', rank: 2 }, { categoryId: 'agenda', title: 'Chương trình', rank: 1 }] })
    meeting.askForFloor('an', { kind: 'pointOfOrder' })
    meeting.askForFloor('binh', { kind: 'pointOfOrder', categoryId: 'time' })
    meeting.askForFloor('chi', { kind: 'pointOfOrder', categoryId: 'agenda' })
    meeting.askForFloor('dung', { kind: 'pointOfOrder', categoryId: 'agenda' })
    expect(line(meeting, item).map((one) => one.split(' ')[0])).toEqual(['chi', 'dung', 'binh', 'an'])
  })

  test('debate goes before new speeches only when the settings say so', () => {
    const { meeting, item } = floor({ debateFirst: true })
    meeting.askForFloor('an')
    meeting.askForFloor('binh', { kind: 'debate' })
    expect(line(meeting, item)).toEqual(['binh debate', 'an speech'])
  })

  test.each([['first', ['binh', 'an']], ['last', ['an', 'binh']]] as const)('registered in advance: %s', (advance, expected) => {
    const { meeting, item } = meetingInSession()
    meeting.do('chair', 'floor:configure', { advance })
    meeting.askForFloor('binh', { itemId: item })
    meeting.do('chair', 'agenda:startItem', { itemId: item })
    meeting.askForFloor('an')
    expect(line(meeting, item).map((one) => one.split(' ')[0])).toEqual(expected)
  })

  test('registration before the meeting needs no presence; on the list that is on it does', () => {
    const { meeting, item } = floor({ presentOnly: true })
    meeting.do('an', 'attendance:declare', { presence: 'absent' })
    expect(meeting.refusal('an', 'floor:request', { kind: 'speech' }).code).toBe('floor.notPresent')
    const later = meeting.addItem('Nội dung sau')
    expect(entryOf(meeting, meeting.askForFloor('an', { itemId: later }))).toMatchObject({ advance: true, itemId: later })
    expect(line(meeting, item)).toEqual([])
  })

  test('one point of order waits besides an ordinary entry, also on a closed list', () => {
    const { meeting } = floor()
    meeting.askForFloor('an')
    meeting.do('chair', 'floor:close', {})
    meeting.askForFloor('an', { kind: 'pointOfOrder' })
    expect(meeting.refusal('an', 'floor:request', { kind: 'pointOfOrder' }).code).toBe('floor.alreadyWaiting')
    expect(meeting.refusal('binh', 'floor:request', { kind: 'speech' }).code).toBe('floor.listClosed')
    meeting.do('chair', 'floor:configure', { pointsOfOrderWhenClosed: false })
    expect(meeting.refusal('binh', 'floor:request', { kind: 'pointOfOrder' }).code).toBe('floor.listClosed')
  })
})

describe('answers stand under what they answer', () => {
  test('directly below it, and travel with it', () => {
    const { meeting, item } = floor()
    const first = meeting.askForFloor('an')
    meeting.askForFloor('binh')
    meeting.askForFloor('chi', { kind: 'answer', answersId: first })
    meeting.askForFloor('dung', { kind: 'answer', answersId: first })
    expect(line(meeting, item)).toEqual(['an speech', 'chi answer', 'dung answer', 'binh speech'])
    const other = waitingOn(meeting.state.floorEntries, item)[3]!.entryId
    meeting.do('chair', 'floor:move', { entryId: first, afterId: other, reason: why })
    expect(line(meeting, item)).toEqual(['binh speech', 'an speech', 'chi answer', 'dung answer'])
    meeting.do('chair', 'floor:give', { entryId: first, reason: why })
    expect(line(meeting, item), 'called ahead, it takes them along').toEqual(['chi answer', 'dung answer', 'binh speech'])
    expect(meeting.refusal('an', 'floor:request', { kind: 'answer', answersId: waitingOn(meeting.state.floorEntries, item)[0]!.entryId }).code).toBe('floor.answerToAnswer')
  })

  test('they go when what they answer is taken back', () => {
    const { meeting, item } = floor()
    const first = meeting.askForFloor('an')
    const answer = meeting.askForFloor('chi', { kind: 'answer', answersId: first })
    meeting.do('an', 'floor:withdraw', { entryId: first })
    expect(line(meeting, item)).toEqual([])
    expect(entryOf(meeting, answer).withdrawn).toMatchObject({ because: 'answered' })
  })
})

describe('giving the floor', () => {
  test('the next ends the one before; an interposed question only pauses it, and its clock begins at zero', () => {
    const { meeting } = floor()
    const [an, binh] = [meeting.askForFloor('an'), meeting.askForFloor('binh')]
    give(meeting, an)
    const question = meeting.askForFloor('chi', { kind: 'interposedQuestion' })
    expect(nextTurn(meeting.state)).toMatchObject({ act: 'give', entry: { entryId: question } })
    give(meeting, question)
    expect(statuses(meeting, an, question, binh)).toEqual(['paused', 'speaking', 'waiting'])
    expect(entryOf(meeting, question)).toMatchObject({ spokenMs: 0 })
    // One tap leads back to the speech, and ends the question.
    expect(nextTurn(meeting.state)).toMatchObject({ act: 'resume', entry: { entryId: an } })
    meeting.do('chair', 'floor:resume', { entryId: an })
    expect(statuses(meeting, an, question, binh)).toEqual(['speaking', 'finished', 'waiting'])
    give(meeting, binh)
    expect(statuses(meeting, an, question, binh)).toEqual(['finished', 'finished', 'speaking'])
  })

  test('the answer to an interposed question leaves the speech paused too', () => {
    const { meeting } = floor()
    const an = give(meeting, meeting.askForFloor('an'))
    const question = give(meeting, meeting.askForFloor('chi', { kind: 'interposedQuestion' }))
    const answer = give(meeting, meeting.askForFloor('binh', { kind: 'answer', answersId: question }))
    expect(statuses(meeting, an, question, answer)).toEqual(['paused', 'finished', 'speaking'])
  })

  test('out of turn it takes a reason, which everybody can read', () => {
    const { meeting } = floor()
    meeting.askForFloor('an')
    const binh = meeting.askForFloor('binh')
    expect(meeting.refusal('chair', 'floor:give', { entryId: binh }).code).toBe('floor.outOfTurn')
    meeting.do('chair', 'floor:give', { entryId: binh, reason: why })
    expect(viewFor(meeting, 'guest').floorEntries[binh]?.moved).toMatchObject({ by: 'chair', reason: why })
  })

  test('who has left is greyed and passed over, but keeps his entry', () => {
    const { meeting } = floor()
    const [an, binh] = [meeting.askForFloor('an'), meeting.askForFloor('binh')]
    meeting.do('an', 'attendance:declare', { presence: 'absent' })
    expect(isGone(meeting.state, entryOf(meeting, an))).toBe(true)
    expect(firstInTurn(meeting.state)?.entryId).toBe(binh)
    give(meeting, binh)
    meeting.do('an', 'attendance:declare', { presence: 'inRoom' })
    expect(firstInTurn(meeting.state)?.entryId).toBe(an)
    meeting.do('secretary', 'participants:remove', { personId: 'an' })
    expect(entryOf(meeting, an).status).toBe('waiting')
    expect(firstInTurn(meeting.state)).toBeNull()
  })

  test('the chair asks for the floor himself, and a site is called as a whole', () => {
    const { meeting, item } = floor()
    meeting.askForFloor('an')
    meeting.askForFloor('chair')
    meeting.askForFloor('chair', { siteId: 'site-1' })
    expect(line(meeting, item)).toEqual(['an speech', 'chair speech', 'site-1 speech'])
    expect(meeting.refusal('chair', 'floor:invite', { siteId: 'site-2' }).code).toBe('floor.outOfTurn')
    const { entryId } = only(meeting.do('chair', 'floor:invite', { siteId: 'site-2', reason: 'Mời điểm cầu' }), 'floor.given')
    expect(entryOf(meeting, entryId)).toMatchObject({ personId: null, siteId: 'site-2', status: 'speaking', moved: { reason: 'Mời điểm cầu' } })
  })

  test('an entry belongs to a person at a site: where he declared himself, else where he is expected', () => {
    const { meeting } = floor()
    meeting.do('an', 'attendance:declare', { presence: 'atSite', siteId: 'site-2' })
    expect(entryOf(meeting, meeting.askForFloor('an')).siteId).toBe('site-2')
    expect(entryOf(meeting, meeting.askForFloor('binh')).siteId, 'declared in the main room, expected at site-1').toBeNull()
  })

  test('who spoke last is put back on top, with the time he has used', () => {
    const { meeting, item } = floor()
    const an = give(meeting, meeting.askForFloor('an'))
    meeting.askForFloor('binh')
    meeting.do('chair', 'floor:end', { entryId: an })
    meeting.do('chair', 'floor:readd', { entryId: an })
    expect(line(meeting, item)).toEqual(['an speech', 'binh speech'])
    expect(entryOf(meeting, an)).toMatchObject({ readded: true, endedAt: null })
    expect(entryOf(meeting, an).spokenMs).toBeGreaterThan(0)
  })
})

describe('a lost connection', () => {
  test('of a whole site stops the speech that comes from there, of one tablet among others or in the main room none', () => {
    const { meeting } = floor()
    meeting.do('binh', 'attendance:declare', { presence: 'atSite', siteId: 'site-1' })
    meeting.do('chi', 'attendance:declare', { presence: 'atSite', siteId: 'site-1' })
    const binh = give(meeting, meeting.askForFloor('binh'))
    const { runningSince } = entryOf(meeting, binh)
    const lost = (...personIds: string[]) => personIds.map((personId) => ({ personId, since: runningSince! + 1 }))
    expect(cutOffSpeech(meeting.state, { connected: ['an'], lost: lost('binh', 'chi') })?.entryId).toBe(binh)
    expect(cutOffSpeech(meeting.state, { connected: ['chi'], lost: lost('binh') }), 'the site is there').toBeNull()
    expect(cutOffSpeech(meeting.state, { connected: [], lost: [{ personId: 'binh', since: runningSince! - 1 }] }), 'he was given the floor all the same').toBeNull()
    give(meeting, meeting.askForFloor('an'))
    expect(cutOffSpeech(meeting.state, { connected: [], lost: lost('an', 'binh', 'chi') }), 'in the main room').toBeNull()
  })

  test('stops the clock and keeps the place, also while another speaks, for so many seconds', () => {
    const { meeting } = floor({ keepSeconds: 10 })
    const an = give(meeting, meeting.askForFloor('an'))
    const binh = meeting.askForFloor('binh')
    meeting.do('chair', 'floor:pause', { entryId: an, connection: true })
    expect(entryOf(meeting, an)).toMatchObject({ pausedBecause: 'connection', runningSince: null })
    give(meeting, binh)
    expect(statuses(meeting, an, binh), 'within the time').toEqual(['paused', 'speaking'])
    // The rehearsal's clock goes on by a second with each command.
    for (let second = 0; second < 10; second += 1) meeting.refusal('chair', 'floor:open', {})
    give(meeting, meeting.askForFloor('chi'))
    expect(statuses(meeting, an, binh), 'after it').toEqual(['finished', 'finished'])
  })
})

describe('an item ends with people waiting', () => {
  test('they are carried over in their order, behind who registered there in advance', () => {
    const { meeting } = floor()
    const next = meeting.addItem('Nội dung sau')
    meeting.askForFloor('dung', { itemId: next })
    meeting.askForFloor('an')
    meeting.askForFloor('binh')
    meeting.do('chair', 'agenda:startItem', { itemId: next })
    expect(line(meeting, next).map((one) => one.split(' ')[0])).toEqual(['dung', 'an', 'binh'])
  })

  test('or dropped, when the chair says so', () => {
    const { meeting } = floor()
    const an = meeting.askForFloor('an')
    meeting.do('chair', 'agenda:startItem', { itemId: meeting.addItem('Nội dung sau'), waiting: 'drop' })
    expect(entryOf(meeting, an)).toMatchObject({ status: 'withdrawn', withdrawn: { because: 'itemFinished' } })
  })

  test('who may not know of the item that comes on waits aside and comes back with the next; who waited on a confidential one is never shown elsewhere', () => {
    const { meeting, secret } = floor()
    meeting.askForFloor('binh')
    meeting.do('chair', 'agenda:startItem', { itemId: secret })
    expect(line(meeting, null)).toEqual(['binh speech'])
    const an = meeting.askForFloor('an')
    const next = meeting.addItem('Nội dung sau')
    meeting.do('chair', 'agenda:startItem', { itemId: next })
    expect(line(meeting, next)).toEqual(['binh speech'])
    expect(entryOf(meeting, an).status).toBe('withdrawn')
    expect(viewFor(meeting, 'binh').floorEntries[an]).toBeUndefined()
  })
})

describe('what is a right to know', () => {
  test('a note is for chair, secretary and its writer, unless the settings show it to all', () => {
    const { meeting } = floor()
    const entryId = meeting.askForFloor('an', { note: 'Xin nói về ngân sách' })
    const notes = () => ['chair', 'secretary', 'an', 'binh'].map((personId) => viewFor(meeting, personId).floorEntries[entryId]?.note ?? null)
    expect(notes()).toEqual(['Xin nói về ngân sách', 'Xin nói về ngân sách', 'Xin nói về ngân sách', null])
    expect(viewFor(meeting, 'chair', true).floorEntries[entryId]?.note, 'never on the wall').toBeNull()
    meeting.do('chair', 'floor:configure', { notesToAll: true })
    expect(notes()[3]).toBe('Xin nói về ngân sách')
  })

  test('where the amount is not shown: the next three and oneself, and nothing that tells how many stand between', () => {
    const { meeting } = floor({ showAmount: false, multipleEntries: true })
    for (const personId of ['an', 'binh', 'chi', 'dung', 'guest', 'an', 'secretary']) meeting.askForFloor(personId)
    const seenBy = (personId: string) => Object.values(viewFor(meeting, personId).floorEntries).map((one) => `${one.rank} ${one.personId}`).sort()
    expect(seenBy('guest')).toEqual(['0000 an', '0001 binh', '0002 chi', '0003 guest'])
    expect(seenBy('observer')).toEqual(['0000 an', '0001 binh', '0002 chi'])
    expect(seenBy('chair')).toHaveLength(7)
  })
})

describe('the clock', () => {
  const speech = { spokenMs: 0, runningSince: null, limitSeconds: 420 }
  test('spoken time is each (pause or end) − (unpause or begin), summed', () => {
    // 09:00:00–09:02:10 and 09:05:00–09:06:30, then running since 09:10:00: 130 + 90 s + 45 s at 09:10:45.
    expect(spokenMs({ spokenMs: 220_000, runningSince: 600_000 }, 645_000)).toBe(265_000)
    expect(remainingMs({ ...speech, spokenMs: 220_000, runningSince: 600_000 }, 645_000)).toBe(155_000)
    expect(spokenMs({ spokenMs: 5, runningSince: 1000 }, 900), 'a clock set back takes nothing away').toBe(5)
  })

  test.each([
    [359_999, 'running'], [360_000, 'warning'], [420_000, 'warning'], [420_001, 'overrun'],
  ])('of seven minutes with a warning of one, after %i ms: %s', (spoken, stage) => {
    expect(clockStage({ ...speech, spokenMs: spoken }, usualFloor.settings, 0)).toBe(stage)
  })

  test('the limits: 7 and 3 minutes, 5 and 2 when many wait, 10 for who presents the item; frozen when the floor is given', () => {
    const { meeting, item } = floor({ reduceFrom: 3 })
    meeting.do('secretary', 'agenda:changeItem', { itemId: item, presenterId: 'dung' })
    const seconds = (kind: FloorEntry['kind'], personId = 'an') => limitFor(meeting.state, { kind, personId, itemId: item })
    expect([seconds('speech'), seconds('debate'), seconds('speech', 'dung')]).toEqual([420, 180, 600])
    const an = meeting.askForFloor('an')
    meeting.askForFloor('binh')
    meeting.askForFloor('chi')
    expect([seconds('speech'), seconds('debate'), seconds('speech', 'dung')]).toEqual([300, 120, 600])
    give(meeting, an)
    meeting.do('chair', 'floor:configure', { reduceFrom: null })
    expect(entryOf(meeting, an).limitSeconds).toBe(300)
    meeting.do('chair', 'floor:extend', { entryId: an, seconds: 60 })
    expect(entryOf(meeting, an).limitSeconds).toBe(360)
  })

  test('a hub that ticks a second a command: begin, pause, resume, end', () => {
    const { meeting } = floor()
    const an = meeting.askForFloor('an')
    const [given] = meeting.do('chair', 'floor:give', { entryId: an })
    meeting.refusal('chair', 'floor:open', {})
    const [paused] = meeting.do('chair', 'floor:pause', { entryId: an })
    meeting.refusal('chair', 'floor:open', {})
    const [resumed] = meeting.do('chair', 'floor:resume', { entryId: an })
    const [ended] = meeting.do('chair', 'floor:end', { entryId: an })
    const at = (step: { fact: Fact } | undefined) => step!.fact.at
    expect(entryOf(meeting, an).spokenMs).toBe(at(paused) - at(given) + at(ended) - at(resumed))
    expect(contributions(meeting.state.floorEntries, 'an')).toBe(1)
  })
})

test('a group’s time goes below zero; its overrun is given to every group and brings it back to zero', () => {
  const { meeting } = floor()
  meeting.do('chair', 'floor:setGroups', { groups: [{ groupId: 'to-1', title: 'Tổ 1', personIds: ['an'], initialSeconds: 60 }, { groupId: 'to-2', title: 'Tổ 2', personIds: ['binh'], initialSeconds: 120 }] })
  const an = give(meeting, meeting.askForFloor('an'))
  const began = entryOf(meeting, an).beganAt!
  const left = (groupId: string, now: number) => groupRemainingMs(meeting.state.floor.groups[groupId]!, meeting.state.floorEntries, now)
  expect(left('to-1', began + 45_000), 'the running speech counts').toBe(15_000)
  const fact = { seq: meeting.state.seq + 1, type: 'floor.ended', v: 1, at: began + 90_000, by: 'chair', commandId: 'end', data: { entryId: an } } as const satisfies Fact
  meeting.state = evolve(meeting.state, fact)
  expect([left('to-1', 0), left('to-2', 0)]).toEqual([-30_000, 120_000])
  meeting.do('chair', 'floor:addTime', { groupId: 'to-1' })
  expect([left('to-1', 0), left('to-2', 0)]).toEqual([0, 150_000])
})
