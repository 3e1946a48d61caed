import { describe, expect, test } from 'vitest'
import { formatRate } from '../../../shared/vietnamese/rates.ts'

describe('a rate as people read it', () => {
  test.each([
    [0, '0 kbit/s'],
    [61, '61 kbit/s'],
    [725.4, '725 kbit/s'],
    [999.6, '1 Mbit/s'],
    [1500, '1,5 Mbit/s'],
    [114_691, '115 Mbit/s'],
    [1_693_819, '1,69 Gbit/s'],
  ])('%d thousand bits a second are “%s”', (kbps, words) => {
    expect(formatRate(kbps, 'vi').replaceAll('\u00A0', ' ')).toBe(words)
  })

  test('in English its decimal sign is a point', () => {
    expect(formatRate(1500, 'en').replaceAll('\u00A0', ' ')).toBe('1.5 Mbit/s')
  })

  test('number and unit stay on one line', () => {
    expect(formatRate(725, 'vi')).not.toContain(' ')
  })
})
