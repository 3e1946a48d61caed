import { readFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { doorRefusals } from '../../../shared/contracts/refusals/doors.ts'
import { mostSdp } from '../../../shared/contracts/media-parameters.ts'
import { doorLimits } from '../../../shared/media/doors.ts'
import { Hall, type HallMeeting } from '../../support/live/hall.ts'
import { MediaScreen, videoHall, workerPids } from '../../support/media/screen.ts'
import { presentWorker } from '../../support/media/worker.ts'

const present = await presentWorker()
/** Recorded from Debian's Chromium by tests/e2e/doors.test.ts. */
const offer = (name: string) => readFileSync(new URL(`../../support/media/offers/${name}.sdp`, import.meta.url), 'utf8')
const [sends, looks] = [offer('chromium-whip-simulcast'), offer('chromium-whep')]

let hall: Hall
let meeting: HallMeeting
let technician: MediaScreen
let now = 0

describe.skipIf('missing' in present)('doors for equipment (real worker, offers of real browsers over bare HTTP; skipped where there is no worker)', () => {
  beforeAll(async () => { hall = await videoHall({ now: () => Date.now() + now }) })
  afterAll(() => hall.close())
  beforeEach(async () => {
    now = 0
    meeting = await hall.inSession()
    await meeting.do('secretary', 'participants:change', { personId: 'dung', role: 'technician', votes: false, siteId: 'site-1' })
    technician = new MediaScreen(await meeting.screen('technician'))
  })
  afterEach(async () => {
    if ((await meeting.log()).every(({ type }) => type !== 'meeting.ended')) await meeting.do('chair', 'meeting:end', {})
  })

  const token = (siteId = 'site-1', door: 'whip' | 'whep' = 'whip', minutes = 60) => technician.do('media:makeToken', { siteId, door, minutes })
  const ask = (path: string, secret: string | null, { method = 'POST', body, headers = {} }: { method?: string; body?: string; headers?: Record<string, string> } = {}) =>
    fetch(hall.url + path, { method, ...(body === undefined ? {} : { body }), headers: { ...(body === undefined ? {} : { 'content-type': 'application/sdp' }), ...(secret === null ? {} : { authorization: `Bearer ${secret}` }), ...headers } })
  const refused = async (response: Response) => {
    const { code, sentence } = await response.json() as { code: string; sentence: string }
    expect(sentence.length).toBeGreaterThan(10)
    return `${response.status} ${code}`
  }

  /** Of browsers and the like, in all workers together. */
  const transports = async () => (await hall.test.hub.media.loads()).reduce((sum, one) => sum + one.transports, 0)

  test('who may report on a site makes its tokens; nobody else, and no secret is told twice', async () => {
    const dung = new MediaScreen(await meeting.screen('dung'))
    const made = await dung.do('media:makeToken', { siteId: 'site-1', door: 'whip', minutes: 5 })
    expect(made).toMatchObject({ secret: expect.stringMatching(/^[A-Za-z0-9_-]{43}$/), path: `/whip/${meeting.meetingId}/site-1` })
    expect(await dung.ask('media:makeToken', { siteId: 'site-2', door: 'whip', minutes: 5 })).toMatchObject({ ok: false, code: 'sites.notYours' })
    const an = new MediaScreen(await meeting.screen('an'))
    for (const answer of [await an.ask('media:makeToken', { siteId: 'site-1', door: 'whip', minutes: 5 }), await an.ask('media:doors', {}), await an.ask('media:revokeToken', { tokenId: made.tokenId })]) {
      expect(answer).toMatchObject({ ok: false, code: 'permission.denied' })
    }
    expect(await technician.ask('media:makeToken', { siteId: 'elsewhere', door: 'whip', minutes: 5 })).toMatchObject({ ok: false, code: 'media.siteUnknown' })
    await token('site-2')
    expect((await dung.do('media:doors', {})).tokens).toEqual([{ tokenId: made.tokenId, siteId: 'site-1', door: 'whip', expiresAt: made.expiresAt, madeBy: 'dung', session: null }])
    const all = await technician.do('media:doors', {})
    expect(all.tokens.map(({ siteId }) => siteId)).toEqual(['site-1', 'site-2'])
    expect(JSON.stringify(all)).not.toContain(made.secret)
    expect(await technician.ask('media:revokeToken', { tokenId: 'unknown' })).toMatchObject({ ok: false, code: 'media.tokenUnknown' })
    await technician.do('media:revokeToken', { tokenId: made.tokenId })
    const written = (await hall.test.hub.audit.page(50)).entries.filter(({ type, data }) => type.startsWith('door.') && data['meetingId'] === meeting.meetingId)
    expect(written.map(({ type, by, data }) => [type, by, data['about']]).reverse()).toEqual([['door.tokenMade', 'dung', 'site-1'], ['door.tokenMade', 'technician', 'site-2'], ['door.tokenRevoked', 'technician', 'site-1']])
    expect(JSON.stringify(written)).not.toContain(made.secret)
  })

  test('a session begins with 201 and its address, takes candidates, and ends by DELETE', async () => {
    const { path, secret, tokenId } = await token()
    const begun = await ask(path, secret, { body: sends })
    expect([begun.status, begun.headers.get('content-type'), begun.headers.get('access-control-allow-origin')]).toEqual([201, 'application/sdp', '*'])
    expect(await begun.text()).toContain('a=ice-lite')
    const [location, etag] = [begun.headers.get('location') ?? '', begun.headers.get('etag') ?? '']
    expect(location.startsWith(`${path}/`)).toBe(true)
    expect((await technician.do('media:doors', {})).tokens.find((one) => one.tokenId === tokenId)?.session).toMatchObject({ connected: false })
    const fragment = { 'content-type': 'application/trickle-ice-sdpfrag' }
    const user = /a=ice-ufrag:.*/.exec(sends)?.[0] ?? ''
    const candidate = `${user}\r\na=mid:0\r\na=candidate:1 1 udp 1 10.0.0.1 5 typ host\r\n`
    const patch = (body: string, more: Record<string, string>) => ask(location, secret, { method: 'PATCH', body, headers: { ...fragment, ...more } })
    expect((await patch(candidate, { 'if-match': etag })).status).toBe(204)
    expect(await refused(await patch(candidate, {}))).toBe('428 media.preconditionMissing')
    expect(await refused(await patch(candidate, { 'if-match': '"old"' }))).toBe('412 media.preconditionFailed')
    expect(await refused(await patch('a=mid:0\r\n', { 'if-match': etag }))).toBe('400 media.sdpUnfit')
    const restarted = await patch('a=ice-ufrag:fresh\r\na=ice-pwd:freshfreshfreshfreshfresh\r\n', { 'if-match': '*' })
    expect([restarted.status, restarted.headers.get('content-type')]).toEqual([200, 'application/trickle-ice-sdpfrag'])
    expect(restarted.headers.get('etag')).not.toBe(etag)
    expect(await refused(await ask(location, (await token('site-1')).secret, { method: 'DELETE' })), 'another token of the same door').toBe('404 notFound')
    expect((await ask(location, secret, { method: 'DELETE' })).status).toBe(204)
    expect(await refused(await ask(location, secret, { method: 'DELETE' }))).toBe('404 notFound')
    expect((await technician.do('media:doors', {})).tokens.find((one) => one.tokenId === tokenId)?.session).toBeNull()
  })

  test('no token, one that is none, of another door, site or meeting, expired, revoked: 401 or 403, the worker unharmed', async () => {
    const before = workerPids()
    const [whip, whep] = [await token(), await token('site-1', 'whep')]
    const other = await hall.inSession()
    const seen = async (path: string, secret: string | null) => refused(await ask(path, secret, { body: sends }))
    const nothing = await ask(whip.path, null, { body: sends })
    expect(nothing.headers.get('www-authenticate')).toBe('Bearer')
    expect(await refused(nothing)).toBe('401 media.tokenMissing')
    expect(await seen(whip.path, 'A'.repeat(43))).toBe('401 media.tokenUnknown')
    expect(await seen(whip.path, 'short')).toBe('401 media.tokenMissing')
    expect(await seen(`${whip.path}?token=${whip.secret}`, null), 'never in an address').toBe('401 media.tokenMissing')
    expect(await seen(whip.path, whep.secret)).toBe('403 media.tokenElsewhere')
    expect(await seen(whep.path, whip.secret)).toBe('403 media.tokenElsewhere')
    expect(await seen(`/whip/${meeting.meetingId}/site-2`, whip.secret)).toBe('403 media.tokenElsewhere')
    expect(await seen(`/whip/${other.meetingId}/site-1`, whip.secret)).toBe('401 media.tokenUnknown')
    expect((await ask(whip.path, whip.secret, { body: sends })).status).toBe(201)
    await technician.do('media:revokeToken', { tokenId: whip.tokenId })
    expect(await seen(whip.path, whip.secret)).toBe('401 media.tokenUnknown')
    now = 61 * 60_000
    expect(await refused(await ask(whep.path, whep.secret, { body: looks }))).toBe('401 media.tokenExpired')
    expect(workerPids()).toEqual(before)
  })

  test('a session ends when its token expires, and when its meeting ends', async () => {
    const [short, long] = [await token('site-1', 'whep', 1), await token('site-2', 'whep', 60)]
    const [first, second] = [await ask(short.path, short.secret, { body: looks }), await ask(long.path, long.secret, { body: looks })]
    expect([first.status, second.status]).toEqual([201, 201])
    expect(await transports()).toBe(2)
    now = 60_001
    await expect.poll(transports, { timeout: 1_500, interval: 50 }).toBe(1)
    now = 0
    await meeting.do('chair', 'meeting:end', {})
    await expect.poll(transports).toBe(0)
    expect(await refused(await ask(second.headers.get('location') ?? '', long.secret, { method: 'DELETE' }))).toBe('404 notFound')
    expect(await refused(await ask(long.path, long.secret, { body: looks }))).toBe('409 media.notHeld')
  })

  test('a site that is taken out of the meeting: its sessions end, its tokens open nothing', async () => {
    const [whip, whep] = [await token('site-2'), await token('site-2', 'whep')]
    expect([(await ask(whip.path, whip.secret, { body: sends })).status, (await ask(whep.path, whep.secret, { body: looks })).status]).toEqual([201, 201])
    expect(await transports()).toBeGreaterThan(0)
    for (const { personId, role, votes, siteId } of Object.values((await hall.test.hub.hosts.find(meeting.meetingId))!.state.participants)) {
      if (siteId === 'site-2') await meeting.do('secretary', 'participants:change', { personId, role, votes, siteId: null })
    }
    await meeting.do('secretary', 'meeting:change', { siteIds: ['site-1'] })
    expect((await technician.do('media:doors', {})).tokens.map(({ session }) => session)).toEqual([null, null])
    await expect.poll(transports).toBe(0)
    expect(await refused(await ask(whep.path, whep.secret, { body: looks }))).toBe('422 media.siteUnknown')
  })

  test('what is offered must be an SDP of a size that can be read, and hold something that both know', async () => {
    const { path, secret } = await token()
    const seen = async (body: string, headers: Record<string, string> = {}) => refused(await ask(path, secret, { body, headers }))
    expect(await seen('x'.repeat(mostSdp + 1))).toBe('413 request.tooLarge')
    expect(await seen(sends, { 'content-type': 'application/json' })).toBe('400 request.malformed')
    expect(await seen(sends, { 'content-type': 'application/trickle-ice-sdpfrag' })).toBe('400 request.malformed')
    expect(await seen('v=0\r\n')).toBe('400 media.sdpUnfit')
    expect(await seen(sends.replace(/(opus|VP8|H264)\//g, 'none/'))).toBe('406 media.sdpNoCodec')
    expect(await seen(sends.replace(/a=fingerprint:.*/g, 'a=fingerprint:sha-256 00'))).toBe('400 media.sdpUnfit')
    expect(await seen(looks), 'a player at an encoder’s door').toBe('406 media.sdpNoCodec')
    expect((await ask(path, secret, { body: sends })).status).toBe(201)
  })

  test('ten thousand offers with one token open one session; strangers cost nothing', { timeout: 60_000 }, async () => {
    const before = workerPids()
    const { path, secret } = await token()
    const statuses = new Map<number, number>()
    const began = performance.now()
    for (let batch = 0; batch < 100; batch += 1) {
      const some = await Promise.all(Array.from({ length: 100 }, async (_none, at) => {
        const response = await ask(path, at % 10 === 0 ? secret : 'B'.repeat(43), { body: sends })
        await response.arrayBuffer()
        return response.status
      }))
      for (const status of some) statuses.set(status, (statuses.get(status) ?? 0) + 1)
    }
    // A session that never gets a line makes room for the next after a while: on a busy machine this takes longer than that.
    const [opened, most] = [statuses.get(201) ?? 0, 1 + Math.floor((performance.now() - began) / doorLimits.lineless)]
    expect(opened).toBeGreaterThan(0)
    expect(opened).toBeLessThanOrEqual(most)
    expect(statuses.get(401)).toBe(9_000)
    expect(opened + (statuses.get(409) ?? 0) + (statuses.get(429) ?? 0)).toBe(1_000)
    expect(workerPids()).toEqual(before)
  })

  test('who begins and ends without end is told to wait', async () => {
    const { path, secret } = await token()
    for (let time = 0; time < 20; time += 1) {
      const begun = await ask(path, secret, { body: sends })
      expect(begun.status).toBe(201)
      expect((await ask(begun.headers.get('location') ?? '', secret, { method: 'DELETE' })).status).toBe(204)
    }
    const response = await ask(path, secret, { body: sends })
    expect(response.headers.get('retry-after')).toBe('60')
    expect(await refused(response)).toBe('429 request.tooMany')
    expect(await transports()).toBe(0)
  })

  test('other methods are told no; a page of another origin may ask', async () => {
    const { path, secret } = await token()
    const options = await ask(path, null, { method: 'OPTIONS', headers: { origin: 'https://elsewhere.example', 'access-control-request-method': 'POST' } })
    expect([options.status, options.headers.get('access-control-allow-origin'), options.headers.get('accept-post')]).toEqual([204, '*', 'application/sdp'])
    expect(options.headers.get('access-control-allow-headers')).toContain('authorization')
    for (const method of ['GET', 'PUT']) {
      const response = await ask(path, secret, { method })
      expect(response.headers.get('allow')).toBe('POST, OPTIONS')
      expect(await refused(response)).toBe('405 media.methodNotAllowed')
    }
    expect(await refused(await ask(`${path}/unknown`, secret, { method: 'DELETE', headers: { origin: 'https://elsewhere.example' } }))).toBe('404 notFound')
    expect((await ask(path, secret, { body: sends, headers: { origin: 'https://elsewhere.example' } })).status).toBe(201)
  })

  test('every refusal of the doors has a sentence in both languages', () => {
    for (const { vi, en } of Object.values(doorRefusals)) expect(Math.min(vi.length, en.length)).toBeGreaterThan(10)
  })
})

describe.skipIf('missing' in present)('doors and what goes before them', () => {
  test('a hub that is started again knows its tokens; relays stand in links', async () => {
    const dataDir = await mkdtemp(join(tmpdir(), 'giao-ban-'))
    const turn = { urls: ['turn:turn.example:3478', 'turns:turn.example:443?transport=tcp'], secret: 'x' }
    const first = await videoHall({ dataDir })
    const held = await first.inSession()
    const made = await new MediaScreen(await held.screen('technician')).do('media:makeToken', { siteId: 'site-1', door: 'whip', minutes: 60 })
    await first.close()
    const second = await videoHall({ dataDir, config: { turn } }, false)
    const response = await fetch(second.url + made.path, { method: 'POST', body: sends, headers: { 'content-type': 'application/sdp', authorization: `Bearer ${made.secret}` } })
    expect(response.status).toBe(201)
    expect(response.headers.get('link')).toMatch(/^<turn:turn\.example:3478>; rel="ice-server"; username="\d+:door-[0-9a-f-]+"; credential="[^"]+"; credential-type="password", <turns:turn\.example:443\?transport=tcp>; rel="ice-server"/)
    await second.close()
    await rm(dataDir, { recursive: true, force: true })
  })
})
