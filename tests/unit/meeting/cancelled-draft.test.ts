import { expect, test } from 'vitest'
import { audienceOf } from '../../../shared/meeting/audience.ts'
import { Play } from '../../support/meeting/history.ts'

test('a draft that is cancelled stays with those who prepared it', () => {
  const play = new Play()
  play.send('secretary', { type: 'meeting:cancel', data: { reason: 'Không họp nữa' } })
  expect(play.state.lifecycle).toMatchObject({ status: 'cancelled', published: false })
  expect(audienceOf(play.state, { personId: 'an', projector: false })).toBeNull()
  expect(audienceOf(play.state, { personId: 'technician', projector: true })).toBeNull()
  expect(audienceOf(play.state, { personId: 'secretary', projector: false })?.key).toBe('leaders')
})

test('a published meeting that is cancelled is still seen by everyone invited', () => {
  const play = new Play()
  play.open()
  expect(play.state.lifecycle.published).toBe(true)
  expect(audienceOf(play.state, { personId: 'an', projector: false })).not.toBeNull()
})
