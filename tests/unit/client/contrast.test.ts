import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'

const css = readFileSync(new URL('../../../client/ui/theme.css', import.meta.url), 'utf8')

/** The colour tokens of one theme; the dark one overrides the light one. */
function tokens(selector: string): Record<string, string> {
  const block = css.slice(css.indexOf(`${selector} {`)).split('}')[0] ?? ''
  return Object.fromEntries([...block.matchAll(/--([\w-]+):\s*(#[0-9a-f]{6})/gu)].map(([, name, colour]) => [name as string, colour as string]))
}

const light = tokens(':root')
const themes = { light, dark: { ...light, ...tokens(":root[data-theme='dark']") } }

function luminance(hex: string): number {
  const [red, green, blue] = [1, 3, 5].map(at => {
    const value = Number.parseInt(hex.slice(at, at + 2), 16) / 255
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4
  }) as [number, number, number]
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}

function contrast(a: string, b: string): number {
  const [lighter, darker] = [luminance(a), luminance(b)].sort((x, y) => y - x) as [number, number]
  return (lighter + 0.05) / (darker + 0.05)
}

const grounds = ['paper', 'sheet', 'sunken']
const text = ['ink', 'ink-quiet', 'lotus', 'approve', 'reject', 'caution', 'danger'].flatMap(ink => grounds.map(ground => [ink, ground] as const))
const washes = [
  ['lotus', 'lotus-wash'], ['ink', 'lotus-wash'], ['ink-quiet', 'lotus-wash'], ['approve', 'approve-wash'], ['reject', 'reject-wash'], ['caution', 'caution-wash'],
  ['danger', 'danger-wash'], ['ink', 'danger-wash'], ['on-lotus', 'lotus-fill'], ['on-lotus', 'lotus-fill-hover'], ['paper', 'ink'],
] as const
const edges = ['line-strong', 'lotus-fill', 'focus'].flatMap(edge => grounds.map(ground => [edge, ground] as const))

test('black on white is 21 to 1', () => {
  expect(contrast('#000000', '#ffffff')).toBeCloseTo(21)
})

for (const [name, theme] of Object.entries(themes)) {
  const colour = (token: string) => theme[token] ?? expect.fail(`no token --${token} in the ${name} theme`)

  test(`every text of the ${name} theme reaches AA (4.5 to 1) on every ground it stands on`, () => {
    for (const [ink, ground] of [...text, ...washes]) {
      expect(contrast(colour(ink), colour(ground)), `--${ink} on --${ground}`).toBeGreaterThanOrEqual(4.5)
    }
  })

  test(`edges of controls and the focus ring of the ${name} theme reach 3 to 1`, () => {
    for (const [edge, ground] of edges) {
      expect(contrast(colour(edge), colour(ground)), `--${edge} on --${ground}`).toBeGreaterThanOrEqual(3)
    }
  })
}
