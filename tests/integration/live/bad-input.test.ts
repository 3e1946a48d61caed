import { connect } from 'node:net'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { protocolVersion } from '../../../shared/contracts/protocol.ts'
import type { RefusalCode } from '../../../shared/contracts/refusal.ts'
import type { CommandAnswer } from '../../../shared/contracts/live.ts'
import { LiveClient } from '../../support/live/client.ts'
import { Hall, type HallMeeting } from '../../support/live/hall.ts'

let hall: Hall
let meeting: HallMeeting
let other: HallMeeting
let voteId: string
beforeAll(async () => {
  hall = await Hall.open()
  meeting = await hall.inSession()
  other = await hall.inSession()
  voteId = await meeting.openVote()
})
afterAll(() => hall.close())

let count = 0
const fresh = () => `bad-input-${(count += 1)}`

/** Refused with `code` and a sentence, and the log ends where it did. */
async function expectRefused(answer: Promise<CommandAnswer>, code: RefusalCode, where = meeting): Promise<void> {
  const before = await where.head()
  const refused = await answer
  expect(refused).toMatchObject({ ok: false, code, sentence: expect.stringMatching(/\S.*\.$/) })
  expect(await where.head()).toEqual(before)
}

describe('a command that is not well formed changes nothing and is told why', () => {
  const cast = () => ({ voteId, choice: 'approve' })
  const bad: [string, () => unknown][] = [
    ['an unknown field', () => ({ commandId: fresh(), data: { ...cast(), weight: 2 } })],
    ['an unknown field around the data', () => ({ commandId: fresh(), data: cast(), personId: 'chair' })],
    ['a wrong type', () => ({ commandId: fresh(), data: { voteId: 7, choice: 'approve' } })],
    ['a list for a text', () => ({ commandId: fresh(), data: { voteId: [voteId], choice: 'approve' } })],
    ['a choice that is none', () => ({ commandId: fresh(), data: { voteId, choice: 'yes' } })],
    ['a missing field', () => ({ commandId: fresh(), data: { voteId } })],
    ['no data', () => ({ commandId: fresh() })],
    ['data that is null', () => ({ commandId: fresh(), data: null })],
    ['data that is a list', () => ({ commandId: fresh(), data: [cast()] })],
    ['no command id', () => ({ data: cast() })],
    ['a command id that is a number', () => ({ commandId: 12345678, data: cast() })],
    ['a command id that is too short', () => ({ commandId: 'short', data: cast() })],
    ['a command id with strange letters', () => ({ commandId: '../../etc/passwd', data: cast() })],
    ['a __proto__ key', () => JSON.parse(`{"commandId":"${fresh()}","data":{"voteId":"${voteId}","choice":"approve","__proto__":{"admin":true}}}`)],
    ['a __proto__ key around the data', () => JSON.parse(`{"commandId":"${fresh()}","data":{"voteId":"${voteId}","choice":"approve"},"__proto__":{}}`)],
    ['a constructor key', () => ({ commandId: fresh(), data: { ...cast(), constructor: { prototype: {} } } })],
    ['an id that is __proto__', () => ({ commandId: fresh(), data: { voteId: '__proto__', choice: 'approve' } })],
    ['a text', () => 'votes:cast'],
    ['nothing', () => null],
  ]
  test.each(bad)('%s', async (_name, message) => {
    const an = await meeting.screen('an')
    await expectRefused(an.ask('votes:cast', message()), 'request.malformed')
  })

  test('what it names is the field, never a value, in the language of the handshake', async () => {
    const message = { commandId: fresh(), data: { voteId: 'bí-mật', choice: 'approve' } }
    const [vi, en] = [await meeting.screen('an', { language: 'vi' }), await meeting.screen('an', { language: 'en' })]
    expect(await vi.ask('votes:cast', message)).toEqual({ ok: false, code: 'request.malformed', params: { field: 'voteId' }, sentence: 'Yêu cầu không đúng định dạng (voteId).' })
    expect(await en.ask('votes:cast', message)).toMatchObject({ sentence: 'The request is not well formed (voteId).' })
  })

  test('ids that every object answers to are not there', async () => {
    const chair = await meeting.screen('chair')
    await expectRefused(chair.send('agenda:startItem', { itemId: 'constructor' }), 'agenda.unknownItem')
    await expectRefused(chair.send('votes:close', { voteId: 'hasOwnProperty' }), 'votes.unknown')
    await expectRefused(chair.send('presentation:start', { paperId: 'toString' }), 'papers.unknown')
    await expectRefused(chair.send('participants:remove', { personId: 'valueOf' }), 'participants.unknown')
  })

  test('a join that is not well formed is refused too', async () => {
    const an = await LiveClient.connect(hall, await hall.cookie('an'), meeting.meetingId)
    for (const join of [null, 'join', { sinceSeq: '4' }, { sinceSeq: -1 }, { sinceSeq: 1.5 }, { meetingId: other.meetingId }]) {
      expect(await an.ask('meeting:join', join)).toMatchObject({ ok: false, code: 'request.malformed' })
    }
    hall.keep(an)
  })

  test('an event that is none is refused; one that only another edge may send is not allowed', async () => {
    const chair = await meeting.screen('chair')
    const paper = { paperId: 'paper-1', itemId: meeting.item, title: 'Báo cáo', name: 'bao-cao.pdf', sha256: 'a'.repeat(64), size: 1, pages: 1 }
    await expectRefused(chair.send('papers:attach', paper), 'permission.denied')
    await expectRefused(chair.ask('meeting:create', { commandId: fresh(), data: {} }), 'permission.denied')
    for (const event of ['votes:stuff', 'votes:cast ', 'VOTES:CAST', '__proto__', 'constructor', 'frame', '']) {
      await expectRefused(chair.ask(event, { commandId: fresh(), data: {} }), 'request.malformed')
    }
  })

  test('without a place for the answer nothing is done', async () => {
    const an = await meeting.screen('an')
    const before = await meeting.head()
    an.socket.emit('votes:cast', { commandId: fresh(), data: cast() })
    an.socket.emit('meeting:join')
    an.socket.emit('votes:cast')
    expect(await an.join()).toMatchObject({ ok: true })
    expect(await meeting.head()).toEqual(before)
  })

  test('a message that is too large ends that screen’s line and nothing else', async () => {
    const [an, binh] = [await meeting.screen('an'), await meeting.screen('binh')]
    const before = await meeting.head()
    an.socket.emit('votes:cast', { commandId: fresh(), data: { voteId, choice: 'a'.repeat(300_000) } }, () => {})
    await an.closed
    expect(await binh.join()).toMatchObject({ ok: true })
    expect(await meeting.head()).toEqual(before)
  })
})

