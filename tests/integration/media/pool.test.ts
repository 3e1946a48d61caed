import { once } from 'node:events'
import { createConnection } from 'node:net'
import { afterEach, describe, expect, test } from 'vitest'
import { pino } from 'pino'
import { WorkerPool } from '../../../media/sfu/pool.ts'
import { freePort, freePorts } from '../../support/free-port.ts'
import { presentWorker } from '../../support/media/worker.ts'

const present = await presentWorker()

let pool: WorkerPool | undefined
afterEach(async () => {
  await pool?.close()
  pool = undefined
})

async function openPool(workers: number, port = 0): Promise<WorkerPool> {
  if ('missing' in present) throw new Error(present.missing)
  pool = await WorkerPool.open({ program: present.program, workers, port, listen: [{ ip: '127.0.0.1', announced: null }], log: pino({ level: 'silent' }) })
  return pool
}

/** The process that carries a leg. */
async function processOf(legId: string): Promise<number> {
  const leg = await pool?.leg(legId)
  if (!leg) throw new Error('no pool')
  return leg.pid
}

describe.skipIf('missing' in present)('the pool of media workers (skipped where there is none; REQUIRE_MEDIA=1 demands it)', () => {
  test('legs are spread over the workers; the same id is the same leg', async () => {
    const opened = await openPool(2)
    const pids = await Promise.all(['a', 'b', 'c', 'd'].map(processOf))
    expect(pids.filter((pid) => pid === pids[0])).toHaveLength(2)
    expect(await opened.leg('a')).toBe(await opened.leg('a'))
  })

  test('all that connect to a worker use its one UDP and one TCP port', async () => {
    const port = await freePort()
    const opened = await openPool(1, port)
    const { router, server } = await opened.leg('a')
    const transports = await Promise.all(Array.from({ length: 10 }, () => router.createWebRtcTransport({ webRtcServer: server, enableTcp: true })))
    expect(new Set(transports.flatMap(({ iceCandidates }) => iceCandidates.map((one) => `${one.protocol} ${one.port}`)))).toEqual(new Set([`udp ${port}`, `tcp ${port}`]))
    const line = createConnection(port, '127.0.0.1')
    await once(line, 'connect')
    line.destroy()
  })

  test('a worker that is killed costs its own legs and nothing else, and they are made anew on the same ports within a second', async () => {
    const port = await freePorts(2)
    const opened = await openPool(2, port)
    const before = await Promise.all(['a', 'b', 'c'].map((id) => opened.leg(id)))
    const lost: string[] = []
    const again = new Promise<void>((resolve) => {
      opened.onLost((id) => {
        lost.push(id)
        void opened.leg(id).then(() => { if (lost.length === 2) resolve() })
      })
    })
    const began = performance.now()
    process.kill(await processOf('a'), 'SIGKILL')
    await again
    expect(performance.now() - began).toBeLessThan(1_000)
    expect(lost.sort()).toEqual(['a', 'c'])
    expect(await opened.leg('b')).toBe(before[1])
    expect(before[1]?.router.closed).toBe(false)
    const renewed = await opened.leg('a')
    expect(renewed.router.closed).toBe(false)
    const transport = await renewed.router.createWebRtcTransport({ webRtcServer: renewed.server })
    expect(transport.iceCandidates[0]?.port).toBe(port)
  })

  test('a worker that is killed again and again is there again', async () => {
    const opened = await openPool(1)
    for (let time = 0; time < 3; time += 1) {
      const gone = new Promise<string>((resolve) => { const end = opened.onLost((id) => { end(); resolve(id) }) })
      process.kill(await processOf('a'), 'SIGKILL')
      expect(await gone).toBe('a')
    }
    expect((await opened.leg('a')).router.closed).toBe(false)
  })

  test('100 legs opened and closed leave nothing behind', async () => {
    const opened = await openPool(1)
    for (let round = 0; round < 10; round += 1) {
      const ids = Array.from({ length: 10 }, (_none, at) => `${round}-${at}`)
      await Promise.all(ids.map(async (id) => {
        const { router, server } = await opened.leg(id)
        await router.createWebRtcTransport({ webRtcServer: server })
      }))
      await Promise.all(ids.map((id) => opened.closeLeg(id)))
    }
    expect(opened.legCount).toBe(0)
    expect(await opened.loads()).toMatchObject([{ routers: 0, transports: 0 }])
  })

  test('ports that are taken are said when the pool opens', async () => {
    if ('missing' in present) return
    const port = await freePorts(2)
    await openPool(1, port + 1)
    await expect(WorkerPool.open({ program: present.program, workers: 2, port, listen: [{ ip: '127.0.0.1', announced: null }], log: pino({ level: 'silent' }) })).rejects.toThrow()
  })
})
