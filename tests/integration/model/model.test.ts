import fc from 'fast-check'
import { expect, test } from 'vitest'
import { isPresent } from '../../../shared/meeting/attendance/quorum.ts'
import { isRefusal } from '../../../shared/meeting/command.ts'
import { waitingOn } from '../../../shared/meeting/floor/order.ts'
import { onFloor } from '../../../shared/meeting/floor/turn.ts'
import type { MeetingState } from '../../../shared/meeting/state.ts'
import { participants, Play } from '../../support/meeting/history.ts'
import { actOf, commandOf, dice, people, weights, type Dice } from '../../support/meeting/model-acts.ts'
import { Model, type Act } from '../../support/meeting/model.ts'
import { nightly } from '../../support/nightly.ts'
import { divergences } from './divergences.ts'

const seed = Number(process.env.SEED ?? Date.now() % 2 ** 31)
const runs = Number(process.env.MODEL_RUNS ?? (nightly ? 100_000 : 10_000))

/** What both must agree on, in the same words. */
const byId = <T>(entries: Iterable<readonly [string, T]>) => Object.fromEntries([...entries].sort(([a], [b]) => (a < b ? -1 : 1)))

function seen(state: MeetingState): object {
  const ballots = (voteId: string) => byId((state.votes[voteId]?.ballots ?? []).map((one) => [one.personId, 'choice' in one ? one.choice : 'sealed' in one ? 'sealed' : 'list'] as const))
  return {
    status: state.lifecycle.status,
    people: byId(Object.values(state.participants).map(({ personId, role, votes }) => [personId, `${role} ${votes}`] as const)),
    here: people.filter((id) => isPresent(state, id)),
    items: byId(Object.values(state.items).map(({ itemId, parentId, status }) => [itemId, `${parentId} ${status}`] as const)),
    open: state.floor.open,
    waiting: byId([null, ...Object.keys(state.items)].map((list) => [list ?? '', waitingOn(state.floorEntries, list).map(({ entryId }) => entryId)] as const).filter(([, line]) => line.length > 0)),
    speeches: byId(onFloor(state).map(({ entryId, status }) => [entryId, status] as const)),
    votes: byId(Object.values(state.votes).map(({ voteId, status, entitled, result }) => [voteId, { status, entitled: [...entitled].sort(), ballots: ballots(voteId), passed: result?.passed ?? null }] as const)),
  }
}

function told({ status, people: seats, here, items, votes, floor }: Model): object {
  return {
    status,
    people: byId([...seats].map(([id, one]) => [id, `${one.role} ${one.votes}`] as const)),
    here: people.filter((id) => here.get(id)),
    items: byId([...items].map(([id, one]) => [id, `${one.parent} ${one.status}`] as const)),
    open: floor.open,
    waiting: byId([...floor.lines].filter(([, line]) => line.length > 0)),
    speeches: byId([...floor.speeches].map(([id, runs]) => [id, runs ? 'speaking' : 'paused'] as const)),
    votes: byId([...votes].map(([id, vote]) => [id, {
      status: vote.status, entitled: [...vote.entitled].sort(), passed: vote.passed,
      ballots: byId([...vote.ballots].map(([who, choice]) => [who, vote.secret ? 'sealed' : choice] as const)),
    }] as const)),
  }
}

let played = 0
const done = new Map<string, number>()

class Step implements fc.Command<Model, Play> {
  readonly dice: Dice
  act: Act | null = null

  constructor(dice: Dice) {
    this.dice = dice
  }

  check = () => true

  run(model: Model, real: Play): void {
    const act = (this.act = actOf(model, this.dice))
    const { decision } = real.send(act.by === 'hub' ? null : act.by, commandOf(act, model))
    const facts = isRefusal(decision) ? [] : decision
    const made = facts.flatMap((fact) => (fact.type === 'agenda.itemAdded' ? fact.data.itemId : fact.type === 'vote.drafted' ? fact.data.voteId : fact.type === 'floor.requested' ? fact.data.entryId : []))[0] ?? 'refused'
    const allowed = model.step(act, made)
    played += 1
    if (allowed) done.set(act.do, (done.get(act.do) ?? 0) + 1)
    const words = JSON.stringify(act)
    if (allowed === isRefusal(decision)) throw new Error(`${words}: the model ${allowed ? 'does it' : 'refuses'}, the meeting ${isRefusal(decision) ? `refuses: ${decision.code}` : 'does it'}`)
    if (allowed) expect(seen(real.state), words).toEqual(told(model))
  }

  toString(): string {
    return JSON.stringify(this.dice)
  }
}

/** Both as they are after the meeting was made; most histories begin in session, with everybody there. */
function begin(inSession: boolean): { model: Model; real: Play } {
  const real = new Play()
  const model = new Model()
  for (const { personId, role, votes } of participants) model.people.set(personId, { role, votes })
  if (inSession) {
    const acts: Act[] = [
      { do: 'addItem', by: 'secretary', parent: null }, { do: 'addItem', by: 'secretary', parent: null }, { do: 'publish', by: 'secretary' }, { do: 'open', by: 'chair' },
      ...participants.map(({ personId }): Act => ({ do: 'declare', by: personId, person: personId, here: true })),
    ]
    for (const act of acts) {
      const { decision } = real.send(act.by, commandOf(act, model))
      const [fact] = isRefusal(decision) ? [] : decision
      model.step(act, fact?.type === 'agenda.itemAdded' ? fact.data.itemId : '')
    }
  }
  expect(seen(real.state)).toEqual(told(model))
  return { model, real }
}

test(`PROOF R16: the meeting and a model of it do the same, ${runs} times over (seed ${seed})`, { timeout: 1_200_000 }, () => {
  fc.assert(
    fc.property(fc.nat(9), fc.commands([dice.map((one) => new Step(one))], { maxCommands: 60, size: 'max' }), (start, commands) => {
      fc.modelRun(() => begin(start > 2), commands)
    }),
    { seed, numRuns: runs },
  )
  console.log(`R16, seed ${seed}: ${runs} runs, ${played} commands, 0 divergences; done: ${[...done].map(([name, count]) => `${name} ${count}`).join(', ')}`)
  for (const name of Object.keys(weights)) expect(done.get(name) ?? 0, `${name} was done`).toBeGreaterThan(runs / 1000)
})

test.each(divergences)('what once was done differently: $was', ({ start, steps }) => {
  const { model, real } = begin(start)
  for (const one of steps) new Step(one).run(model, real)
})