describe('a command that the rules do not allow', () => {
  test('with ids of another meeting', async () => {
    const chair = await meeting.screen('chair')
    const [foreignPaper, foreignVote] = [await other.attach(other.item), await other.openVote()]
    const before = await other.head()
    await expectRefused(chair.send('agenda:startItem', { itemId: other.item }), 'agenda.unknownItem')
    await expectRefused(chair.send('presentation:start', { paperId: foreignPaper }), 'papers.unknown')
    await expectRefused(chair.send('papers:detach', { paperId: foreignPaper }), 'papers.unknown')
    await expectRefused(chair.send('votes:close', { voteId: foreignVote }), 'votes.unknown')
    await expectRefused((await meeting.screen('an')).send('votes:cast', { voteId: foreignVote, choice: 'approve' }), 'votes.unknown')
    expect(await other.head()).toEqual(before)
  })

  test('a ballot twice, by someone not entitled, by someone not present, after closing', async () => {
    const mine = await hall.inSession()
    const vote = await mine.openVote()
    const [an, secretary, guest, chi] = await Promise.all(['an', 'secretary', 'guest', 'chi'].map((personId) => mine.screen(personId)))
    expect(await an!.send('votes:cast', { voteId: vote, choice: 'approve' })).toMatchObject({ ok: true })
    await expectRefused(an!.send('votes:cast', { voteId: vote, choice: 'reject' }), 'votes.alreadyCast', mine)
    await expectRefused(secretary!.send('votes:cast', { voteId: vote, choice: 'approve' }), 'votes.notEntitled', mine)
    await expectRefused(guest!.send('votes:cast', { voteId: vote, choice: 'approve' }), 'permission.denied', mine)
    await mine.do('chi', 'attendance:declare', { presence: 'absent' })
    await expectRefused(chi!.send('votes:cast', { voteId: vote, choice: 'approve' }), 'votes.notPresent', mine)
    await mine.do('chair', 'votes:close', { voteId: vote })
    const binh = await mine.screen('binh')
    await expectRefused(binh.send('votes:cast', { voteId: vote, choice: 'approve' }), 'votes.notOpen', mine)
    await expectRefused(an!.send('votes:cast', { voteId: vote, choice: 'reject' }), 'votes.notOpen', mine)
  })

  test('with the command id of another person', async () => {
    const mine = await hall.inSession()
    const vote = await mine.openVote()
    const [an, binh] = [await mine.screen('an'), await mine.screen('binh')]
    const commandId = fresh()
    expect(await an.send('votes:cast', { voteId: vote, choice: 'approve' }, commandId)).toMatchObject({ ok: true })
    await expectRefused(binh.send('votes:cast', { voteId: vote, choice: 'reject' }, commandId), 'command.idTaken', mine)
    expect(await binh.send('votes:cast', { voteId: vote, choice: 'reject' })).toMatchObject({ ok: true })
  })

  test('more commands than a person can tap are slowed down, and the others are not', async () => {
    const [script, an] = [await meeting.screen('guest'), await meeting.screen('an')]
    const before = await meeting.head()
    const answers = await Promise.all(Array.from({ length: 150 }, () => script.send('agenda:finishItem', { itemId: meeting.item })))
    const slowed = answers.filter((answer) => !answer.ok && answer.code === 'request.tooMany')
    expect(slowed.length).toBeGreaterThan(60)
    expect(slowed[0]).toMatchObject({ params: { seconds: 2 }, sentence: 'Quá nhiều yêu cầu. Xin thử lại sau 2 giây.' })
    expect(await meeting.head()).toEqual(before)
    expect(await an.send('attendance:declare', { presence: 'atSite', siteId: 'site-1' })).toMatchObject({ ok: true })
  })
})

