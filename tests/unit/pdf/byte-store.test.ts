import fc from 'fast-check'
import { expect, test } from 'vitest'
import { ByteStore } from '../../../client/pdf/byteStore.ts'

const size = 200
const file = Uint8Array.from({ length: size }, (_, index) => index)

test('whatever arrives in whatever order, what is there is right and what is missing is said', () => {
  fc.assert(fc.property(fc.array(fc.tuple(fc.nat(size - 1), fc.integer({ min: 1, max: 60 })), { maxLength: 30 }), fc.nat(size - 1), fc.integer({ min: 1, max: 120 }), (arrivals, from, length) => {
    const store = new ByteStore(size)
    const there = new Set<number>()
    for (const [begin, count] of arrivals) {
      const end = Math.min(size, begin + count)
      store.add(begin, file.subarray(begin, end))
      for (let at = begin; at < end; at++) there.add(at)
    }
    const to = Math.min(size, from + length)
    const missing = new Set(store.missing(from, to).flatMap(({ begin, end }) => Array.from({ length: end - begin }, (_, index) => begin + index)))
    for (let at = from; at < to; at++) expect(missing.has(at)).toBe(!there.has(at))
    if (missing.size === 0) expect([...store.read(from, to)]).toEqual([...file.subarray(from, to)])
    let reach = from
    while (there.has(reach)) reach++
    expect(store.reachFrom(from)).toBe(reach)
  }))
})

test('what was given away is forgotten, the rest stays', () => {
  const store = new ByteStore(size)
  store.add(0, file)
  store.forgetBefore(70)
  expect(store.missing(0, size)).toEqual([{ begin: 0, end: 70 }])
  expect([...store.read(70, 90)]).toEqual([...file.subarray(70, 90)])
})

test('bytes beyond the end of the file are not taken', () => {
  const store = new ByteStore(10)
  store.add(5, Uint8Array.of(5, 6, 7, 8, 9, 10, 11))
  expect(store.missing(0, 10)).toEqual([{ begin: 0, end: 5 }])
  expect([...store.read(5, 10)]).toEqual([5, 6, 7, 8, 9])
})
