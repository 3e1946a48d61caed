/**
 * A hub in a process of its own that ends itself with SIGKILL at a planned moment: the real server and store; only the
 * store's `append` is wrapped, to know when. Settings as for `npm start`. It stands by, everything loaded, until a line on
 * its standard input says how it will end (a Plan, or null).
 */
import { once } from 'node:events'
import { writeSync } from 'node:fs'
import { pino } from 'pino'
import { openHub } from '../../../server/app.ts'
import { readConfig } from '../../../server/config.ts'
import type { Store } from '../../../server/store/port.ts'
import type { Plan, Said } from './plan.ts'

const say = (said: Said) => writeSync(1, `${JSON.stringify(said)}\n`)

function killAt({ logs }: Store, { moment, append: which, spin, fact }: Plan): void {
  const append = logs.append.bind(logs)
  let count = 0
  logs.append = async (logId, afterSeq, facts, hash) => {
    const counts = logId.startsWith('meeting/') && (fact === undefined || facts.some(({ type }) => type === fact))
    if (!counts || (count += 1) !== which) return append(logId, afterSeq, facts, hash)
    const die = () => {
      say({ said: 'killing', moment, from: afterSeq + 1, to: afterSeq + facts.length })
      process.kill(process.pid, 'SIGKILL')
    }
    if (moment === 'before append') die()
    const written = append(logId, afterSeq, facts, hash)
    if (moment === 'during append') {
      // The store's thread works on while this one, which would send the answers, does not.
      await new Promise((resolve) => setImmediate(resolve))
      const until = process.hrtime.bigint() + BigInt(spin) * 1000n
      while (process.hrtime.bigint() < until);
      die()
    }
    await written
    if (moment === 'after append') die()
    // The answers go out before the event loop comes round twice.
    setImmediate(() => setImmediate(die))
  }
}

const [line] = await once(process.stdin, 'data') as [Buffer]
const began = performance.now()
const plan = JSON.parse(String(line)) as Plan | null
const hub = await openHub({ config: readConfig(process.env), log: pino({ level: 'warn' }, pino.destination(2)), clientDir: null })
if (plan && plan.moment !== 'outside') killAt(hub.store, plan)
const port = await hub.listen()
const head = await hub.store.logs.head(`meeting/${process.env.MEETING_ID}`)
say({ said: 'listening', port, seq: head?.lastSeq ?? 0, ms: Math.round(performance.now() - began) })
process.once('SIGTERM', () => void hub.close().then(() => process.exit(0)))
