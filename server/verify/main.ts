/**
 * `npm run verify`: reads every log of a store that no hub is using, from its first fact, and checks that each append's hash follows
 * from the one before. A snapshot lets a hub start without reading old facts; this reads them all.
 */
import { readConfig } from '../config.ts'
import { chainHash, genesisHash } from '../meetings/chain.ts'
import { openStore } from '../store/open.ts'
import type { Store } from '../store/port.ts'

export interface Verified { logs: number; facts: number; broken: { logId: string; firstSeq: number }[] }

export async function verify({ logs }: Pick<Store, 'logs'>): Promise<Verified> {
  const verified: Verified = { logs: 0, facts: 0, broken: [] }
  for await (const logId of logs.list('')) {
    verified.logs += 1
    let previous = genesisHash
    let reached = 0
    for await (const { facts, firstSeq, lastSeq, hash } of logs.read(logId, 0)) {
      if (firstSeq !== reached + 1 || chainHash(previous, facts) !== hash) {
        verified.broken.push({ logId, firstSeq })
        break
      }
      verified.facts += facts.length
      previous = hash
      reached = lastSeq
    }
  }
  return verified
}

if (import.meta.main) {
  const { dataDir, mongodbUrl } = readConfig(process.env)
  const store = await openStore({ dataDir, mongodbUrl: mongodbUrl ?? undefined })
  const { logs, facts, broken } = await verify(store)
  await store.close()
  for (const { logId, firstSeq } of broken) process.stdout.write(`✗ ${logId}: hỏng từ dữ kiện ${firstSeq} / broken from fact ${firstSeq}\n`)
  if (broken.length === 0) process.stdout.write(`✓ ${logs} nhật ký, ${facts} dữ kiện, chuỗi băm nguyên vẹn / ${logs} logs, ${facts} facts, hash chain intact\n`)
  process.exitCode = broken.length === 0 ? 0 : 1
}
