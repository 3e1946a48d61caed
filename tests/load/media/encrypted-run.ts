/** A child of the bench, inside its network namespace: `node encrypted-run.ts ours|janus IP`, prints what one side cost as a line of JSON. */
import { setTimeout as wait } from 'node:timers/promises'
import { peersFolder } from '../../support/peers.ts'
import { presentWorker } from '../../support/media/worker.ts'
import { janusEncrypted, oursEncrypted } from './encrypted.ts'
import { processorMs, realRates } from './generator.ts'

const [name, ip = ''] = process.argv.slice(2)
const folder = peersFolder({ install: true }) ?? ''
const present = await presentWorker()
if ('missing' in present) throw new Error(present.missing)
const side = await (name === 'janus' ? janusEncrypted(present.program, realRates, ip, folder) : oursEncrypted(present.program, realRates))
await wait(4_000)
const [began, before, packets] = [performance.now(), processorMs(side.pid), await side.count()]
await wait(6_000)
const [seconds, used, came] = [(performance.now() - began) / 1_000, processorMs(side.pid) - before, (await side.count()) - packets]
console.log(JSON.stringify({ perSecond: used / seconds, perPacket: (used * 1_000) / came, packets: came / seconds }))
await side.close()
process.exit()
