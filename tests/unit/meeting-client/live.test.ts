import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { LiveMeeting } from '../../../client/connection/live.ts'
import type { WaitingCommand } from '../../../client/connection/outbox.ts'
import type { LiveState } from '../../../client/connection/state.ts'
import { refusal } from '../../../shared/contracts/refusal.ts'
import { refusalAnswer } from '../../../shared/contracts/sentences.ts'
import { audienceOf } from '../../../shared/meeting/audience.ts'
import type { MeetingState } from '../../../shared/meeting/state.ts'
import { viewOf, type MeetingView } from '../../../shared/meeting/view.ts'
import { prepareMeeting } from '../../support/scene.ts'
import { TinyHub } from '../../support/tiny-hub.ts'

vi.setConfig({ testTimeout: 30_000 })
const soon = <T>(value: () => T) => expect.poll(value, { timeout: 15_000 })

let hub: TinyHub
let address: string
let screens: Screen[]

class Screen {
  view: MeetingView | null = null
  states: LiveState['kind'][] = []
  waiting: readonly WaitingCommand[] = []
  live: LiveMeeting

  constructor(personId: string) {
    this.live = new LiveMeeting(
      { meetingId: hub.meetingId, language: 'vi', projector: false, hub: address, headers: { cookie: `person=${personId}` }, patience: 400 },
      {
        state: ({ kind }) => this.states.push(kind),
        view: (view) => (this.view = view),
        position: () => {}, laser: () => {}, ink: () => {},
        turnouts: () => {},
        connections: () => {},
        waiting: (commands) => (this.waiting = commands),
      },
    )
    screens.push(this)
    this.live.connect()
  }
}

async function joined(personId: string): Promise<Screen> {
  const screen = new Screen(personId)
  await soon(() => screen.view?.seq).toBe(hub.state.seq)
  return screen
}

function fresh(state: MeetingState, personId: string): MeetingView {
  const viewer = { personId, projector: false }
  return viewOf(state, audienceOf(state, viewer)!, viewer)
}

beforeEach(async () => {
  screens = []
  hub = new TinyHub()
  address = await hub.listen()
  prepareMeeting(hub)
})

afterEach(async () => {
  for (const { live } of screens) live.close()
  await hub.close()
})

test('the first join brings the whole view, and every command after it keeps it the fresh one', async () => {
  const delegate = await joined('binh')
  const chair = await joined('an')
  expect(await chair.live.send('meeting:open', {})).toMatchObject({ ok: true })
  expect(await chair.live.send('agenda:startItem', { itemId: Object.keys(hub.state.items)[0]! })).toMatchObject({ ok: true })
  expect(chair.view).toEqual(fresh(hub.state, 'an'))
  await soon(() => delegate.view).toEqual(fresh(hub.state, 'binh'))
})

test('a command resolves only when what it caused is in the view', async () => {
  const chair = await joined('an')
  const outcome = await chair.live.send('meeting:open', {})
  expect(chair.view?.lifecycle.status).toBe('inSession')
  // Opening is on record with the quorum that there was.
  expect(outcome).toEqual({ ok: true, from: hub.state.seq - 1, to: hub.state.seq })
})

test('a refusal is the outcome of a command and changes nothing', async () => {
  const delegate = await joined('binh')
  const outcome = await delegate.live.send('meeting:open', {})
  expect(outcome).toMatchObject({ ok: false, kind: 'refused', refusal: { code: 'permission.denied' } })
  expect(delegate.view?.lifecycle.status).toBe('scheduled')
})

test('a frame that does not join on leads to a new join from the last known fact', async () => {
  const delegate = await joined('binh')
  const known = hub.state.seq
  hub.swallowFrames = 1
  hub.do('an', { type: 'meeting:open', data: {} })
  hub.do('an', { type: 'meeting:recess', data: {} })
  await soon(() => delegate.view).toEqual(fresh(hub.state, 'binh'))
  expect(hub.joins.at(-1)).toEqual({ sinceSeq: known })
  expect(delegate.states).toEqual(['live'])
})

test('a lost frame after an answered command is asked for, so the command still resolves', async () => {
  const chair = await joined('an')
  hub.swallowFrames = 1
  expect(await chair.live.send('meeting:open', {})).toMatchObject({ ok: true })
  expect(chair.view?.lifecycle.status).toBe('inSession')
})

test('frames heard before the answer to the join are kept and folded behind it', async () => {
  hub.beforeJoinAnswer = () => {
    hub.beforeJoinAnswer = () => {}
    hub.do('an', { type: 'meeting:open', data: {} })
  }
  const delegate = new Screen('binh')
  await soon(() => delegate.view?.lifecycle.status).toBe('inSession')
  expect(delegate.view).toEqual(fresh(hub.state, 'binh'))
  expect(hub.joins).toHaveLength(1)
})

test('facts that are already known are passed over when a frame overlaps', async () => {
  const delegate = await joined('binh')
  hub.do('an', { type: 'meeting:open', data: {} })
  await soon(() => delegate.view?.seq).toBe(hub.state.seq)
  hub.swallowFrames = 1
  hub.do('an', { type: 'meeting:recess', data: {} })
  hub.tell('frame', hub.frame(hub.state.seq - 3, hub.state.seq, { personId: 'binh', projector: false }))
  await soon(() => delegate.view).toEqual(fresh(hub.state, 'binh'))
  expect(hub.joins).toHaveLength(1)
})

