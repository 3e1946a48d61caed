import { strict as assert } from 'node:assert'
import { createHash } from 'node:crypto'
import type { Store } from '../../../server/store/port.ts'
import { verifyLog } from './chain.ts'
import type { Told } from './writer.ts'

/** Everything told is there, nothing is half there. Returns how many lines were checked. @throws Error otherwise */
export async function verify(store: Store, told: Told[]): Promise<number> {
  const things = await store.records.collection<{ text: string }>({ name: 'things', unique: ['name'] })
  const ends = new Map<string, number>()
  for (const id of ['one', 'two', 'three']) ends.set(id, await verifyLog(store, id))
  const record = await things.get('r')
  if (record) assert.equal(record.value.text, String(record.version))
  const updates = (await store.collab.load('c')).updates.map(update => Number(new TextDecoder().decode(update)))
  assert.deepEqual(updates, updates.map((_, index) => index))
  for (const line of told) {
    if (line.part === 'log') assert(ends.get(line.id)! >= line.lastSeq, `log ${line.id} ends at ${ends.get(line.id)}, ${line.lastSeq} was acknowledged`)
    else if (line.part === 'record') assert((record?.version ?? 0) >= line.version, `record at ${record?.version}, ${line.version} was acknowledged`)
    else if (line.part === 'collab') assert(updates.length > line.number, `${updates.length} updates, number ${line.number} was acknowledged`)
    else assert.deepEqual(await store.blobs.stat(line.sha256), { sha256: line.sha256, size: line.size })
  }
  // Whole, not only named: the newest are the ones that could be torn.
  for (const line of told.filter(line => line.part === 'blob').slice(-5)) {
    const hash = createHash('sha256')
    for await (const chunk of store.blobs.open(line.sha256)) hash.update(chunk as Buffer)
    assert.equal(hash.digest('hex'), line.sha256)
  }
  return told.length
}
