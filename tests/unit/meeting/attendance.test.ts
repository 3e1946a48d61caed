import { expect, test } from 'vitest'
import { codeText, numberAt, personWithNumber, readCode } from '../../../shared/meeting/attendance/numbers.ts'
import { peopleAt, presentAt } from '../../../shared/meeting/attendance/place.ts'
import { quorumSentence } from '../../../shared/meeting/attendance/sentence.ts'
import { standingOf } from '../../../shared/meeting/attendance/standing.ts'
import { draftMeeting, meetingInSession, only } from '../../support/meeting/rehearsal.ts'

function openedWith(present: readonly string[]) {
  const { meeting } = draftMeeting()
  meeting.do('secretary', 'attendance:setRules', { lateAfterMinutes: 0 })
  meeting.do('secretary', 'meeting:publish', {})
  for (const personId of present) meeting.do(personId, 'attendance:declare', { presence: 'inRoom' })
  meeting.do('chair', 'meeting:open', {})
  return meeting
}

test('how somebody stands follows from intervals, the opening and what the chair agreed to', () => {
  const meeting = openedWith(['an', 'binh'])
  meeting.do('chi', 'attendance:declare', { presence: 'atSite', siteId: 'site-2' })
  meeting.do('an', 'attendance:declare', { presence: 'absent' })
  meeting.do('secretary', 'invitations:excuse', { personId: 'dung', reason: 'Ốm' })
  meeting.do('secretary', 'attendance:declare', { personId: 'guest', presence: 'absent' })
  const standing = (personId: string) => standingOf(meeting.state, personId)
  expect(standing('binh')).toMatchObject({ standing: 'inRoom', late: false })
  expect(standing('chi')).toMatchObject({ standing: 'atSite', siteId: 'site-2', late: true })
  expect(standing('an')).toMatchObject({ standing: 'leftEarly', late: false })
  expect(standing('dung').standing).toBe('excused')
  expect(standing('guest').standing).toBe('unexcused')
  expect(standing('observer').standing).toBe('undeclared')
  meeting.do('chair', 'meeting:end', {})
  expect(standing('observer').standing, 'who never came was absent').toBe('unexcused')
  expect(standing('binh').standing).toBe('inRoom')
})

test('who was there before the opening only has not left early, and who comes in spite of an excuse is present', () => {
  const { meeting } = draftMeeting()
  meeting.do('secretary', 'meeting:publish', {})
  meeting.do('an', 'attendance:declare', { presence: 'inRoom' })
  meeting.do('an', 'attendance:declare', { presence: 'absent' })
  meeting.do('secretary', 'invitations:excuse', { personId: 'binh', reason: 'Ốm' })
  meeting.do('chair', 'meeting:open', {})
  expect(standingOf(meeting.state, 'an').standing).toBe('unexcused')
  meeting.do('binh', 'attendance:declare', { presence: 'inRoom' })
  expect(standingOf(meeting.state, 'binh')).toMatchObject({ standing: 'inRoom', late: false })
})

test('who comes within the tolerance of the rules is not late', () => {
  const { meeting } = meetingInSession()
  expect(standingOf(meeting.state, 'an').late).toBe(false)
})

test('the secretary declares many at once; what is recorded already is passed over', () => {
  const meeting = openedWith(['an'])
  const steps = meeting.do('secretary', 'attendance:declareMany', { personIds: ['an', 'binh', 'chi', 'guest'], presence: 'expected' })
  expect(steps.map(({ fact }) => fact.data)).toEqual([
    { personId: 'binh', presence: 'atSite', siteId: 'site-1' }, { personId: 'chi', presence: 'atSite', siteId: 'site-2' }, { personId: 'guest', presence: 'inRoom', siteId: null },
  ])
  expect(meeting.refusal('secretary', 'attendance:declareMany', { personIds: ['an', 'binh'], presence: 'expected' }).code).toBe('attendance.unchanged')
  expect(meeting.refusal('secretary', 'attendance:declareMany', { personIds: ['an', 'nobody'], presence: 'absent' }).code).toBe('participants.unknown')
  expect(meeting.refusal('secretary', 'attendance:declareMany', { personIds: ['an'], presence: 'expected', siteId: 'site-1' }).code).toBe('attendance.unknownSite')
  expect(meeting.refusal('secretary', 'attendance:declareMany', { personIds: ['an'], presence: 'atSite' }).code).toBe('attendance.unknownSite')
  meeting.do('secretary', 'attendance:declareMany', { personIds: ['an', 'binh'], presence: 'atSite', siteId: 'site-2' })
  expect(presentAt(meeting.state, 'site-2').sort()).toEqual(['an', 'binh', 'chi'])
})

test('a place is where one is declared, or expected while one is not', () => {
  const meeting = openedWith(['binh'])
  expect(peopleAt(meeting.state, 'site-1'), 'binh came to the hall instead').toEqual([])
  expect(peopleAt(meeting.state, 'site-2')).toEqual(['chi'])
  expect(presentAt(meeting.state, 'site-2')).toEqual([])
})

