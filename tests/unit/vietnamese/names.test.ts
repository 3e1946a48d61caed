import fc from 'fast-check'
import { expect, test } from 'vitest'
import { compareByGivenName, initialsOf, nameParts } from '../../../shared/vietnamese/names.ts'

const sorted = (names: string[]) => [...names].sort(compareByGivenName)

test('people stand by given name, then middle names, then family name', () => {
  expect(sorted(['Trần Văn Bình', 'Nguyễn Thị An', 'Lê Văn An', 'Phạm Thị Bích An', 'Đỗ Văn An'])).toEqual(
    ['Nguyễn Thị An', 'Phạm Thị Bích An', 'Đỗ Văn An', 'Lê Văn An', 'Trần Văn Bình'])
})

test('letters follow the Vietnamese alphabet', () => {
  expect(sorted(['Ưng', 'Uyên', 'Ơn', 'Oanh', 'Ông', 'Êm', 'Em', 'Đạt', 'Dung', 'Châu', 'Cường', 'Ân', 'Ấn', 'Ăn', 'An'])).toEqual(
    ['An', 'Ăn', 'Ân', 'Ấn', 'Châu', 'Cường', 'Dung', 'Đạt', 'Em', 'Êm', 'Oanh', 'Ông', 'Ơn', 'Uyên', 'Ưng'])
  expect(sorted(['Đan', 'Dũng'])).toEqual(['Dũng', 'Đan'])
  expect(sorted(['Ưu', 'Uy'])).toEqual(['Uy', 'Ưu'])
})

test('tones follow ngang, huyền, hỏi, ngã, sắc, nặng', () => {
  const tones = ['Ma', 'Mà', 'Mả', 'Mã', 'Má', 'Mạ']
  expect(sorted([...tones].reverse())).toEqual(tones)
})

test('a tone in the given name weighs more than the middle name', () => {
  expect(sorted(['Lê An Hạ', 'Lê Yến Hà'])).toEqual(['Lê Yến Hà', 'Lê An Hạ'])
})

test('composed and decomposed spelling, and extra spaces, make no difference', () => {
  expect(compareByGivenName('Nguyễn Văn Đức'.normalize('NFD'), ' Nguyễn  Văn Đức'.normalize('NFC'))).toBe(0)
})

test('a name is taken apart as family, middle and given', () => {
  expect(nameParts('Nguyễn Thị Bích Hà')).toEqual({ family: 'Nguyễn', middle: ['Thị', 'Bích'], given: 'Hà' })
  expect(nameParts('Hà')).toEqual({ family: '', middle: [], given: 'Hà' })
  expect(nameParts('  ')).toEqual({ family: '', middle: [], given: '' })
})

test('initials begin with the given name', () => {
  expect(initialsOf('nguyễn văn đức'.normalize('NFD'))).toBe('ĐN')
  expect(initialsOf('Hà')).toBe('H')
})

const word = fc.constantFrom('An', 'Ân', 'Ấn', 'Bình', 'Đức', 'Dung', 'Hà', 'Hạ', 'Hả', 'Thị', 'Văn', 'Nguyễn', 'Lê', 'Ơn', 'Ưng')
const name = fc.array(word, { minLength: 1, maxLength: 5 }).map(words => words.join(' '))

test('the order is a total order and does not depend on Unicode form', () => {
  fc.assert(fc.property(name, name, name, (a, b, c) => {
    expect(Math.sign(compareByGivenName(a, b)) + Math.sign(compareByGivenName(b, a))).toBe(0)
    expect(compareByGivenName(a, a.normalize('NFD'))).toBe(0)
    expect(Math.sign(compareByGivenName(a, b))).toBe(Math.sign(compareByGivenName(a.normalize('NFD'), b)))
    const [first, second, third] = sorted([a, b, c])
    expect(compareByGivenName(first!, second!)).toBeLessThanOrEqual(0)
    expect(compareByGivenName(second!, third!)).toBeLessThanOrEqual(0)
    expect(compareByGivenName(first!, third!)).toBeLessThanOrEqual(0)
  }))
})
