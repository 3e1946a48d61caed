import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { protocolPage } from '../../../docs/protocol.generate.ts'

test('docs/protocol.md is what npm run protocol writes', () => {
  expect(readFileSync('docs/protocol.md', 'utf8')).toBe(protocolPage())
})
