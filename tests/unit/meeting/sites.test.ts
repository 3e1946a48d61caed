import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { isRefusal, type Command } from '../../../shared/meeting/command.ts'
import { bringUpToDate } from '../../../shared/meeting/versions.ts'
import { evolve } from '../../../shared/meeting/evolve.ts'
import { siteStanding } from '../../../shared/meeting/sites/rules.ts'
import type { SiteStatus } from '../../../shared/meeting/sites/state.ts'
import { emptyMeeting } from '../../../shared/meeting/state.ts'
import { draftMeeting, meetingInSession, only } from '../../support/meeting/rehearsal.ts'
import { goodCheck, siteData } from '../../support/meeting/site-moves.ts'
import { withReadySite, withSiteInSession, withTechnicians } from '../../support/meeting/site-refusals.ts'

const siteId = 'site-1'
const seed = Number(process.env.SEED ?? Date.now() % 2 ** 31)

test('a site is tested, ready, takes part, is weak, lost and back; every step has its moment and its author', () => {
  const { meeting } = draftMeeting()
  meeting.do('secretary', 'participants:change', { personId: 'dung', role: 'technician', votes: false, siteId })
  meeting.do('secretary', 'meeting:publish', {})
  expect(siteStanding(meeting.state, siteId)).toMatchObject({ status: 'notConnected', check: null, enteredAt: null })
  const tested = meeting.do('dung', 'sites:check', { siteId, check: goodCheck })
  expect(meeting.state.sites[siteId]).toMatchObject({ status: 'checked', by: 'dung', check: { ...goodCheck, by: 'dung', at: tested[0]?.fact.at } })
  meeting.do('technician', 'sites:declareReady', { siteId })
  expect(meeting.state.sites[siteId]).toMatchObject({ status: 'ready', by: 'technician' })
  meeting.do('chair', 'meeting:open', {})
  const [entered] = meeting.do(null, 'sites:setLine', { siteId, line: 'up' })
  expect(meeting.state.sites[siteId]).toMatchObject({ status: 'inSession', by: null, since: entered?.fact.at, enteredAt: entered?.fact.at })
  meeting.do(null, 'sites:setLine', { siteId, line: 'weak', lossPercent: 9.5, roundTripMs: 410 })
  expect(meeting.state.sites[siteId]).toMatchObject({ status: 'degraded', weakness: { lossPercent: 9.5, roundTripMs: 410 } })
  meeting.do(null, 'sites:setLine', { siteId, line: 'down' })
  expect(meeting.state.sites[siteId]).toMatchObject({ status: 'lost', weakness: null })
  meeting.do(null, 'sites:setLine', { siteId, line: 'up' })
  expect(meeting.state.sites[siteId]).toMatchObject({ status: 'inSession', enteredAt: entered?.fact.at })
})

test('a readiness test that failed is on record, and a new one replaces it', () => {
  const meeting = withTechnicians()
  meeting.do('dung', 'sites:check', { siteId, check: { ...goodCheck, microphone: false } })
  expect(meeting.refusal('dung', 'sites:declareReady', { siteId }).code).toBe('sites.noSound')
  meeting.do('dung', 'sites:check', { siteId, check: { ...goodCheck, camera: false } })
  meeting.do('dung', 'sites:declareReady', { siteId })
  expect(meeting.state.sites[siteId]).toMatchObject({ status: 'ready', checks: 2 })
  meeting.do('dung', 'sites:check', { siteId, check: goodCheck })
  expect(meeting.state.sites[siteId]?.status, 'tested anew, it has to say anew that it is ready').toBe('checked')
})

test('a site takes part without a test: nobody is shut out because a technician forgot to press', () => {
  const { meeting } = meetingInSession()
  meeting.do(null, 'sites:setLine', { siteId, line: 'weak' })
  expect(meeting.state.sites[siteId]).toMatchObject({ status: 'degraded', check: null })
})

test('a site by telephone stays so whatever its line does, until somebody ends it; then it is measured again', () => {
  const meeting = withSiteInSession()
  expect(only(meeting.do('dung', 'sites:useTelephone', { siteId, reason: 'Đứt cáp quang' }), 'site.telephoned')).toEqual({ siteId, reason: 'Đứt cáp quang' })
  for (const line of ['up', 'weak', 'down'] as const) expect(meeting.refusal(null, 'sites:setLine', { siteId, line }).code).toBe('sites.byTelephone')
  expect(meeting.refusal('chair', 'sites:useTelephone', { siteId }).code).toBe('sites.byTelephone')
  meeting.do('chair', 'sites:endTelephone', { siteId })
  expect(meeting.state.sites[siteId]?.status).toBe('lost')
  meeting.do(null, 'sites:setLine', { siteId, line: 'up' })
  expect(meeting.state.sites[siteId]?.status).toBe('inSession')
})

