import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { compare, type Figure } from '../figure.ts'
import { peersFolder } from '../../support/peers.ts'
import { Janus } from './janus.ts'
import { openNamespace } from './namespace.ts'

interface Cost { perSecond: number; perPacket: number; packets: number }

const run = promisify(execFile)
const child = new URL('./encrypted-run.ts', import.meta.url).pathname

/** The same pictures and voices of 24 sites through our room and through Janus's VideoRoom, in a network namespace of their own. */
export async function* besideJanus(): AsyncIterable<Figure> {
  const missing = Janus.atHand() ? (peersFolder({ install: true }) ? null : 'the peers') : 'Debian’s janus'
  const space = missing === null ? await openNamespace(`giao-ban-${process.pid}`) : null
  if (!space) return console.log(`not beside Janus: ${missing ?? 'a network namespace takes root and iproute2'} is missing`)
  const [room, janus]: Cost[][] = [[], []]
  try {
    for (let round = 0; round < 3; round += 1) {
      for (const [name, costs] of [['ours', room], ['janus', janus]] as const) {
        const { stdout } = await run('ip', ['netns', 'exec', space.name, process.execPath, '--disable-warning=ExperimentalWarning', child, name, space.ip], { timeout: 90_000 })
        costs!.push(JSON.parse(stdout.trim().split('\n').at(-1) ?? '') as Cost)
      }
    }
  } finally {
    await space.close()
  }
  const packets = (costs: Cost[]) => Math.round(costs.reduce((sum, one) => sum + one.packets, 0) / costs.length)
  yield compare('Processor for each packet beside Janus 1.1.2', 'µs', room!.map((one) => one.perPacket), janus!.map((one) => one.perPacket), null,
    `24 sites, the speaker's 720p and eight small pictures to each, two voices, SRTP on both ways; ${packets(room!)} packets a second out of our room, ${packets(janus!)} out of VideoRoom with Debian's defaults. RTP generators; its publishers by werift, all receivers by mediasoup`)
}
