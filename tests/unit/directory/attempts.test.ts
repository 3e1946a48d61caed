import { expect, test } from 'vitest'
import { Refused } from '../../../shared/contracts/refusal.ts'
import { Attempts } from '../../../server/directory/attempts.ts'

function guesser(limit?: number) {
  const clock = { now: 1_000_000 }
  const attempts = new Attempts(() => clock.now, limit)
  const waits = (username: string, address: string): number => {
    try {
      attempts.begin(username, address).failed()
      return 0
    } catch (error) {
      return Number((error as Refused).refusal.params?.seconds)
    }
  }
  return { attempts, waits, clock }
}

test('the wait doubles up to a quarter of an hour, and everything is forgotten after a quiet hour', () => {
  const { waits, clock } = guesser()
  const seen: number[] = []
  while (seen.length < 9) {
    const wait = waits('chair', 'a')
    if (wait > 0) seen.push(wait)
    clock.now += wait * 1000
  }
  expect(seen).toEqual([15, 30, 60, 120, 240, 480, 900, 900, 900])
  clock.now += 3_600_000
  for (let attempt = 0; attempt < 5; attempt++) expect(waits('chair', 'a')).toBe(0)
})

test('five taps at one tablet do not lock the account out at another', () => {
  const { waits } = guesser()
  for (let attempt = 0; attempt < 5; attempt++) waits('chair', 'prankster')
  expect(waits('chair', 'prankster')).toBe(15)
  expect(waits('chair', 'tablet')).toBe(0)
})

test('an account guessed from many addresses waits in the end', () => {
  const { waits } = guesser()
  for (let attempt = 0; attempt < 30; attempt++) expect(waits('chair', `address${attempt}`)).toBe(0)
  expect(waits('chair', 'another')).toBe(15)
})

test('three hundred right sign-ins from one address at once are no attack', () => {
  const { attempts } = guesser()
  const begun = Array.from({ length: 300 }, (_none, index) => attempts.begin(`person${index}`, 'hall'))
  for (const attempt of begun) attempt.succeeded()
  expect(() => attempts.begin('late', 'hall')).not.toThrow()
})

test('what is remembered stays bounded, the oldest going first', () => {
  const { attempts, waits } = guesser(100)
  for (let attempt = 0; attempt < 1000; attempt++) waits(`name${attempt}`, `address${attempt}`)
  expect(attempts.size).toBe(100)
})
