import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'

const client = new URL('../../../client/', import.meta.url).pathname

interface Messages { [key: string]: string | Messages }

async function load(language: 'vi' | 'en'): Promise<Record<string, string>> {
  const folder = join(client, 'i18n', language)
  const flat: Record<string, string> = {}
  const walk = (messages: Messages, path: string) => {
    for (const [key, message] of Object.entries(messages)) {
      if (typeof message === 'string') flat[`${path}.${key}`] = message
      else walk(message, `${path}.${key}`)
    }
  }
  for (const file of readdirSync(folder)) walk((await import(join(folder, file))).default as Messages, file.replace(/\.ts$/u, ''))
  return flat
}

const vi = await load('vi')
const en = await load('en')
const placeholders = (message: string) => new Set([...message.matchAll(/\{(\w+)\}/gu)].map(([, name]) => name))

test('both languages have the same messages', () => {
  expect(Object.keys(en).sort()).toEqual(Object.keys(vi).sort())
})

test('a message has the same placeholders in both languages', () => {
  for (const [key, message] of Object.entries(vi)) expect(placeholders(en[key] ?? ''), key).toEqual(placeholders(message))
})

test('no message is empty, and Vietnamese is written in composed form', () => {
  for (const [key, message] of [...Object.entries(vi), ...Object.entries(en)]) expect(message.trim(), key).not.toBe('')
  for (const [key, message] of Object.entries(vi)) expect(message.normalize('NFC'), key).toBe(message)
})

test('every message that the pages ask for by name exists', () => {
  const files = (readdirSync(client, { recursive: true }) as string[]).filter(path => /\.(vue|ts)$/u.test(path) && !/^(i18n|dist)\//u.test(path) && !path.endsWith('.d.ts'))
  const missing: string[] = []
  for (const path of files) {
    const source = readFileSync(join(client, path), 'utf8')
    for (const [, key] of source.matchAll(/\bt\(\s*'([\w.]+)'\s*[,)]/gu)) if (key && !(key in vi)) missing.push(`${path}: ${key}`)
    // A key with a variable end must at least lead to messages.
    for (const [, start] of source.matchAll(/\bt\(\s*`([\w.]+\.)\$\{/gu)) if (start && !Object.keys(vi).some(key => key.startsWith(start))) missing.push(`${path}: ${start}…`)
  }
  expect(missing).toEqual([])
})
