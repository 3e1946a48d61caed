import fc from 'fast-check'
import { expect, test } from 'vitest'
import { isRefusal } from '../../../shared/meeting/command.ts'
import type { CommandType } from '../../../shared/meeting/command.ts'
import { precedence } from '../../../shared/meeting/floor/order.ts'
import type { FloorEntry } from '../../../shared/meeting/floor/state.ts'
import type { Step } from '../../../shared/meeting/project.ts'
import type { MeetingState } from '../../../shared/meeting/state.ts'
import { Play, type Move } from '../../support/meeting/history.ts'

const seed = Number(process.env.SEED ?? Date.now() % 2 ** 31)
const runs = 80

const often: [CommandType, number][] = [
  ['floor:request', 40], ['floor:give', 14], ['floor:move', 8], ['floor:end', 6], ['floor:withdraw', 4], ['floor:invite', 4], ['floor:pause', 4], ['floor:resume', 4],
  ['floor:readd', 3], ['floor:configure', 4], ['floor:setGroups', 1], ['floor:addTime', 3], ['floor:extend', 1], ['floor:open', 2], ['floor:close', 1],
  ['agenda:startItem', 4], ['agenda:finishItem', 2], ['agenda:addItem', 2], ['agenda:changeItem', 1], ['agenda:removeItem', 1], ['attendance:declare', 6],
  ['meeting:recess', 0.5], ['meeting:resume', 2], ['participants:remove', 0.5], ['participants:invite', 1],
].map(([type, weight]) => [type as CommandType, Math.ceil((weight as number) * 10)])

const floorMove: fc.Arbitrary<Move> = fc.record({
  type: fc.oneof(...often.map(([type, weight]) => ({ arbitrary: fc.constant(type), weight }))),
  actor: fc.nat(19), a: fc.nat(999), b: fc.nat(999), c: fc.nat(999), flag: fc.boolean(),
})

/** The lines as they stand, worked out here anew: by rank, whatever the order's own functions say. */
function lines(state: MeetingState): Map<string, FloorEntry[]> {
  const waiting = Object.values(state.floorEntries).filter((one) => one.status === 'waiting')
  const lists = Map.groupBy(waiting, (one) => String(one.itemId))
  for (const line of lists.values()) line.sort((a, b) => (a.rank < b.rank ? -1 : a.rank > b.rank ? 1 : a.entryId < b.entryId ? -1 : 1))
  return lists
}

/** Who stood behind somebody before and stands in front of him now; both waiting on one list both times. */
function jumped(before: MeetingState, after: MeetingState): [string, string][] {
  const found: [string, string][] = []
  const now = new Map([...lines(after)].flatMap(([list, line]) => line.map((one, index) => [one.entryId, { list, index }] as const)))
  for (const line of lines(before).values()) {
    const left = line.map((one) => one.entryId).filter((entryId) => now.has(entryId))
    left.forEach((front, place) => left.slice(place + 1).forEach((behind) => {
      const [a, b] = [now.get(front)!, now.get(behind)!]
      if (a.list === b.list && b.index < a.index) found.push([behind, front])
    }))
  }
  return found
}

function lower(a: readonly [number, number], b: readonly [number, number]): boolean {
  return a[0] < b[0] || (a[0] === b[0] && a[1] < b[1])
}

function check({ before, fact, after }: Step, inTurn: Set<string>): void {
  const { floorEntries, floor } = after
  if (fact.type === 'floor.moved') {
    expect(fact.data.reason.trim(), 'moved by hand with a reason').not.toBe('')
    expect(floorEntries[fact.data.entryId]?.moved, 'and a mark that all can see').toEqual({ by: fact.by, at: fact.at, reason: fact.data.reason })
  } else {
    expect(jumped(before, after), `${fact.type} changes nobody's order`).toEqual([])
  }
  if (fact.type === 'floor.requested' && fact.data.kind !== 'answer' && !inTurn.has(fact.data.entryId)) {
    const line = lines(after).get(String(fact.data.itemId)) ?? []
    const own = precedence(floorEntries, floor.settings, fact.data)
    const passed = line.slice(line.findIndex((one) => one.entryId === fact.data.entryId) + 1)
    for (const one of passed) expect(lower(own, precedence(floorEntries, floor.settings, one)), `${fact.data.kind} passes ${one.kind}`).toBe(true)
  }
  if (fact.type === 'floor.given' && fact.data.reason !== null) {
    expect(floorEntries[fact.data.entryId]?.moved?.reason).toBe(fact.data.reason)
  }
}

