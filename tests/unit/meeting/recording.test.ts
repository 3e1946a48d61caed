import fc from 'fast-check'
import { expect, test } from 'vitest'
import { audienceOf } from '../../../shared/meeting/audience.ts'
import { recordingStanding } from '../../../shared/meeting/recording/rules.ts'
import { notRecorded } from '../../../shared/meeting/recording/state.ts'
import { viewOf } from '../../../shared/meeting/view.ts'
import { move, people, Play } from '../../support/meeting/history.ts'
import { recorded } from '../../support/meeting/recording-refusals.ts'
import { draftMeeting, meetingInSession, type Rehearsal } from '../../support/meeting/rehearsal.ts'

const seed = Number(process.env.SEED ?? Date.now() % 2 ** 31)
const standing = ({ state }: Rehearsal) => recordingStanding(state)

test('nothing is recorded unless preparation has allowed it, and nobody but chair and secretary sees to it', () => {
  const { meeting } = draftMeeting()
  expect(meeting.state.recording).toEqual(notRecorded)
  meeting.do('secretary', 'recording:allow', { allowed: true })
  expect(meeting.refusal('chair', 'recording:start', {}).code).toBe('meeting.notPublished')
  meeting.begin()
  expect(meeting.refusal('an', 'recording:start', {}).code).toBe('permission.denied')
  const [started] = meeting.do('secretary', 'recording:start', {})
  expect(meeting.state.recording).toMatchObject({ status: 'on', since: started?.fact.at, by: 'secretary', ended: null })
  expect(standing(meeting)).toBe('recording')
})

test('whoever comes to a meeting knows before whether it may be recorded: once it is in session that is taken back, never given', () => {
  const { meeting } = meetingInSession()
  expect(meeting.refusal('chair', 'recording:allow', { allowed: true }).code).toBe('meeting.inSession')
  const other = recorded()
  other.do('chair', 'recording:allow', { allowed: false })
  expect(other.state.recording).toMatchObject({ allowed: false, status: 'off', recordingId: null, ended: 'forbidden' })
  expect(other.refusal('chair', 'recording:start', {}).code).toBe('recording.notAllowed')
})

test('it is paused, goes on and is stopped by hand, and ends with the meeting', () => {
  const meeting = recorded()
  const { recordingId } = meeting.state.recording
  meeting.do('secretary', 'recording:pause', {})
  expect(standing(meeting)).toBe('paused')
  expect(meeting.refusal('chair', 'recording:pause', {}).code).toBe('recording.unchanged')
  meeting.do('chair', 'recording:resume', {})
  expect(meeting.state.recording).toMatchObject({ status: 'on', recordingId })
  meeting.do('chair', 'recording:stop', {})
  expect(meeting.state.recording).toMatchObject({ status: 'off', recordingId: null, ended: 'byHand' })
  meeting.do('chair', 'recording:start', {})
  expect(meeting.state.recording.recordingId).not.toBe(recordingId)
  meeting.do('chair', 'meeting:end', {})
  expect(meeting.state.recording).toMatchObject({ status: 'off', ended: 'meetingEnded' })
})

test('recess, a confidential item and a secret vote are withheld, and it goes on by itself after them', () => {
  const meeting = recorded()
  const item = Object.keys(meeting.state.items)[0] ?? ''
  const secret = meeting.addItem('Nhân sự', { confidential: true, access: ['an'] })
  meeting.do('chair', 'meeting:recess', {})
  expect(standing(meeting)).toBe('withheld')
  meeting.do('chair', 'meeting:resume', {})
  meeting.do('chair', 'agenda:startItem', { itemId: secret })
  expect(standing(meeting)).toBe('withheld')
  meeting.do('chair', 'agenda:startItem', { itemId: item })
  expect(standing(meeting)).toBe('recording')
  const voteId = meeting.openVote(item, 'presentMajority', { method: 'secret' })
  expect(standing(meeting)).toBe('withheld')
  meeting.do('chair', 'votes:close', { voteId })
  expect(standing(meeting)).toBe('withheld')
  meeting.do(null, 'votes:count', { voteId })
  expect(standing(meeting)).toBe('recording')
})

test('a paper that is not for all is withheld while it is shown', () => {
  const meeting = recorded()
  const item = Object.keys(meeting.state.items)[0] ?? ''
  const paperId = meeting.attach(item)
  meeting.do('chair', 'agenda:startItem', { itemId: item })
  meeting.do('secretary', 'papers:setAccess', { paperId, access: ['an'] })
  meeting.do('chair', 'presentation:start', { paperId })
  expect(standing(meeting)).toBe('withheld')
  meeting.do('chair', 'presentation:end', {})
  expect(standing(meeting)).toBe('recording')
})

test('the hub breaks it off when it cannot go on, and after an interruption goes on with another one, as it stood', () => {
  const meeting = recorded()
  meeting.do(null, 'recording:breakOff', { because: 'diskFull' })
  expect(meeting.state.recording).toMatchObject({ status: 'off', ended: 'diskFull', by: null })
  meeting.do('chair', 'recording:start', {})
  meeting.do('chair', 'recording:pause', {})
  const { recordingId } = meeting.state.recording
  const steps = meeting.do(null, 'recording:breakOff', { because: 'interrupted' })
  expect(steps.map(({ fact }) => fact.type)).toEqual(['recording.stopped', 'recording.started', 'recording.paused'])
  expect(meeting.state.recording).toMatchObject({ status: 'paused', ended: null })
  expect(meeting.state.recording.recordingId).not.toBe(recordingId)
})

test('nobody is ever shown less than is recorded, and whatever is withheld is withheld from all', () => {
  fc.assert(fc.property(fc.array(move, { maxLength: 60 }), (moves) => {
    const play = new Play()
    play.send('secretary', { type: 'recording:allow', data: { allowed: true } })
    play.open()
    play.send('chair', { type: 'recording:start', data: {} })
    for (const one of moves) {
      play.play(one)
      if (recordingStanding(play.state) !== 'recording') continue
      for (const viewer of people.flatMap((personId) => [{ personId, projector: false }, { personId, projector: true }])) {
        const audience = audienceOf(play.state, viewer)
        if (audience) expect(recordingStanding(viewOf(play.state, audience, viewer))).toBe('recording')
      }
    }
  }), { seed, numRuns: 40 })
})