test('everybody has a number of his own that outlives leaving the list', () => {
  const { meeting } = meetingInSession()
  const { numbers } = meeting.state
  expect(new Set(Object.values(numbers)).size).toBe(Object.keys(meeting.state.participants).length)
  meeting.do('secretary', 'participants:remove', { personId: 'guest' })
  meeting.do('secretary', 'participants:invite', { participants: [{ personId: 'outsider', role: 'guest', votes: false, siteId: null }, { personId: 'guest', role: 'guest', votes: false, siteId: null }] })
  expect(meeting.state.numbers.guest).toBe(numbers.guest)
  expect(new Set(Object.values(meeting.state.numbers)).size).toBe(Object.keys(meeting.state.numbers).length)
})

test('a mistyped number is nobody’s: every wrong digit and every two exchanged are found among 2,000', () => {
  const taken = new Map(Array.from({ length: 2000 }, (_, index) => [numberAt(index + 1), index]))
  expect(taken.size).toBe(2000)
  for (const number of taken.keys()) {
    for (let place = 0; place < number.length; place += 1) {
      for (let digit = 0; digit < 10; digit += 1) {
        const wrong = number.slice(0, place) + digit + number.slice(place + 1)
        if (wrong !== number) expect(taken.has(wrong), `${number} → ${wrong}`).toBe(false)
      }
      const swapped = number.slice(0, place) + (number[place + 1] ?? '') + (number[place] ?? '') + number.slice(place + 2)
      if (place + 1 < number.length && swapped !== number) expect(taken.has(swapped), `${number} → ${swapped}`).toBe(false)
    }
  }
})

test('a code of this meeting gives its number, one of another meeting nothing; a typed number may lack zeros and have spaces', () => {
  expect(readCode('meeting-1', codeText('meeting-1', '0128'))).toBe('0128')
  expect(readCode('meeting-1', codeText('meeting-2', '0128'))).toBeNull()
  expect(readCode('meeting-1', ' 01 28 ')).toBe('0128')
  expect(readCode('meeting-1', '128')).toBe('0128')
  expect(readCode('meeting-1', 'https://example.org')).toBeNull()
  const { meeting } = meetingInSession()
  expect(personWithNumber(meeting.state.numbers, String(Number(meeting.state.numbers.an)))).toBe('an')
})

test('at the door the secretary checks in where one is expected, a technician where he stands', () => {
  const meeting = openedWith([])
  const number = (personId: string) => ({ number: meeting.state.numbers[personId] as string })
  expect(only(meeting.do('secretary', 'attendance:checkIn', number('binh')), 'attendance.declared')).toEqual({ personId: 'binh', presence: 'atSite', siteId: 'site-1' })
  expect(only(meeting.do('technician', 'attendance:checkIn', number('chi')), 'attendance.declared')).toEqual({ personId: 'chi', presence: 'inRoom', siteId: null })
  expect(only(meeting.do('secretary', 'attendance:checkIn', { ...number('an'), siteId: 'site-2' }), 'attendance.declared').siteId).toBe('site-2')
  expect(meeting.refusal('secretary', 'attendance:checkIn', { ...number('an'), siteId: 'site-2' }).code).toBe('attendance.unchanged')
  expect(meeting.refusal('secretary', 'attendance:checkIn', { ...number('an'), siteId: 'site-9' }).code).toBe('attendance.unknownSite')
  expect(meeting.refusal('an', 'attendance:checkIn', number('guest')).code).toBe('permission.denied')
})

test('the quorum is established at the opening and on demand, and said in a sentence', () => {
  const meeting = openedWith(['an'])
  expect(meeting.state.quorum.opening).toMatchObject({ occasion: 'opening', present: 1, members: 4, needed: 3, met: false })
  for (const personId of ['binh', 'chi', 'guest', 'dung']) meeting.do(personId, 'attendance:declare', { presence: 'inRoom' })
  meeting.do('chair', 'quorum:check', {})
  expect(meeting.state.quorum.last).toMatchObject({ occasion: 'asked', present: 3, members: 4, needed: 3, met: true })
  expect(meeting.state.quorum.opening?.met, 'the opening stays as it was').toBe(false)
  expect(quorumSentence(meeting.state.quorum.opening!, 'committee', 'vi')).toBe('Có mặt 1/4 thành viên; chưa đủ túc số (cần ít nhất 3).')
  expect(quorumSentence(meeting.state.quorum.last!, 'council', 'vi')).toBe('Có mặt 3/4 đại biểu; đủ túc số (cần ít nhất 3).')
  expect(quorumSentence({ present: 3, members: 4, needed: 0, met: true }, 'plain', 'en')).toBe('3 of 4 members with a vote present.')
})
