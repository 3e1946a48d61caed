import { describe, expect, test } from 'vitest'
import { noneMatch, wantedRange } from '../../../server/papers/range.ts'

describe('a Range header over 1,000 bytes', () => {
  test.each([
    ['bytes=0-0', { start: 0, end: 0 }],
    ['bytes=0-99', { start: 0, end: 99 }],
    ['bytes=900-', { start: 900, end: 999 }],
    ['bytes=900-5000', { start: 900, end: 999 }],
    ['bytes=-100', { start: 900, end: 999 }],
    ['bytes=-5000', { start: 0, end: 999 }],
    ['Bytes= 5-9 ', { start: 5, end: 9 }],
  ])('%s asks for %j', (header, range) => expect(wantedRange(header, 1000)).toEqual(range))

  test.each(['bytes=1000-', 'bytes=1000-2000', 'bytes=-0', 'bytes=999999999999999-'])('%s asks for what does not exist', header =>
    expect(wantedRange(header, 1000)).toBe('unsatisfiable'))

  test.each([
    undefined, '', 'bytes', 'bytes=', 'bytes=-', 'bytes=a-b', 'bytes=9-5', 'bytes=1-2,3-4', 'bytes=0-0,-1', 'items=0-5', 'bytes=0x0-0x9',
    'bytes=-1-5', 'bytes=1--5', 'bytes=99999999999999999999999-', `bytes=${'0-0,'.repeat(5000)}1-1`, 'bytes=0-1;bytes=2-3', 'bytes=+1-5', 'bytes=1.5-9',
  ])('%j is answered with the whole file', header => expect(wantedRange(header, 1000)).toBeNull())
})

describe('If-None-Match', () => {
  test.each([['"abc"', false], ['W/"abc"', false], ['"x", "abc"', false], ['*', false], ['"abcd"', true], ['abc', true], ['', true], [undefined, true]])(
    '%j lets the file be sent: %s', (header, sent) => expect(noneMatch(header, '"abc"')).toBe(sent))
})
