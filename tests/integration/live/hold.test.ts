import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { holdNotice } from '../../../shared/meeting/presentation/hold.ts'
import { Hall } from '../../support/live/hall.ts'

const minute = 60_000
let dataDir: string
let halls: Hall[]
beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'giao-ban-hold-'))
  halls = []
})
afterEach(async () => {
  vi.restoreAllMocks()
  for (const hall of halls) await hall.close()
  await rm(dataDir, { recursive: true })
})

/** The hub's clock jumps ahead by so much and goes on; timers are as they are. */
function later(milliseconds: number): void {
  const began = { now: Date.now(), at: performance.now() }
  vi.restoreAllMocks()
  vi.spyOn(Date, 'now').mockImplementation(() => Math.round(began.now + milliseconds + performance.now() - began.at))
}

async function held() {
  const hall = await Hall.open({ dataDir })
  halls.push(hall)
  const meeting = await hall.inSession()
  const paperId = await meeting.attach(meeting.item)
  await meeting.do('chair', 'presentation:start', { paperId })
  const [an, binh] = [await meeting.screen('an'), await meeting.screen('binh')]
  await meeting.do('chair', 'presentation:hold', { minutes: 1 })
  return { hall, meeting, an, binh }
}

test('everybody is told from when until when he is held, and when it is over; only chair and secretary may', async () => {
  const { meeting, an, binh } = await held()
  for (const screen of [an, binh]) {
    const { presentation } = await screen.waitFor((view) => view.presentation?.hold != null)
    const { from, until } = presentation?.hold ?? { from: 0, until: 0 }
    expect(until - from).toBe(minute)
    expect(from).toBeGreaterThan(Date.now())
    expect(from).toBeLessThanOrEqual(Date.now() + holdNotice)
  }
  expect(await an.send('presentation:release', {})).toMatchObject({ ok: false, code: 'permission.denied' })
  for (const data of [{}, { minutes: 0 }, { minutes: 11 }, { minutes: 2.5 }, { minutes: '5' }, { minutes: 5, until: 0 }, null]) {
    expect(await (await meeting.screen('chair')).ask('presentation:hold', { commandId: `hold-${JSON.stringify(data).replace(/[^a-z0-9]/gu, '-')}-0000`, data })).toMatchObject({ ok: false, code: 'request.malformed' })
  }
  await meeting.do('secretary', 'presentation:release', {})
  await an.waitFor((view) => view.presentation?.hold === null)
})

test('a hold goes on over a restart of the hub and ends by itself at the time that was told', { timeout: 30_000 }, async () => {
  const { hall, meeting } = await held()
  await hall.close()
  later(holdNotice + minute - 4_000)
  const again = await Hall.reopen({ dataDir })
  halls.push(again)
  const an = await again.screen('an', meeting.meetingId)
  const until = an.view.presentation?.hold?.until ?? 0
  expect(until).toBeGreaterThan(Date.now())
  await an.waitFor((view) => view.presentation !== null && view.presentation.hold === null)
  expect(Date.now()).toBeGreaterThanOrEqual(until)
  expect(an.facts.at(-1)).toMatchObject({ type: 'presentation.released', by: null })
})

test('a hold whose time passed while the hub was down is over when the hub is back', async () => {
  const { hall, meeting } = await held()
  await hall.close()
  later(5 * minute)
  const again = await Hall.reopen({ dataDir })
  halls.push(again)
  const an = await again.screen('an', meeting.meetingId)
  await an.waitFor((view) => view.presentation !== null && view.presentation.hold === null)
})
