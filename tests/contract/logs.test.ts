import { randomBytes } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { LARGEST_VALUE, LogConflict, ValueTooLarge, type Store } from '../../server/store/port.ts'
import { adapters, collect, DIFFICULT, facts, HASH, type Place } from './adapters.ts'

describe.each(adapters())('logs: $name', adapter => {
  let place: Place
  let store: Store
  let other: Store
  let logId = ''
  let made = 0
  const newLog = () => (logId = `meeting/${++made}-${randomBytes(4).toString('hex')}`)

  beforeAll(async () => {
    place = adapter.makePlace()
    store = await place.open()
    other = adapter.shared ? await place.open() : store
  })
  afterAll(async () => {
    await store.close()
    if (other !== store) await other.close()
    await place.forget()
  })

  test('what was appended is read again, append by append, and the head is the last of them', async () => {
    newLog()
    expect(await store.logs.head(logId)).toBeNull()
    expect(await collect(store.logs.read(logId, 0))).toEqual([])
    expect(await collect(store.logs.commands(logId))).toEqual([])
    await store.logs.append(logId, 0, facts(1, 3), HASH)
    await store.logs.append(logId, 3, facts(4, 1), 'cd'.repeat(32))
    expect(await collect(store.logs.read(logId, 0))).toEqual([
      { firstSeq: 1, lastSeq: 3, facts: facts(1, 3), hash: HASH },
      { firstSeq: 4, lastSeq: 4, facts: facts(4, 1), hash: 'cd'.repeat(32) },
    ])
    expect(await store.logs.head(logId)).toEqual({ lastSeq: 4, hash: 'cd'.repeat(32) })
  })

  test.each([[0, [1, 4, 5]], [1, [1, 4, 5]], [2, [1, 4, 5]], [3, [4, 5]], [4, [5]], [8, [5]], [9, []], [1000, []]])(
    'reading since %i begins with the append that holds the next fact', async (sinceSeq, firsts) => {
      newLog()
      await store.logs.append(logId, 0, facts(1, 3), HASH)
      await store.logs.append(logId, 3, facts(4, 1), HASH)
      await store.logs.append(logId, 4, facts(5, 5), HASH)
      expect((await collect(store.logs.read(logId, sinceSeq))).map(append => append.firstSeq)).toEqual(firsts)
    })

  test('an append anywhere but at the end is a conflict and writes nothing', async () => {
    newLog()
    await expect(store.logs.append(logId, 1, facts(2, 1), HASH)).rejects.toThrow(LogConflict)
    await store.logs.append(logId, 0, facts(1, 3), HASH)
    for (const afterSeq of [0, 1, 2, 4, 100]) {
      const refused = store.logs.append(logId, afterSeq, facts(afterSeq + 1, 2), HASH)
      await expect(refused).rejects.toMatchObject({ name: 'LogConflict', logId, afterSeq })
    }
    expect((await collect(store.logs.read(logId, 0))).map(append => append.lastSeq)).toEqual([3])
  })

  test('the same append again is a conflict: the sender reads and finds his first try', async () => {
    newLog()
    await store.logs.append(logId, 0, facts(1, 2), HASH)
    await expect(store.logs.append(logId, 0, facts(1, 2), HASH)).rejects.toThrow(LogConflict)
  })

  test('facts that are not consecutive, or none, are refused', async () => {
    newLog()
    await expect(store.logs.append(logId, 0, [], HASH)).rejects.toThrow(RangeError)
    await expect(store.logs.append(logId, 0, facts(2, 1), HASH)).rejects.toThrow(RangeError)
    await expect(store.logs.append(logId, 0, [...facts(1, 1), ...facts(3, 1)], HASH)).rejects.toThrow(RangeError)
    expect(await store.logs.head(logId)).toBeNull()
  })

  test('of writers that race for the same place exactly one wins, and the log has no hole and no double', async () => {
    newLog()
    let end = 0
    for (let round = 0; round < 30; round++) {
      const writers = Array.from({ length: 6 }, (_, index) => (index % 2 === 0 ? store : other))
      const results = await Promise.allSettled(writers.map((writer, index) =>
        writer.logs.append(logId, end, facts(end + 1, 1 + index, { by: `writer-${index}` }), HASH)))
      const winner = results.findIndex(result => result.status === 'fulfilled')
      expect(results.filter(result => result.status === 'fulfilled')).toHaveLength(1)
      for (const result of results) if (result.status === 'rejected') expect(result.reason).toBeInstanceOf(LogConflict)
      end += 1 + winner
    }
    const appends = await collect(other.logs.read(logId, 0))
    expect(appends.flatMap(append => append.facts.map(fact => fact.seq))).toEqual(Array.from({ length: end }, (_, index) => index + 1))
  })

  test('one log\'s conflict does not fail what is written together with it', async () => {
    newLog()
    const logs = Array.from({ length: 20 }, (_, index) => `${logId}/${index}`)
    const results = await Promise.allSettled(logs.map((id, index) => store.logs.append(id, index % 3 === 0 ? 5 : 0, facts(index % 3 === 0 ? 6 : 1, 1), HASH)))
    expect(results.map(result => result.status)).toEqual(logs.map((_, index) => (index % 3 === 0 ? 'rejected' : 'fulfilled')))
  })

  test('commands are traced with their sender and their first and last fact, facts without one left out', async () => {
    newLog()
    await store.logs.append(logId, 0, [...facts(1, 2, { commandId: 'first', by: 'a' }), ...facts(3, 1, { commandId: null, by: null })], HASH)
    await store.logs.append(logId, 3, facts(4, 1, { commandId: null, by: null }), HASH)
    await store.logs.append(logId, 4, [...facts(5, 1, { commandId: 'second', by: 'b' }), ...facts(6, 3, { commandId: 'third', by: null })], HASH)
    expect(await collect(store.logs.commands(logId))).toEqual([
      { commandId: 'first', by: 'a', from: 1, to: 2 },
      { commandId: 'second', by: 'b', from: 5, to: 5 },
      { commandId: 'third', by: null, from: 6, to: 8 },
    ])
  })

  test('difficult letters, keys and numbers come back as they went in', async () => {
    newLog()
    const written = facts(1, 2, { data: DIFFICULT, type: 'thử.nghiệm', by: 'ng\u01b0\u01a1\u0300i', commandId: '$x.y' })
    await store.logs.append(logId, 0, written, HASH)
    const [append] = await collect(store.logs.read(logId, 0))
    expect(append?.facts).toEqual(written)
    expect(JSON.stringify(append?.facts[0]?.data['composed'])).toBe(JSON.stringify(DIFFICULT['composed']))
    expect(Object.keys(append?.facts[0]?.data ?? {}).sort()).toEqual(Object.keys(DIFFICULT).sort())
    expect(({} as { polluted?: boolean }).polluted).toBeUndefined()
  })

  test.each([['a lone surrogate', '\ud800'], ['NaN', Number.NaN], ['Infinity', Infinity]])('%s is refused and nothing is written', async (_, value) => {
    newLog()
    await expect(store.logs.append(logId, 0, facts(1, 1, { data: { value } }), HASH)).rejects.toThrow()
    expect(await store.logs.head(logId)).toBeNull()
  })

  test('an append of 1 MB facts works; one beyond the limit is refused', async () => {
    newLog()
    const large = facts(1, 5, { data: { text: 'ề'.repeat(350_000) } })
    await store.logs.append(logId, 0, large, HASH)
    expect((await collect(store.logs.read(logId, 0)))[0]?.facts).toEqual(large)
    await expect(store.logs.append(logId, 5, facts(6, 1, { data: { text: 'ề'.repeat(LARGEST_VALUE / 3) } }), HASH)).rejects.toThrow(ValueTooLarge)
    expect((await store.logs.head(logId))?.lastSeq).toBe(5)
  })

  test('a long log of small and large appends is read whole, and reading may stop early', async () => {
    newLog()
    let end = 0
    const pending: Promise<void>[] = []
    for (let index = 0; index < 700; index++) {
      const count = 1 + (index % 4)
      const data = { text: index % 100 === 0 ? 'x'.repeat(700_000) : 'ngắn' }
      pending.push(store.logs.append(logId, end, facts(end + 1, count, { data }), HASH))
      if (adapter.shared) await pending.at(-1)
      end += count
    }
    await Promise.all(pending)
    let seq = 0
    for await (const append of store.logs.read(logId, 0)) for (const fact of append.facts) expect(fact.seq).toBe(++seq)
    expect(seq).toBe(end)
    expect((await collect(store.logs.commands(logId))).map(trace => trace.from)).toEqual(Array.from({ length: end }, (_, index) => index + 1))
    for await (const append of store.logs.read(logId, 0)) {
      expect(append.firstSeq).toBe(1)
      break
    }
  })

  test('a long stretch without commands does not end the list of commands', async () => {
    newLog()
    const pending: Promise<void>[] = []
    const count = adapter.shared ? 100 : 2_500
    for (let seq = 1; seq <= count; seq++) {
      pending.push(store.logs.append(logId, seq - 1, facts(seq, 1, seq === 1 || seq === count ? {} : { commandId: null }), HASH))
      if (adapter.shared) await pending.at(-1)
    }
    await Promise.all(pending)
    expect((await collect(store.logs.commands(logId))).map(trace => trace.from)).toEqual([1, count])
  })

  test('logs are listed by prefix, in order of their bytes, and the prefix means itself', async () => {
    const prefix = `${newLog()}%_.*/`
    const names = ['b', 'a', 'a/2', 'B', ...(adapter.byteOrder ? ['\u{1f5f3}', '\uff5e'] : []), 'đ', ''].map(end => prefix + end)
    for (const name of [...names, `${logId}xx/`, `${logId}%_.*`]) await store.logs.append(name, 0, facts(1, 1), HASH)
    await store.logs.append(names[0]!, 1, facts(2, 1), HASH)
    const inOrder = [...names].sort((one, two) => Buffer.compare(Buffer.from(one), Buffer.from(two)))
    expect(await collect(store.logs.list(prefix))).toEqual(inOrder)
    expect(await collect(store.logs.list(`${prefix}none`))).toEqual([])
  })
})
