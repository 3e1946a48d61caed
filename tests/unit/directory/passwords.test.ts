import { expect, test } from 'vitest'
import { hashPassword, oneTimePassword, passwordMatches, passwordRefusal } from '../../../server/directory/passwords.ts'

test.each([
  ['Sông Hậu mùa nước nổi', null],
  ['12345678', 'password.common'],
  ['MATKHAU123', 'password.common'],
  ['abababab', 'password.common'],
  ['ngắn', 'password.tooShort'],
  ['ệệệệệệệ', 'password.tooShort'],
  ['ệệệệệệệ'.normalize('NFD'), 'password.tooShort'],
  ['👩‍💻👩‍💻👩‍💻'.slice(0, 6), 'password.tooShort'],
  [`x${'0123456789'.repeat(20)}`, 'password.tooLong'],
  ['xin chào thuky nhé', 'password.holdsUsername'],
  ['THUKY-2026-xyz', 'password.holdsUsername'],
])('%s: %s', (password, code) => {
  expect(passwordRefusal(password, 'thuky')?.code ?? null).toBe(code)
})

test('a password matches in every Unicode form of itself, and only itself; nobody’s password matches nothing', async () => {
  const hash = await hashPassword('Mật khẩu của tôi')
  expect(hash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/)
  expect(await passwordMatches(hash, 'Mật khẩu của tôi'.normalize('NFD'))).toBe(true)
  expect(await passwordMatches(hash, 'mật khẩu của tôi')).toBe(false)
  expect(await passwordMatches(null, 'Mật khẩu của tôi')).toBe(false)
})

test('one-time passwords are long, clear to read, never the same, and good enough for our own rules', () => {
  const made = new Set(Array.from({ length: 500 }, oneTimePassword))
  expect(made.size).toBe(500)
  for (const password of made) {
    expect(password).toMatch(/^([a-hj-km-np-z2-9]{4}-){2}[a-hj-km-np-z2-9]{4}$/)
    expect(passwordRefusal(password, 'thuky')).toBeNull()
  }
})
