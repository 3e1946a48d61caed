import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { HoldDeadline } from '../../../server/meetings/hold-deadline.ts'
import { refusal, type Refusal } from '../../../shared/contracts/refusal.ts'
import { isRefusal } from '../../../shared/meeting/command.ts'
import { holdNotice } from '../../../shared/meeting/presentation/hold.ts'
import { meetingInSession, type Rehearsal } from '../../support/meeting/rehearsal.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

const minute = 60_000

/** A presented paper in a meeting whose clock is the fake one, as a host hands it to its deadline. */
function hosted(prepare: (meeting: Rehearsal) => void = () => {}) {
  const { meeting, item } = meetingInSession()
  meeting.clock = () => Date.now()
  meeting.do('chair', 'presentation:start', { paperId: meeting.attach(item) })
  prepare(meeting)
  const host = {
    released: 0,
    trouble: null as Refusal | null,
    get state() {
      return meeting.state
    },
    async executeAsHub(command: { type: 'presentation:release'; data: Record<string, never> }) {
      if (host.trouble) return { ok: false as const, refusal: host.trouble }
      const { decision, steps } = meeting.send(null, command)
      if (isRefusal(decision)) return { ok: false as const, refusal: decision }
      host.released += 1
      deadline.heed(steps)
      return { ok: true as const }
    },
  }
  const deadline = new HoldDeadline(host)
  const lead: Rehearsal['do'] = (personId, type, data) => {
    const steps = meeting.do(personId, type, data)
    deadline.heed(steps)
    return steps
  }
  return { meeting, host, deadline, lead }
}

test('a hold ends at its time, not before, and once', async () => {
  const { meeting, host, deadline, lead } = hosted()
  lead('chair', 'presentation:hold', { minutes: 1 })
  await vi.advanceTimersByTimeAsync(holdNotice + minute - 100)
  expect([host.released, deadline.pending]).toEqual([0, true])
  await vi.advanceTimersByTimeAsync(200)
  expect([host.released, deadline.pending, meeting.state.presentation?.hold]).toEqual([1, false, null])
})

test('a hold that was released by hand and begun anew ends at the new time', async () => {
  const { host, lead } = hosted()
  lead('chair', 'presentation:hold', { minutes: 1 })
  await vi.advanceTimersByTimeAsync(minute / 2)
  lead('secretary', 'presentation:release', {})
  lead('chair', 'presentation:hold', { minutes: 2 })
  await vi.advanceTimersByTimeAsync(2 * minute)
  expect(host.released).toBe(0)
  await vi.advanceTimersByTimeAsync(holdNotice + 100)
  expect(host.released).toBe(1)
})

test('a hold is forgotten with its presentation', async () => {
  const { host, deadline, lead } = hosted()
  lead('chair', 'presentation:hold', { minutes: 1 })
  lead('chair', 'presentation:end', {})
  expect(deadline.pending).toBe(false)
  await vi.advanceTimersByTimeAsync(5 * minute)
  expect(host.released).toBe(0)
})

test('a hold whose time passed while the hub was down is ended at once', async () => {
  const { host } = hosted((meeting) => {
    meeting.do('chair', 'presentation:hold', { minutes: 1 })
    vi.setSystemTime(Date.now() + 5 * minute)
  })
  await vi.advanceTimersByTimeAsync(1)
  expect(host.released).toBe(1)
})

test('while the store is away it is tried again, and a host that was put aside writes nothing any more', async () => {
  const { host, deadline, lead } = hosted()
  host.trouble = refusal('hub.failed')
  lead('chair', 'presentation:hold', { minutes: 1 })
  await vi.advanceTimersByTimeAsync(holdNotice + minute + 500)
  expect([host.released, deadline.pending]).toEqual([0, true])
  host.trouble = null
  await vi.advanceTimersByTimeAsync(1_000)
  expect([host.released, deadline.pending]).toEqual([1, false])
  lead('chair', 'presentation:hold', { minutes: 1 })
  deadline.close()
  await vi.advanceTimersByTimeAsync(5 * minute)
  expect(host.released).toBe(1)
})