/** Who is passed over when this one is called: in front of him on the list, and not known to be away. */
function passedOver(before: MeetingState, entryId: string, list: string): FloorEntry[] {
  const line = lines(before).get(list) ?? []
  const away = (personId: string | null) => {
    if (personId === null) return false
    const presence = before.attendance[personId]?.intervals.at(-1)?.presence
    return before.participants[personId] === undefined || presence === 'absent' || (presence === undefined && before.floor.settings.presentOnly)
  }
  const place = line.findIndex((one) => one.entryId === entryId)
  // Somebody who had not asked passes the whole line.
  return line.slice(0, place === -1 ? line.length : place).filter((one) => !away(one.personId))
}

test(`nobody jumps the queue without a recorded reason, and one speaks at a time (seed ${seed})`, { timeout: 120_000 }, () => {
  let played = 0
  const accepted = new Map<string, number>()
  fc.assert(
    fc.property(fc.array(floorMove, { minLength: 150, maxLength: 260 }), (moves) => {
      const play = new Play()
      play.open()
      for (const one of moves) {
        const start = play.state
        const { decision, steps } = play.play(one)
        played += 1
        if (isRefusal(decision)) {
          expect(play.state, 'a refusal changes nothing').toBe(start)
          continue
        }
        accepted.set(one.type, (accepted.get(one.type) ?? 0) + 1)
        const invited = new Set(one.type === 'floor:invite' ? steps.flatMap(({ fact }) => (fact.type === 'floor.given' ? [fact.data.entryId] : [])) : [])
        for (const step of steps) {
          check(step, invited)
          if (step.fact.type !== 'floor.given') continue
          const { entryId, reason } = step.fact.data
          // Called without a reason: nobody who is there stood in front.
          if (reason === null) expect(passedOver(start, entryId, String(step.after.floorEntries[entryId]?.itemId)).map((entry) => entry.entryId)).toEqual([])
        }
        const entries = Object.values(play.state.floorEntries)
        expect(entries.filter((entry) => entry.status === 'speaking').length, 'one speaks').toBeLessThanOrEqual(1)
        for (const entry of entries) {
          expect(entry.runningSince !== null, 'the clock runs for who speaks').toBe(entry.status === 'speaking')
          expect(entry.rank !== '', 'who waits has a place').toBe(entry.status === 'waiting')
        }
        for (const line of lines(play.state).values()) expect(new Set(line.map((entry) => entry.rank)).size, 'no two in one place').toBe(line.length)
        const used = Object.values(play.state.floor.groups).every((group) => group.usedMs >= 0)
        expect(used).toBe(true)
      }
    }),
    { seed, numRuns: runs, endOnFailure: true },
  )
  expect(played).toBeGreaterThanOrEqual(10_000)
  const never = often.map(([type]) => type).filter((type) => type.startsWith('floor:') && !accepted.has(type))
  expect(never, 'every command of the floor was accepted').toEqual([])
  expect(accepted.get('floor:give') ?? 0, 'and the floor was given often').toBeGreaterThan(500)
})

test('recess and the end of the meeting leave nobody speaking', () => {
  const play = new Play()
  play.open()
  const request = play.send('an', { type: 'floor:request', data: { kind: 'speech' } })
  const fact = request.steps[0]?.fact
  if (fact?.type !== 'floor.requested') throw new Error('nothing was requested')
  play.send('chair', { type: 'floor:give', data: { entryId: fact.data.entryId } })
  play.send('chair', { type: 'meeting:recess', data: {} })
  expect(play.state.floorEntries[fact.data.entryId]).toMatchObject({ status: 'paused', pausedBecause: 'recess', runningSince: null })
  play.send('chair', { type: 'meeting:end', data: {} })
  expect(play.state.floorEntries[fact.data.entryId]).toMatchObject({ status: 'finished', pausedBecause: null })
})
