import { expect, test } from 'vitest'
import { categoriesOf, changeOf, draftOf, secondsOf } from '../../../client/meeting/floor/settings.ts'
import { usualFloor } from '../../../shared/meeting/floor/state.ts'

const { settings } = usualFloor

test('a form that nobody touched changes nothing', () => {
  const { reduceFrom: _notInTheForm, ...inTheForm } = settings
  expect(changeOf(draftOf(settings), settings.categories)).toEqual(inTheForm)
})

test('times are minutes as people write them', () => {
  expect(['7', '2,5', '2.5', ''].map(secondsOf)).toEqual([420, 150, 150, null])
  expect(['0', '601', 'bảy', '-1'].map(secondsOf)).toEqual([undefined, undefined, undefined, undefined])
  expect(changeOf({ ...draftOf(settings), keep: 'lâu' }, [])).toBeNull()
})

test('kinds of points of order are lines in their order; those whose titles stay are the same ones', () => {
  const known = [{ categoryId: 'one', title: 'Sai nội quy', rank: 0 }, { categoryId: 'two', title: 'Âm thanh', rank: 1 }]
  expect(draftOf({ ...settings, categories: [...known].reverse() }).categories).toBe('Sai nội quy\nÂm thanh')
  expect(categoriesOf(' Âm thanh \n\nBiểu quyết\nÂm thanh', known, () => 'new')).toEqual([
    { categoryId: 'two', title: 'Âm thanh', rank: 0 }, { categoryId: 'new', title: 'Biểu quyết', rank: 1 },
  ])
  expect(categoriesOf('', known, () => 'new')).toEqual([])
  expect(categoriesOf('x'.repeat(101), [], () => 'new')).toBeUndefined()
  expect(categoriesOf(Array.from({ length: 21 }, (_, line) => `loại ${line}`).join('\n'), [], () => 'new')).toBeUndefined()
})
