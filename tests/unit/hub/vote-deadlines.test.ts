import { pino } from 'pino'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { VoteDeadlines } from '../../../server/meetings/vote-deadlines.ts'
import { refusal, type Refusal } from '../../../shared/contracts/refusal.ts'
import { isRefusal } from '../../../shared/meeting/command.ts'
import { meetingInSession, type Rehearsal } from '../../support/meeting/rehearsal.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

/** A meeting whose clock is the fake one, as a host hands it to its deadlines. */
function hosted(meeting: Rehearsal) {
  const host = {
    closed: [] as string[],
    trouble: null as Refusal | null,
    get state() {
      return meeting.state
    },
    async executeAsHub(command: { type: 'votes:close'; data: { voteId: string } }) {
      if (host.trouble) return { ok: false as const, refusal: host.trouble }
      const { decision, steps } = meeting.send(null, command)
      if (isRefusal(decision)) return { ok: false as const, refusal: decision }
      host.closed.push(command.data.voteId)
      deadlines.heed(steps)
      return { ok: true as const }
    },
  }
  meeting.clock = () => Date.now()
  const deadlines = new VoteDeadlines(host, pino({ level: 'silent' }))
  const conduct: Rehearsal['do'] = (personId, type, data) => {
    const steps = meeting.do(personId, type, data)
    deadlines.heed(steps)
    return steps
  }
  return { host, deadlines, conduct }
}

describe('the hub closes votes in time', () => {
  test('at the deadline, not before, and once', async () => {
    const { meeting, item } = meetingInSession()
    const { host, deadlines, conduct } = hosted(meeting)
    const voteId = meeting.draftVote(item, 'presentMajority', { closesAfterSeconds: 30 })
    conduct('chair', 'votes:open', { voteId })
    await vi.advanceTimersByTimeAsync(29_900)
    expect(host.closed).toEqual([])
    expect(deadlines.pending).toBe(true)
    await vi.advanceTimersByTimeAsync(200)
    expect([host.closed, meeting.state.votes[voteId]?.status]).toEqual([[voteId], 'published'])
    expect(deadlines.pending).toBe(false)
  })

  test('later when it is extended, not at all when the chair closes first', async () => {
    const { meeting, item } = meetingInSession()
    const { host, conduct } = hosted(meeting)
    const [first, second] = [{ closesAfterSeconds: 30 }, { closesAfterSeconds: 40 }].map((more) => meeting.draftVote(item, 'presentMajority', { ...more, sittingId: 'sitting-1' })) as [string, string]
    conduct('chair', 'votes:open', { voteId: first })
    await vi.advanceTimersByTimeAsync(20_000)
    conduct('chair', 'votes:extend', { voteId: first, seconds: 60 })
    conduct('chair', 'votes:close', { voteId: second })
    await vi.advanceTimersByTimeAsync(69_000)
    expect(host.closed).toEqual([])
    await vi.advanceTimersByTimeAsync(2_000)
    expect(host.closed).toEqual([first])
  })

  test('a deadline that passed while the hub was down is left to the chair', async () => {
    const { meeting, item } = meetingInSession()
    meeting.clock = () => Date.now()
    const voteId = meeting.openVote(item, 'presentMajority', { closesAfterSeconds: 30 })
    vi.setSystemTime(Date.now() + 31_000)
    const { host, deadlines, conduct } = hosted(meeting)
    await vi.advanceTimersByTimeAsync(600_000)
    expect([host.closed, deadlines.pending, meeting.state.votes[voteId]?.status]).toEqual([[], false, 'open'])
    // Extended from now, not from the deadline that passed.
    conduct('chair', 'votes:extend', { voteId, seconds: 10 })
    await vi.advanceTimersByTimeAsync(9_900)
    expect(host.closed).toEqual([])
    await vi.advanceTimersByTimeAsync(200)
    expect(host.closed).toEqual([voteId])
  })

  test('tries again when the store is away, and gives up when a rule stands against it', async () => {
    const { meeting, item } = meetingInSession()
    const { host, deadlines, conduct } = hosted(meeting)
    const [first, second] = [meeting.draftVote(item, 'presentMajority', { closesAfterSeconds: 30, sittingId: 's' }), meeting.draftVote(item, 'presentMajority', { closesAfterSeconds: 300, sittingId: 's' })]
    conduct('chair', 'votes:open', { voteId: first })
    host.trouble = refusal('hub.failed')
    await vi.advanceTimersByTimeAsync(33_000)
    host.trouble = null
    await vi.advanceTimersByTimeAsync(1_000)
    expect(host.closed).toEqual([first])
    host.trouble = refusal('votes.notOpen')
    await vi.advanceTimersByTimeAsync(300_000)
    host.trouble = null
    await vi.advanceTimersByTimeAsync(300_000)
    expect([host.closed, deadlines.pending, meeting.state.votes[second]?.status]).toEqual([[first], false, 'open'])
  })

  test('keeps nothing running once the meeting is put aside', async () => {
    const { meeting, item } = meetingInSession()
    const { host, deadlines, conduct } = hosted(meeting)
    conduct('chair', 'votes:open', { voteId: meeting.draftVote(item, 'presentMajority', { closesAfterSeconds: 30 }) })
    deadlines.close()
    await vi.advanceTimersByTimeAsync(60_000)
    expect([host.closed, vi.getTimerCount()]).toEqual([[], 0])
  })
})
