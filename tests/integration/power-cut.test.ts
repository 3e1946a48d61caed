import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { openSqliteStore } from '../../server/store/sqlite/open.ts'
import type { Synchronous } from '../../server/store/sqlite/thread/database.ts'
import { BEGIN, linkOf } from '../support/powercut/chain.ts'
import { Disk } from '../support/powercut/disk.ts'
import { freshSeed, randomFrom } from '../support/powercut/random.ts'
import { DATA, recordWriter, TOLD } from '../support/powercut/record.ts'
import { scratchFolder } from '../support/powercut/scratch.ts'
import type { DiskEvent } from '../support/powercut/trace.ts'
import { verify } from '../support/powercut/verify.ts'
import type { Told } from '../support/powercut/writer.ts'

/** Acknowledged writes in a recorded run: enough for the write-ahead log to be checkpointed and begun again. */
const LINES = 1_500
/** Under a minute of work; a machine that does seven other things gets its time. */
const PATIENCE = 600_000
/** Disks that are looked at together. */
const AT_ONCE = 3

/** Cuts the power at `cuts` moments of a recorded run, and opens the store on what is left. What went wrong, if anything. */
async function cutPower(synchronous: Synchronous, cuts: number, seed: number, stopAtFirst: boolean) {
  const events = await recordWriter(seed, synchronous, LINES)
  const random = randomFrom(seed)
  const disk = new Disk()
  const told: Told[] = []
  const failures: string[] = []
  let done = 0
  let checked = 0
  const moments = momentsOf(events, cuts, random)
  while (moments.length > 0 && !(stopAtFirst && failures.length > 0)) {
    await Promise.all(moments.splice(0, AT_ONCE).map(async moment => {
      for (; done < moment; done++) tellOrApply(events[done]!, disk, told)
      const promised = told.slice()
      const target = scratchFolder()
      disk.build(target, '.', random)
      try {
        checked += await openAndVerify(join(target, DATA), promised)
      } catch (error) {
        failures.push(`cut after event ${moment} of ${events.length}: ${(error as Error).message}`)
      } finally {
        rmSync(target, { recursive: true, force: true })
      }
    }))
  }
  return { failures, checked, events: events.length, checkpoints: checkpointsIn(events) }
}

/** A third right after an acknowledgement, where a promise is freshest, the others anywhere; in order. */
function momentsOf(events: DiskEvent[], cuts: number, random: () => number): number[] {
  const acknowledged = events.flatMap((event, index) => (isTelling(event) ? [index + 1] : []))
  const moments = Array.from({ length: cuts }, (_, index) =>
    index % 3 === 0 ? acknowledged[Math.floor(random() * acknowledged.length)]! : Math.floor(random() * (events.length + 1)))
  return moments.sort((one, two) => one - two)
}

const isTelling = (event: DiskEvent) => event.op === 'write' && event.path === TOLD

function tellOrApply(event: DiskEvent, disk: Disk, told: Told[]): void {
  if (event.op === 'write' && event.path === TOLD) told.push(JSON.parse(event.data.toString()) as Told)
  else if (event.path !== TOLD) disk.apply(event)
}

function checkpointsIn(events: DiskEvent[]): number {
  return events.filter(event => event.op === 'sync' && event.path === `${DATA}/giao-ban.sqlite`).length
}

async function openAndVerify(dataDir: string, told: Told[]): Promise<number> {
  const store = await openSqliteStore({ dataDir })
  try {
    const checked = await verify(store, told)
    // What was saved can also be gone on with.
    const { lastSeq, hash } = (await store.logs.head('one')) ?? { lastSeq: 0, hash: BEGIN }
    const facts = [{ seq: lastSeq + 1, type: 'test.happened', v: 1, at: 1, by: null, commandId: null, data: {} }]
    await store.logs.append('one', lastSeq, facts, linkOf(hash, facts))
    return checked
  } finally {
    await store.close()
  }
}

describe('power cut', () => {
  test('at 210 moments: everything acknowledged is there, chains verify, the store opens and goes on', async () => {
    const seed = freshSeed()
    const { failures, checked, events, checkpoints } = await cutPower('FULL', 210, seed, false)
    console.log(`power cut: 210 cuts in ${events} disk events (${checkpoints} syncs of the database file), ${checked} promises checked, seed ${seed}`)
    expect(failures).toEqual([])
    expect(checkpoints).toBeGreaterThan(2)
  }, PATIENCE)

  test.each(['NORMAL', 'OFF'] as const)('with synchronous %s acknowledged writes are lost, so the model bites', async synchronous => {
    const seed = freshSeed()
    const { failures } = await cutPower(synchronous, 60, seed, true)
    console.log(`power cut, ${synchronous}: ${failures[0] ?? 'nothing lost'}, seed ${seed}`)
    expect(failures).not.toEqual([])
  })
})
