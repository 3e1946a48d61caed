import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { open } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { sealBallot } from '../../../client/meeting/votes/seal.ts'
import { openBallot } from '../../../server/ballots/open-ballot.ts'
import { VoteKeys, type VoteKey } from '../../../server/ballots/vote-keys.ts'

let home: string
let folder: string
let keys: VoteKeys
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'giao-ban-keys-'))
  folder = join(home, 'deep', 'keys')
  keys = new VoteKeys(folder)
})
afterEach(() => rmSync(home, { recursive: true, force: true }))

const place = { meetingId: 'm1', voteId: 'v1', personId: 'an' }
const question = { kind: 'question' } as const

async function opens(key: VoteKey): Promise<boolean> {
  const privateKey = await keys.find(key)
  const sealed = await sealBallot(place, question, key.publicKey, ['approve'])
  return privateKey !== null && (await openBallot({ privateKey, publicKey: key.publicKey }, place, question, sealed)) !== null
}

test('a key is kept in a file of its own that nobody else may read, and opens what was sealed to it', async () => {
  const key = await keys.make('m1', 'v1')
  expect(statSync(folder).mode & 0o777).toBe(0o700)
  const [file = '', ...others] = readdirSync(folder)
  expect(others).toEqual([])
  expect(statSync(join(folder, file)).mode & 0o777).toBe(0o600)
  expect(await opens(key)).toBe(true)
  expect(await keys.find({ ...key, publicKey: (await keys.make('m1', 'v1')).publicKey.replace(/.$/, (last) => (last === 'A' ? 'Q' : 'A')) }), 'another key of the same vote').toBeNull()
})

test('a key folder that others may look into is told of', async () => {
  expect(await keys.arePrivate(), 'none yet').toBe(true)
  await keys.make('m1', 'v1')
  expect(await keys.arePrivate(), 'as the hub makes it').toBe(true)
  chmodSync(folder, 0o750)
  expect(await keys.arePrivate()).toBe(false)
})

test('a destroyed key is gone, and was overwritten before its name was', async () => {
  const key = await keys.make('m1', 'v1')
  const path = join(folder, readdirSync(folder)[0] as string)
  const before = readFileSync(path)
  const held = await open(path, 'r')
  await keys.destroy(key)
  expect(readdirSync(folder)).toEqual([])
  const after = await held.readFile()
  await held.close()
  expect(after).toHaveLength(before.length)
  for (let at = 0; at + 8 <= before.length; at += 1) expect(after.indexOf(before.subarray(at, at + 8)), `byte ${at}`).toBe(-1)
  expect(await keys.find(key)).toBeNull()
  await keys.destroy(key)
})

test('a key that was overwritten but not removed yet counts as gone', async () => {
  const key = await keys.make('m1', 'v1')
  writeFileSync(join(folder, readdirSync(folder)[0] as string), Buffer.alloc(138, 7))
  expect(await keys.find(key)).toBeNull()
})

test('what lies in the folder is listed by meeting and vote; strangers’ files are left alone', async () => {
  expect(await keys.kept(), 'no folder yet').toEqual([])
  const key = await keys.make('m1', 'v1')
  writeFileSync(join(folder, 'note.txt'), 'not a key')
  writeFileSync(join(folder, 'strange.key'), 'not a key of ours')
  const [kept, ...others] = await keys.kept()
  expect(others).toEqual([])
  expect(kept).toMatchObject({ meetingId: 'm1', voteId: 'v1' })
  expect(keys.isOf(kept!, key.publicKey)).toBe(true)
  expect(keys.isOf(kept!, null)).toBe(false)
  await keys.sweep(kept!)
  expect(readdirSync(folder).sort()).toEqual(['note.txt', 'strange.key'])
})

test.skipIf(process.getuid?.() === 0)('a folder that cannot be read has not lost its keys', async () => {
  const key = await keys.make('m1', 'v1')
  chmodSync(folder, 0o000)
  await expect(keys.find(key)).rejects.toThrow('EACCES')
  chmodSync(folder, 0o700)
  expect(await opens(key)).toBe(true)
})

test('something else in the place of the folder is no lost key', async () => {
  const key = await keys.make('m1', 'v1')
  rmSync(folder, { recursive: true })
  writeFileSync(folder, 'a file')
  await expect(keys.find(key)).rejects.toThrow('ENOTDIR')
})
