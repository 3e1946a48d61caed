import { expect, test } from 'vitest'
import { inTurns } from '../../../server/directory/turns.ts'

test('so many run at once, so many wait, and who comes after that is refused', async () => {
  const turns = inTurns(2, 1)
  const open: (() => void)[] = []
  const work = () => turns(() => new Promise<void>((resolve) => open.push(resolve)))
  const [first, second, third] = [work(), work(), work()]
  await expect(work()).rejects.toMatchObject({ refusal: { code: 'request.tooMany' } })
  expect(open).toHaveLength(2)
  open[0]?.()
  await first
  await Promise.resolve()
  expect(open).toHaveLength(3)
  open[1]?.()
  open[2]?.()
  await Promise.all([second, third])
  const again = work()
  open[3]?.()
  await again
})
