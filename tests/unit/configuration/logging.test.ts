import { mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openLog } from '../../../server/logging.ts'

let dataDir: string
beforeAll(() => { dataDir = mkdtempSync(join(tmpdir(), 'giao-ban-log-')) })
afterAll(() => rmSync(dataDir, { recursive: true }))

test('secrets are taken out of log lines wherever they stand; what a line is about stays', async () => {
  const log = openLog({ dataDir, logLevel: 'info', logTo: 'file' })
  const secret = 'bí-mật-của-tôi'
  log.child({ meetingId: 'm1', userId: 'chair', commandId: 'c1' }).info(
    { password: secret, body: { oldPassword: secret, newPassword: secret, oneTimePassword: secret }, request: { headers: { cookie: secret, authorization: secret } }, session: { token: secret } },
    'something happened',
  )
  // The log is written behind the hub's back, so that no request waits for the disk.
  const written = () => readFileSync(join(dataDir, 'hub.log'), 'utf8')
  await expect.poll(written).toContain('\n')
  const [line = ''] = written().split('\n')
  expect(line).not.toContain(secret)
  expect(JSON.parse(line)).toMatchObject({ meetingId: 'm1', userId: 'chair', commandId: 'c1', msg: 'something happened', password: '[removed]' })
})

test('a log file that has grown large is put aside at the next start', async () => {
  const file = join(dataDir, 'hub.log')
  writeFileSync(file, 'old\n')
  truncateSync(file, 20_000_001)
  openLog({ dataDir, logLevel: 'info', logTo: 'file' }).info('new')
  await expect.poll(() => readFileSync(file, 'utf8')).toMatch(/^\{.*"new"\}\n$/)
  expect(readFileSync(`${file}.1`).length).toBe(20_000_001)
})
