import { expect, test } from 'vitest'
import { SavedMark } from '../../../client/collab/savedMark.ts'

const syncStep1 = new Uint8Array([0, 0, 1, 0])
const syncStep2 = new Uint8Array([0, 1, 2, 0, 0])
const update = new Uint8Array([0, 2, 2, 0, 0])

test('an edit is saved when the hub has answered for everything that was sent', () => {
  const mark = new SavedMark()
  expect(mark.unsaved).toBe(false)
  mark.connected()
  for (const message of [syncStep1, syncStep2]) mark.sent(message)
  mark.edited()
  for (const message of [update, update]) mark.sent(message)
  mark.answered(2)
  expect(mark.unsaved).toBe(true)
  mark.answered(3)
  expect(mark.unsaved).toBe(false)
})

test('what was edited without the hub is saved only when a whole sync has been answered', () => {
  const mark = new SavedMark()
  mark.edited()
  mark.connected()
  mark.sent(update)
  mark.answered(1)
  expect(mark.unsaved).toBe(true)
  mark.sent(syncStep2)
  mark.answered(2)
  expect(mark.unsaved).toBe(false)
})

test('answers of an earlier connection say nothing about this one', () => {
  const mark = new SavedMark()
  mark.connected()
  mark.sent(syncStep2)
  mark.edited()
  mark.sent(update)
  mark.connected()
  mark.answered(0)
  expect(mark.unsaved).toBe(true)
})
