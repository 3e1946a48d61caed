import { expect, test } from 'vitest'
import { gridOf, rowsInSight } from '../../../client/pdf/pagesGrid.ts'

test('as many pages side by side as can be recognised, at least one', () => {
  expect(gridOf(10, 390).columns).toBe(2)
  expect(gridOf(10, 100)).toMatchObject({ columns: 1, rows: 10 })
  expect(gridOf(11, 800)).toMatchObject({ columns: 6, rows: 2 })
})

test('of five hundred pages only the rows in sight are there, and one around', () => {
  const grid = gridOf(500, 390)
  expect(rowsInSight(grid, 0, 700)).toEqual({ first: 0, last: Math.floor(700 / grid.cell.height) + 1 })
  expect(rowsInSight(grid, grid.height - 700, 700).last).toBe(grid.rows - 1)
  const { first, last } = rowsInSight(grid, 20_000, 700)
  expect(first * grid.cell.height).toBeLessThanOrEqual(20_000)
  expect((last + 1) * grid.cell.height).toBeGreaterThanOrEqual(20_700)
  expect(last - first).toBeLessThan(8)
})
