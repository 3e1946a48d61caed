/** Voters, in a process of their own. */
import { answerParent, collectGarbage } from '../child.ts'
import { Screen } from '../screen.ts'

let voters: Screen[] = []
let sent = 0
const waiting = new Set<Screen>()
let heard = Promise.resolve(0)

const cast = (voter: Screen, voteId: string) =>
  voter.ask<{ ok: boolean; code?: string }>('votes:cast', { commandId: `ballot-${process.pid}-${++sent}`, data: { voteId, choice: 'approve' } })

function acked(answer: { ok: boolean; code?: string }): void {
  if (!answer.ok) throw new Error(`a ballot was refused: ${answer.code}`)
}

const tasks = {
  async connect({ url, screens }: { url: string; screens: { query: string; cookie?: string; join: boolean }[] }) {
    for (let begin = 0; begin < screens.length; begin += 50) {
      await Promise.all(screens.slice(begin, begin + 50).map(async ({ query, cookie, join }, index) => {
        const voter = new Screen(url, { path: '/live', query, ...(cookie ? { cookie } : {}) })
        voters[begin + index] = voter
        await voter.ready
        if (join) await voter.ask('meeting:join', {})
      }))
    }
  },
  /** From now on it is awaited that every voter's screen hears of something that has happened, and of `word` in it. */
  listen({ word }: { word: string }) {
    heard = new Promise((resolve) => {
      for (const voter of voters) {
        waiting.add(voter)
        voter.onEvent = (packet) => {
          if (!packet.startsWith('42["frame"') || !packet.includes(word) || !waiting.delete(voter)) return
          if (waiting.size === 0) resolve(performance.timeOrigin + performance.now())
        }
      }
    })
  },
  /** Resolves, with the wall clock then, when every screen has: nobody votes on what his screen does not show yet. */
  heard: () => heard,
  /** What was heard between two rounds must not be cleared away in the middle of one. */
  tidy: () => collectGarbage(),
  /** Everybody casts at a moment of his own within `within` ms; milliseconds until each ack. */
  async spread({ voteId, within }: { voteId: string; within: number }) {
    return Promise.all(voters.map((voter, index) => new Promise<number>((resolve, reject) => {
      setTimeout(() => {
        const began = performance.now()
        cast(voter, voteId).then((answer) => { acked(answer); resolve(performance.now() - began) }).catch(reject)
      }, (index / voters.length) * within)
    })))
  },
  /** Everybody casts on each vote of the sitting, the next when the last is acknowledged: a closed loop. Milliseconds until the last ack. */
  async sitting({ voteIds }: { voteIds: string[] }) {
    const began = performance.now()
    await Promise.all(voters.map(async (voter) => {
      for (const voteId of voteIds) acked(await cast(voter, voteId))
    }))
    return performance.now() - began
  },
  close() {
    for (const voter of voters) voter.close()
    voters = []
  },
}

export type VoterTasks = typeof tasks
answerParent(tasks)