describe('a handshake', () => {
  const attempt = async (options: Parameters<typeof LiveClient.connect>[3], cookie?: string, meetingId = meeting.meetingId) =>
    LiveClient.connect(hall, cookie ?? (await hall.cookie('an')), meetingId, options).then(
      (client) => (client.close(), { reason: null, message: 'connected' }),
      ({ reason, message }: { reason: { code: string; sentence: string } | null; message: string }) => ({ reason, message }),
    )

  test('of a page older than the hub is told to reload, in its language', async () => {
    const auth = { protocol: protocolVersion - 1, language: 'en', projector: false }
    expect((await attempt({ auth })).reason).toEqual({ code: 'client.tooOld', sentence: 'There is a newer version of this application. Please reload the page.' })
    expect((await attempt({ auth: { protocol: 0 } })).reason?.code).toBe('client.tooOld')
  })

  test.each<[string, Record<string, unknown>]>([
    ['nothing', {}],
    ['a protocol in letters', { protocol: '1', language: 'vi', projector: false }],
    ['a language we do not speak', { protocol: protocolVersion, language: 'fr', projector: false }],
    ['an unknown field', { protocol: protocolVersion, language: 'vi', projector: false, personId: 'chair' }],
    ['no word about the projector', { protocol: protocolVersion, language: 'vi' }],
  ])('with %s is refused', async (_name, auth) => {
    expect((await attempt({ auth })).reason?.code).toBe('request.malformed')
  })

  test('without a meeting’s id, or with a strange one, is refused', async () => {
    for (const query of [{}, { meetingId: '' }, { meetingId: '../secret' }, { meetingId: 'x'.repeat(65) }]) {
      expect((await attempt({ query: query as Record<string, string> })).reason?.code).toBe('request.malformed')
    }
  })

  test('without a session, with a wrong or an expired one, is refused', async () => {
    const { cookieName, sessions } = hall.test.hub.directory
    const { token, sessionId } = await sessions.begin('an', '127.0.0.1')
    await sessions.end(sessionId)
    for (const cookie of ['', `${cookieName}=`, `${cookieName}=${'A'.repeat(43)}`, `${cookieName}=${token}`, `other=${token}`]) {
      expect((await attempt({}, cookie)).reason?.code, cookie).toBe('session.required')
    }
  })

  test('to a meeting that is not there, not his, or still a draft, gets one and the same answer', async () => {
    const draft = await hall.draft()
    const wanted = { reason: { code: 'notFound', sentence: 'Không tìm thấy nội dung này.' } }
    expect(await attempt({}, undefined, 'no-such-meeting')).toMatchObject(wanted)
    expect(await attempt({}, undefined, 'constructor')).toMatchObject(wanted)
    expect(await attempt({}, await hall.cookie('outsider'))).toMatchObject(wanted)
    expect(await attempt({}, await hall.cookie('an'), draft.meetingId)).toMatchObject(wanted)
    expect(await attempt({ projector: true }, await hall.cookie('an'))).toMatchObject(wanted)
    expect(await attempt({}, await hall.cookie('secretary'), draft.meetingId)).toMatchObject({ message: 'connected' })
  })

  test('from a foreign page, or from nowhere, is refused before the upgrade', async () => {
    const { port } = new URL(hall.url)
    const origins = [null, 'null', 'https://evil.example', `http://localhost:${Number(port) + 1}`, `https://localhost:${port}`, `http://localhost.evil.example:${port}`, `http://evil.example/${hall.url}`, 'file://', '']
    for (const origin of origins) {
      expect(await upgradeStatus(Number(port), meeting.meetingId, await hall.cookie('an'), origin), String(origin)).toBe('HTTP/1.1 400 Bad Request')
      expect(await attempt({ origin }), String(origin)).toMatchObject({ reason: null, message: 'websocket error' })
    }
    expect(await upgradeStatus(Number(port), meeting.meetingId, await hall.cookie('an'), hall.url)).toBe('HTTP/1.1 101 Switching Protocols')
  })

  test('at a path that nobody serves, broken off hard, does not end the hub', async () => {
    const line = connect(Number(new URL(hall.url).port), '127.0.0.1').on('error', () => {})
    line.write('GET /elsewhere HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n')
    await new Promise((resolve) => setTimeout(resolve, 200))
    line.resetAndDestroy()
    // An exception that nobody catches fails this file.
    await new Promise((resolve) => setTimeout(resolve, 200))
    expect((await fetch(`${hall.url}/healthz`)).status).toBe(200)
  })

  test('by long-polling, which we do not offer, is refused', async () => {
    const answer = await hall.test.request(`/live/?EIO=4&transport=polling&meetingId=${meeting.meetingId}`, { cookie: await hall.cookie('an') })
    expect(answer.status).toBe(400)
  })
})

/** The first line of the answer to a bare upgrade request. */
function upgradeStatus(port: number, meetingId: string, cookie: string, origin: string | null): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, 'localhost', () => {
      socket.write([
        `GET /live/?EIO=4&transport=websocket&meetingId=${meetingId} HTTP/1.1`, `Host: localhost:${port}`, 'Connection: Upgrade', 'Upgrade: websocket',
        'Sec-WebSocket-Version: 13', 'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==', `Cookie: ${cookie}`, ...(origin === null ? [] : [`Origin: ${origin}`]), '', '',
      ].join('\r\n'))
    })
    socket.once('data', (data) => {
      resolve(String(data).split('\r\n', 1)[0] ?? '')
      socket.destroy()
    })
    socket.once('error', reject)
  })
}
