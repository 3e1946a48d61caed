import fc from 'fast-check'
import { expect, test } from 'vitest'
import { Audiences, projectAll, type Member } from '../../../server/live/audiences.ts'
import { commandTypes } from '../../../shared/contracts/commands.ts'
import { audienceOf } from '../../../shared/meeting/audience.ts'
import { isRefusal, type Command, type CommandType } from '../../../shared/meeting/command.ts'
import { applyFrame } from '../../../shared/meeting/evolve-view.ts'
import type { Frame } from '../../../shared/meeting/frame.ts'
import type { Step } from '../../../shared/meeting/project.ts'
import { viewOf, type MeetingView } from '../../../shared/meeting/view.ts'
import { allowing } from '../../support/meeting/allowing.ts'
import { move, people, Play, type Move } from '../../support/meeting/history.ts'

/** A tablet or projector as the hub sees it, with the view it folds. */
interface Screen extends Member {
  view: MeetingView
  joinedWith: MeetingView
  joinedAt: number
}

const viewers = people.flatMap((personId) => [{ personId, projector: false }, { personId, projector: true }])
const seed = Number(process.env.SEED ?? Date.now() % 2 ** 31)
const runs = Number(process.env.LAW_RUNS ?? 60)

function fresh(play: Play, viewer: { personId: string; projector: boolean }): MeetingView | null {
  const audience = audienceOf(play.state, viewer)
  return audience && structuredClone(viewOf(play.state, audience, { personId: viewer.personId, projector: viewer.projector }))
}

class Hall {
  readonly play: Play
  readonly audiences = new Audiences<Screen>()
  readonly steps: Step[] = []
  accepted = new Set<string>()
  #group: Step[] = []

  constructor(play: Play, start = 0) {
    this.play = play
    if (start > 0) this.#group.push(...play.open())
    if (start > 2) this.#group.push(...play.openSitting())
  }

  /** Plays moves; facts of several commands are published together, as the host does when commands wait. */
  move(one: Move, flush: boolean): void {
    const { decision, steps } = this.play.play(one)
    if (!isRefusal(decision)) this.accepted.add(one.type)
    this.#group.push(...steps)
    if (flush) this.flush()
  }

  /** Whoever may send it does. */
  sendByAnyone(type: CommandType, data: Command['data']): void {
    for (const personId of [...people, null]) {
      const { decision, steps } = this.play.send(personId, { type, data } as Command)
      if (isRefusal(decision)) continue
      this.accepted.add(type)
      return void this.#group.push(...steps)
    }
  }

  flush(): void {
    const group = this.#group.splice(0)
    this.steps.push(...group)
    const { shared, personal, dismissed } = this.audiences.publish(group)
    // As Socket.IO delivers it: rooms are those before the group, and a screen may hear both a shared and a personal frame.
    for (const screen of [...this.audiences.members()]) {
      const frames = [personal.get(screen), shared.get(screen.audience)].filter((frame): frame is Frame => frame !== undefined)
      for (const frame of frames) this.#hear(screen, JSON.parse(JSON.stringify(frame)) as Frame)
    }
    for (const screen of dismissed) expect(fresh(this.play, screen)).toBeNull()
  }

  joinAll(): void {
    const present = new Set([...this.audiences.members()].map((screen) => `${screen.personId} ${screen.projector}`))
    for (const viewer of viewers) {
      const view = fresh(this.play, viewer)
      if (!view || present.has(`${viewer.personId} ${viewer.projector}`)) continue
      const audience = audienceOf(this.play.state, viewer)?.key ?? ''
      this.audiences.enter({ ...viewer, audience, view, joinedWith: view, joinedAt: this.play.state.seq }, this.play.state.seq)
    }
  }

  #hear(screen: Screen, frame: Frame): void {
    const next = applyFrame(screen.view, frame)
    expect(next, `frame ${frame.from}–${frame.to} joins on to ${screen.view.seq} of ${screen.personId}`).not.toBeNull()
    screen.view = next as MeetingView
  }

  /** The law: what a screen has folded is what it would be told afresh; also when it was away and asks for what it missed. */
  check(): void {
    for (const screen of this.audiences.members()) {
      const expected = { ...fresh(this.play, screen), seq: 0 }
      expect({ ...screen.view, seq: 0 }, `view of ${screen.personId}${screen.projector ? ' (projector)' : ''}`).toEqual(expected)
      const missed = projectAll(this.steps.filter(({ fact }) => fact.seq > screen.joinedAt), screen)
      if (!missed) continue
      const caughtUp = applyFrame(screen.joinedWith, { from: screen.joinedAt + 1, to: this.play.state.seq, facts: missed })
      expect({ ...caughtUp, seq: 0 }).toEqual(expected)
    }
  }
}

test(`old view + frames = fresh view, for every command and every kind of viewer (seed ${seed})`, { timeout: 240_000 }, () => {
  const accepted = new Set<string>()
  fc.assert(
    fc.property(fc.nat(3), fc.array(fc.tuple(move, fc.nat(9)), { minLength: 120, maxLength: 260 }), (start, moves) => {
      const hall = new Hall(new Play(), start)
      hall.flush()
      hall.joinAll()
      for (const [one, dice] of moves) {
        hall.move(one, dice < 6)
        if (dice === 0) hall.joinAll()
        if (dice === 1) hall.check()
      }
      hall.flush()
      hall.joinAll()
      hall.check()
      for (const type of hall.accepted) accepted.add(type)
    }),
    { seed, numRuns: runs, endOnFailure: true },
  )
  // Chance leaves out what needs a certain history; the test below holds for every one.
  expect(accepted.size).toBeGreaterThan(commandTypes.length * (runs < 60 ? 0.6 : 0.7))
})

test.each(commandTypes.filter((type) => type !== 'meeting:create'))('old view + frames = fresh view when %s is done', (type) => {
  const { meeting, data } = allowing[type]()
  const hall = new Hall(meeting)
  hall.joinAll()
  hall.sendByAnyone(type, data)
  expect(hall.accepted, 'somebody may').toContain(type)
  hall.flush()
  hall.check()
})

test('old view + frames = fresh view when entries of open and of confidential items are dropped by one fact', () => {
  const { meeting } = allowing['floor:request']()
  const [open = '', secret = ''] = Object.keys(meeting.state.items)
  meeting.do('chi', 'floor:request', { kind: 'speech', note: 'Riêng cho chủ tọa' })
  meeting.do('chair', 'agenda:startItem', { itemId: secret })
  meeting.do('an', 'floor:request', { kind: 'speech', note: 'Về nội dung mật' })
  const hall = new Hall(meeting)
  hall.joinAll()
  hall.sendByAnyone('agenda:startItem', { itemId: open, waiting: 'drop' })
  hall.flush()
  hall.check()
})
