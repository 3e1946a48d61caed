import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { DuplicateKey, LARGEST_VALUE, ValueTooLarge, VersionConflict, type Collection, type CollectionShape, type Store } from '../../server/store/port.ts'
import { adapters, DIFFICULT, type Place } from './adapters.ts'

interface Person { userName?: string | null; email?: string | null; unit?: string | null; age?: number | null; active?: boolean; note?: unknown }

const SHAPE: CollectionShape = { name: 'people', unique: ['userName', 'email'], indexes: ['unit', 'age', 'active'] }

describe.each(adapters())('records: $name', adapter => {
  let place: Place
  let store: Store
  let people: Collection<Person>

  beforeAll(async () => {
    place = adapter.makePlace()
    store = await place.open()
    people = await store.records.collection<Person>(SHAPE)
  })
  beforeEach(async () => void (await people.removeWhere({})))
  afterAll(async () => {
    await store.close()
    await place.forget()
  })

  test('a record is inserted once, at version 1', async () => {
    expect(await people.get('an')).toBeNull()
    await people.insert('an', { userName: 'an', age: 40 })
    expect(await people.get('an')).toEqual({ id: 'an', version: 1, value: { userName: 'an', age: 40 } })
    await expect(people.insert('an', { userName: 'other' })).rejects.toMatchObject({ name: 'DuplicateKey', field: 'id' })
    expect((await people.get('an'))?.value.userName).toBe('an')
  })

  test('a replacement needs the version that is there, and takes away what it does not name', async () => {
    await people.insert('an', { userName: 'an', email: 'an@x', unit: 'u' })
    await people.replace('an', 1, { userName: 'an' })
    expect(await people.get('an')).toEqual({ id: 'an', version: 2, value: { userName: 'an' } })
    expect(await people.find({ unit: 'u' })).toEqual([])
    for (const version of [0, 1, 3]) await expect(people.replace('an', version, {})).rejects.toThrow(VersionConflict)
    await expect(people.replace('nobody', 1, {})).rejects.toThrow(VersionConflict)
    await people.insert('binh', { email: 'an@x' })
  })

  test('of replacements that race from one version exactly one wins', async () => {
    const second = adapter.shared && adapter.atomicUpdates ? await place.open() : store
    const same = await second.records.collection<Person>(SHAPE)
    await people.insert('an', { age: 0 })
    for (let version = 1; version <= 20; version++) {
      const results = await Promise.allSettled(Array.from({ length: 6 }, (_, index) => (index % 2 ? people : same).replace('an', version, { age: index })))
      expect(results.filter(result => result.status === 'fulfilled')).toHaveLength(1)
      for (const result of results) if (result.status === 'rejected') expect(result.reason).toBeInstanceOf(VersionConflict)
    }
    if (second !== store) await second.close()
  })

  test('put writes whether the record was there or not, and the version grows', async () => {
    await people.put('an', { userName: 'an', unit: 'u' })
    await people.put('an', { userName: 'an2' })
    expect(await people.get('an')).toEqual({ id: 'an', version: 2, value: { userName: 'an2' } })
    expect(await people.find({ unit: 'u' })).toEqual([])
    await Promise.all(Array.from({ length: 8 }, (_, index) => people.put('new', { age: index })))
    expect((await people.get('new'))?.version).toBe(8)
  })

  test('a unique field is taken for insert, replace and put alike, and says which; null and missing do not collide', async () => {
    await people.insert('an', { userName: 'an', email: 'an@x' })
    await people.insert('binh', { userName: 'binh', email: null })
    await people.insert('chi', { userName: 'chi', email: null })
    await people.insert('dung', {})
    await people.insert('em', { userName: null })
    const taken = (field: string) => expect.objectContaining({ name: 'DuplicateKey', field })
    await expect(people.insert('x', { userName: 'an' })).rejects.toEqual(taken('userName'))
    await expect(people.insert('x', { userName: 'x', email: 'an@x' })).rejects.toEqual(taken('email'))
    await expect(people.put('x', { userName: 'an' })).rejects.toEqual(taken('userName'))
    await expect(people.put('binh', { userName: 'binh', email: 'an@x' })).rejects.toEqual(taken('email'))
    await expect(people.replace('binh', 1, { userName: 'an' })).rejects.toEqual(taken('userName'))
    expect(await people.get('x')).toBeNull()
    expect(await people.get('binh')).toEqual({ id: 'binh', version: 1, value: { userName: 'binh', email: null } })
    await people.replace('an', 1, { userName: 'an', email: 'an@x', age: 1 })
    await people.remove('an')
    await people.insert('x', { userName: 'an', email: 'an@x' })
  })

  test('of inserts that race for one unique value exactly one wins', async () => {
    for (let round = 0; round < 10; round++) {
      const results = await Promise.allSettled(Array.from({ length: 6 }, (_, index) => people.insert(`${round}-${index}`, { userName: `user-${round}` })))
      expect(results.filter(result => result.status === 'fulfilled')).toHaveLength(1)
      for (const result of results) if (result.status === 'rejected') expect(result.reason).toBeInstanceOf(DuplicateKey)
    }
  })

  test('unique compares letters as they are: upper case, composed and decomposed are different', async () => {
    for (const [index, userName] of ['hoà', 'Hoà', 'hoà'.normalize('NFD'), 'hòa'].entries()) await people.insert(`p${index}`, { userName })
    expect(await people.find({ userName: 'hoà'.normalize('NFD') })).toHaveLength(1)
  })

  test('remove says whether there was one', async () => {
    await people.insert('an', {})
    expect(await people.remove('an')).toBe(true)
    expect(await people.remove('an')).toBe(false)
  })

  test('find filters by exact values, by null, and by ranges within one type', async () => {
    await people.insert('a', { unit: 'u1', age: 30, active: true })
    await people.insert('b', { unit: 'u1', age: 40, active: false })
    await people.insert('c', { unit: 'u2', age: 50 })
    await people.insert('d', { unit: null })
    await people.insert('e', { unit: '40' })
    const ids = async (...query: Parameters<typeof people.find>) => (await people.find(...query)).map(record => record.id)
    expect(await ids({})).toEqual(['a', 'b', 'c', 'd', 'e'])
    expect(await ids({ unit: 'u1' })).toEqual(['a', 'b'])
    expect(await ids({ unit: 'u1', age: 40 })).toEqual(['b'])
    expect(await ids({ unit: null })).toEqual(['d'])
    expect(await ids({ age: null })).toEqual(['d', 'e'])
    expect(await ids({ active: true })).toEqual(['a'])
    expect(await ids({ active: false })).toEqual(['b'])
    expect(await ids({ active: 1 })).toEqual([])
    expect(await ids({ unit: 40 })).toEqual([])
    expect(await ids({ age: { $gte: 40 } })).toEqual(['b', 'c'])
    expect(await ids({ age: { $gte: 30, $lt: 50 } })).toEqual(['a', 'b'])
    expect(await ids({ unit: { $gte: 'u1', $lt: 'u2' } })).toEqual(['a', 'b'])
    expect(await ids({ unit: { $gte: '' } })).toEqual(['a', 'b', 'c', 'e'])
    expect(await ids({ unit: { $lt: 100 } })).toEqual([])
    expect(await ids({ id: 'c' })).toEqual(['c'])
    expect(await ids({ id: { $gte: 'c', $lt: 'e' } })).toEqual(['c', 'd'])
    expect(await ids({ userName: '$ne' })).toEqual([])
  })

  test('find sorts by id or a declared field, missing values first, equals by id, and limits', async () => {
    await people.insert('c', { age: 9 })
    await people.insert('a', { age: 10 })
    await people.insert('b', { age: 10 })
    await people.insert('d', {})
    const ids = async (...query: Parameters<typeof people.find>) => (await people.find(...query)).map(record => record.id)
    expect(await ids({}, { descending: true })).toEqual(['d', 'c', 'b', 'a'])
    expect(await ids({}, { sort: 'age' })).toEqual(['d', 'c', 'a', 'b'])
    expect(await ids({}, { sort: 'age', descending: true })).toEqual(['b', 'a', 'c', 'd'])
    expect(await ids({}, { sort: 'age', descending: true, limit: 2 })).toEqual(['b', 'a'])
    expect(await ids({}, { limit: 0 })).toEqual([])
    await people.removeWhere({})
    const units = ['b', 'B', 'đ', 'd', ...(adapter.byteOrder ? ['\u{1f5f3}'] : []), '\uff5e']
    for (const unit of units) await people.insert(unit, { unit })
    expect(await ids({}, { sort: 'unit' })).toEqual([...units].sort((one, two) => Buffer.compare(Buffer.from(one), Buffer.from(two))))
  })

  test('removeWhere removes what matches and says how many', async () => {
    for (let age = 0; age < 10; age++) await people.insert(`p${age}`, { age })
    expect(await people.removeWhere({ age: { $lt: 4 } })).toBe(4)
    expect(await people.removeWhere({ age: { $lt: 4 } })).toBe(0)
    expect(await people.find({})).toHaveLength(6)
  })

  test('a field that is not declared can neither be filtered nor sorted by', async () => {
    await expect(people.find({ note: 'x' })).rejects.toThrow('not declared')
    await expect(people.find({}, { sort: 'note' })).rejects.toThrow('not declared')
    await expect(people.removeWhere({ note: 'x' })).rejects.toThrow('not declared')
    await expect(people.find({ '$where': '1' })).rejects.toThrow('not declared')
  })

  test('a declared field that cannot be compared is refused, and names that are no names too', async () => {
    await expect(people.insert('x', { userName: 5 } as never)).rejects.toThrow(TypeError)
    await expect(people.put('x', { age: [1] } as never)).rejects.toThrow(TypeError)
    await expect(people.replace('x', 1, { unit: {} } as never)).rejects.toThrow(TypeError)
    expect(await people.find({})).toEqual([])
    for (const shape of [{ name: 'a; DROP' }, { name: 'x', indexes: ['a.b'] }, { name: 'x', unique: ['__proto__'] }, { name: 'x', indexes: ['id'] }]) {
      await expect(store.records.collection(shape)).rejects.toThrow('bad')
    }
  })

  test('difficult values and ids come back as they went in; 1 MB fits, more than the limit does not', async () => {
    const id = 'a.b/$c \u{1f5f3} đ'
    await people.insert(id, DIFFICULT as Person)
    expect((await people.get(id))?.value).toEqual(DIFFICULT)
    expect((await people.find({ id }))[0]?.value).toEqual(DIFFICULT)
    await people.put(id, { note: 'ề'.repeat(350_000) })
    expect((await people.get(id))?.value).toEqual({ note: 'ề'.repeat(350_000) })
    await expect(people.put(id, { note: 'x'.repeat(LARGEST_VALUE) })).rejects.toThrow(ValueTooLarge)
    await expect(people.put(id, { note: '\udc00' })).rejects.toThrow()
    expect((await people.get(id))?.version).toBe(2)
  })

  test('declaring a collection again is harmless, may add an index, and collections do not mix', async () => {
    await people.insert('an', { userName: 'an' })
    const again = await store.records.collection<Person>({ ...SHAPE, indexes: [...SHAPE.indexes!, 'note'] })
    const others = await store.records.collection<Person>({ name: 'others', unique: ['userName'] })
    await others.insert('an', { userName: 'an' })
    expect(await again.find({ note: null })).toHaveLength(1)
    await people.remove('an')
    expect(await others.find({})).toHaveLength(1)
  })
})