describe('who', () => {
  test('a technician tells of his own site; the province’s, secretary and chair of every site; the site’s people of none', () => {
    const meeting = withTechnicians()
    for (const sender of ['chair', 'secretary', 'technician']) meeting.do(sender, 'sites:check', { siteId: 'site-2', check: goodCheck })
    expect(meeting.refusal('dung', 'sites:declareReady', { siteId: 'site-2' }).code).toBe('sites.notYours')
    expect(meeting.refusal('binh', 'sites:check', { siteId, check: goodCheck }).code).toBe('permission.denied')
    expect(meeting.refusal('technician', 'sites:check', { siteId: 'toString', check: goodCheck }).code).toBe('attendance.unknownSite')
  })

  test('the hub itself only says how lines do', () => {
    const meeting = withTechnicians()
    expect(meeting.refusal(null, 'sites:check', { siteId, check: goodCheck }).code).toBe('permission.denied')
    expect(meeting.refusal(null, 'sites:useTelephone', { siteId }).code).toBe('permission.denied')
  })
})

test('lines are on record while the meeting is held, not before and not after', () => {
  const { meeting } = draftMeeting()
  expect(meeting.refusal('secretary', 'sites:check', { siteId, check: goodCheck }).code).toBe('meeting.notPublished')
  meeting.do('secretary', 'meeting:publish', {})
  expect(meeting.refusal(null, 'sites:setLine', { siteId, line: 'up' }).code).toBe('meeting.notOpen')
  meeting.do('chair', 'meeting:open', {})
  meeting.do(null, 'sites:setLine', { siteId, line: 'up' })
  meeting.do('chair', 'meeting:recess', {})
  meeting.do(null, 'sites:setLine', { siteId, line: 'down' })
  meeting.do('chair', 'meeting:end', {})
  expect(meeting.refusal(null, 'sites:setLine', { siteId, line: 'up' }).code).toBe('meeting.ended')
  expect(meeting.state.sites[siteId]?.status, 'the record keeps how it stood').toBe('lost')
})

test('a site that is taken out of the meeting takes its state along', () => {
  const meeting = withReadySite()
  meeting.do('secretary', 'sites:check', { siteId: 'site-2', check: goodCheck })
  meeting.do('secretary', 'participants:change', { personId: 'chi', role: 'delegate', votes: true, siteId: null })
  meeting.do('secretary', 'meeting:change', { siteIds: [siteId] })
  expect(Object.keys(meeting.state.sites)).toEqual([siteId])
})

test('a log from before there were states of sites is read: nothing has happened to any of them', () => {
  const created = { title: 'Cũ', kind: 'meeting', type: 'briefing', body: 'plain', startsAt: 1, endsAt: 2, place: '', siteIds: [siteId] }
  const fact = bringUpToDate({ seq: 1, type: 'meeting.created', v: 1, at: 1, by: 'secretary', commandId: 'command-1', data: created })
  const state = evolve(emptyMeeting('old'), fact)
  expect(state.sites).toEqual({})
  expect(siteStanding(state, siteId).status).toBe('notConnected')
})

/** From where to where a site may go at all. */
const ways: Record<SiteStatus, SiteStatus[]> = {
  notConnected: ['checked', 'inSession', 'degraded', 'byTelephone'],
  checked: ['checked', 'ready', 'inSession', 'degraded', 'byTelephone'],
  ready: ['checked', 'inSession', 'degraded', 'byTelephone'],
  inSession: ['degraded', 'lost', 'byTelephone'],
  degraded: ['inSession', 'lost', 'byTelephone'],
  lost: ['checked', 'inSession', 'degraded', 'byTelephone'],
  byTelephone: ['notConnected', 'checked', 'lost'],
}

test(`whatever is sent, a site goes only the ways of the table, and never is ready without sound (seed ${seed})`, () => {
  const types = ['sites:check', 'sites:declareReady', 'sites:setLine', 'sites:useTelephone', 'sites:endTelephone'] as const
  const senders = ['chair', 'technician', 'dung', 'binh', null]
  const gone = new Set<string>()
  const one = fc.record({ type: fc.constantFrom(...types), sender: fc.constantFrom(...senders), a: fc.nat(1), b: fc.nat(99), c: fc.nat(999), flag: fc.boolean() })
  fc.assert(
    fc.property(fc.array(one, { minLength: 20, maxLength: 60 }), (moves) => {
      const meeting = withTechnicians()
      for (const { type, sender, ...dice } of moves) {
        const data = siteData(dice, ['site-1', 'site-2'])[type] as Command['data'] & { siteId: string }
        const before = siteStanding(meeting.state, data.siteId)
        const { decision } = meeting.send(sender, { type, data } as Command)
        const after = siteStanding(meeting.state, data.siteId)
        if (isRefusal(decision)) {
          expect(after).toEqual(before)
          continue
        }
        expect(decision).toHaveLength(1)
        expect(ways[before.status], `${type} from ${before.status}`).toContain(after.status)
        if (after.status === 'ready') expect(after.check).toMatchObject({ microphone: true, loudspeaker: true })
        gone.add(`${before.status} → ${after.status}`)
      }
    }),
    { seed, numRuns: 100 },
  )
  expect(gone.size).toBeGreaterThan(10)
})