test('a screen that was cut off says so, comes back by itself and catches up', async () => {
  const delegate = await joined('binh')
  const known = hub.state.seq
  hub.cut()
  await soon(() => delegate.states.at(-1)).toBe('lost')
  hub.do('an', { type: 'meeting:open', data: {} })
  await soon(() => delegate.states.at(-1)).toBe('live')
  expect(hub.joins.at(-1)).toEqual({ sinceSeq: known })
  expect(delegate.view).toEqual(fresh(hub.state, 'binh'))
})

test('a command whose answer was lost with the line is repeated with the same id and done once', async () => {
  const chair = await joined('an')
  hub.swallowAnswers = 1
  const outcome = chair.live.send('meeting:open', {})
  await soon(() => hub.received.length).toBe(1)
  hub.cut()
  expect(await outcome).toMatchObject({ ok: true })
  const ids = hub.received.map(({ commandId }) => commandId)
  expect(ids.length).toBeGreaterThanOrEqual(2)
  expect(new Set(ids).size).toBe(1)
  expect(chair.view).toEqual(fresh(hub.state, 'an'))
})

test('a command without an answer in time is repeated on the same line', async () => {
  const chair = await joined('an')
  hub.swallowAnswers = 1
  expect(await chair.live.send('meeting:open', {})).toMatchObject({ ok: true })
  expect(new Set(hub.received.map(({ commandId }) => commandId)).size).toBe(1)
  expect(hub.received.length).toBe(2)
})

test('“unknown” is not an answer: the command is sent again until there is one', async () => {
  const chair = await joined('an')
  const unknown = { ok: false as const, ...refusalAnswer(refusal('hub.unknown'), 'vi') }
  hub.answerWith = [unknown, unknown]
  expect(await chair.live.send('meeting:open', {})).toMatchObject({ ok: true })
  expect(hub.received).toHaveLength(3)
  expect(new Set(hub.received.map(({ commandId }) => commandId)).size).toBe(1)
})

test('while the hub is out of reach a patient command waits and says so, an impatient one is not sent', async () => {
  const delegate = await joined('binh')
  const port = Number(new URL(address).port)
  await hub.close()
  await soon(() => delegate.states.at(-1)).toBe('lost')
  expect(await delegate.live.send('attendance:declare', { presence: 'inRoom' })).toEqual({ ok: false, kind: 'notConnected' })
  const outcome = delegate.live.send('attendance:declare', { presence: 'inRoom' }, { patient: true })
  expect(delegate.waiting).toMatchObject([{ type: 'attendance:declare', sent: false }])
  await hub.listen(port)
  expect(await outcome).toMatchObject({ ok: true })
  expect(delegate.waiting).toEqual([])
  expect(delegate.view).toEqual(fresh(hub.state, 'binh'))
})

test('a page older than the hub is told so and does not try again', async () => {
  hub.refuseHandshake = refusalAnswer(refusal('client.tooOld'), 'vi')
  const delegate = new Screen('binh')
  await soon(() => delegate.states).toEqual(['outdated'])
  expect(await delegate.live.send('attendance:declare', { presence: 'inRoom' }, { patient: true })).toEqual({ ok: false, kind: 'notConnected' })
})

test('a person who does not take part is refused for good; a hub that is stopping is tried again', async () => {
  const stranger = new Screen('stranger')
  await soon(() => stranger.states).toEqual(['refused'])
  hub.refuseHandshake = refusalAnswer(refusal('hub.stopping'), 'vi')
  const handshakes = hub.handshakes
  const delegate = new Screen('binh')
  await soon(() => hub.handshakes).toBeGreaterThan(handshakes + 1)
  hub.refuseHandshake = null
  await soon(() => delegate.states).toEqual(['live'])
})

test('who is signed out in the middle is told why, and what waits is let go', async () => {
  const delegate = await joined('binh')
  hub.swallowAnswers = 9
  const outcome = delegate.live.send('attendance:declare', { presence: 'inRoom' })
  await soon(() => hub.received.length).toBe(1)
  hub.tell('session:ended', refusalAnswer(refusal('session.required'), 'vi'))
  await soon(() => delegate.states.at(-1)).toBe('refused')
  expect(await outcome).toEqual({ ok: false, kind: 'unanswered' })
})

test('a line that looks open but is dead is found out by a check', async () => {
  const delegate = await joined('binh')
  hub.swallowJoins = 1
  delegate.live.check()
  await soon(() => delegate.states).toEqual(['live', 'lost', 'live'])
})

test('a check of a sound line changes nothing on the screen', async () => {
  const delegate = await joined('binh')
  delegate.live.check()
  await soon(() => hub.joins.length).toBe(2)
  expect(await delegate.live.send('attendance:declare', { presence: 'inRoom' })).toMatchObject({ ok: true })
  expect(delegate.states).toEqual(['live'])
})

test('screens count by the hub’s clock', async () => {
  const delegate = await joined('binh')
  expect(Math.abs(delegate.live.clock.at() - Date.now())).toBeLessThan(200)
})
