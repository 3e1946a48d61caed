import canonicalize from 'canonicalize'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { canonicalText } from '../../../server/store/canonical.ts'

describe('the canonical text of a value', () => {
  it('is what the library of the standard writes, for any JSON', () => {
    fc.assert(fc.property(fc.jsonValue({ stringUnit: 'binary' }), (value) => {
      expect(canonicalText(value)).toBe(canonicalize(value))
    }), { numRuns: 2000 })
  })

  it('is the same for keys that look like indexes, prototypes or nothing at all', () => {
    const key = fc.oneof(fc.nat(30).map(String), fc.constantFrom('', '__proto__', 'a', 'B', 'ố', '\u{1f600}', '\ufb33', 'constructor'), fc.string())
    const value = fc.letrec((tie) => ({
      any: fc.oneof({ depthSize: 'small' }, fc.string(), fc.integer(), fc.double({ noNaN: true, noDefaultInfinity: true }), fc.constant(undefined), fc.dictionary(key, tie('any')), fc.array(tie('any'))),
    })).any
    fc.assert(fc.property(fc.array(value), (values) => {
      expect(canonicalText(values)).toBe(canonicalize(values))
    }), { numRuns: 2000 })
  })

  it('does not change the value it writes', () => {
    const value = Object.freeze({ b: 1, a: Object.freeze({ d: null, c: Object.freeze([2, Object.freeze({ z: 1, y: 2 })]) }) })
    expect(canonicalText(value)).toBe('{"a":{"c":[2,{"y":2,"z":1}],"d":null},"b":1}')
    expect(Object.keys(value)).toEqual(['b', 'a'])
  })

  it.each([['half a surrogate pair', { title: 'a\ud83d' }], ['not a number', { n: NaN }], ['infinity', [Infinity]], ['nothing', undefined]])('is refused for %s', (_what, value) => {
    expect(() => canonicalText(value)).toThrow()
  })
})
