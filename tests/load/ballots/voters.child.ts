/** Voters, in a process of their own. */
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { answerParent } from '../child.ts'
import { Screen } from '../screen.ts'

setFlagsFromString('--expose-gc')
const collectGarbage = runInNewContext('gc') as () => void

let voters: Screen[] = []
let sent = 0
const waiting = new Set<Screen>()
let everybodyHeard = () => {}
let heard = Promise.resolve()

const cast = (voter: Screen, voteId: string) =>
  voter.ask<{ ok: boolean; code?: string }>('votes:cast', { commandId: `ballot-${process.pid}-${++sent}`, data: { voteId, choice: 'approve' } })

function allAcked(answers: { ok: boolean; code?: string }[]): void {
  const refused = answers.find((answer) => !answer.ok)
  if (refused) throw new Error(`a ballot was refused: ${refused.code}`)
}

const tasks = {
  async connect({ url, screens }: { url: string; screens: { query: string; cookie?: string; join: boolean }[] }) {
    voters = screens.map(({ query, cookie }) => new Screen(url, { path: '/live', query, ...(cookie ? { cookie } : {}) }))
    await Promise.all(voters.map(async (voter, index) => {
      await voter.ready
      if (screens[index]?.join) await voter.ask('meeting:join', {})
    }))
  },
  /** From now on it is awaited that every voter hears something. */
  listen() {
    heard = new Promise((resolve) => (everybodyHeard = resolve))
    for (const voter of voters) {
      waiting.add(voter)
      voter.onEvent = () => { if (waiting.delete(voter) && waiting.size === 0) everybodyHeard() }
    }
  },
  /** Resolves when everybody has: nobody votes on what his screen does not show yet. */
  heard: () => heard,
  /** What was heard between two rounds (a result on every screen, on our side only) must not be cleared away in the middle of one. */
  tidy: () => collectGarbage(),
  /** Everybody casts at a moment of his own within `within` ms; milliseconds until each ack. */
  async spread({ voteId, within }: { voteId: string; within: number }) {
    const answers: { ok: boolean }[] = []
    const times = await Promise.all(voters.map((voter, index) => new Promise<number>((resolve, reject) => {
      setTimeout(() => {
        const began = performance.now()
        cast(voter, voteId).then((answer) => { answers.push(answer); resolve(performance.now() - began) }, reject)
      }, (index / voters.length) * within)
    })))
    allAcked(answers)
    return times
  },
  /** Everybody casts at once and waits: a closed loop. Milliseconds until the last ack. */
  async burst({ voteId }: { voteId: string }) {
    const began = performance.now()
    allAcked(await Promise.all(voters.map((voter) => cast(voter, voteId))))
    return performance.now() - began
  },
}

export type VoterTasks = typeof tasks
answerParent(tasks)
