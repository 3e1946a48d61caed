import { readFileSync } from 'node:fs'

/** The rows of the table under `## heading` of a Markdown page, by the names of their columns. */
export function tableUnder(page: URL, heading: string): Record<string, string>[] {
  const section = readFileSync(page, 'utf8').split('\n## ').find((part) => part.startsWith(`${heading}\n`))
  if (!section) throw new Error(`no section "${heading}"`)
  const [names = [], , ...rows] = section.split('\n').filter((line) => line.startsWith('|')).map((line) => line.split('|').slice(1, -1).map((cell) => cell.trim()))
  return rows.map((cells) => Object.fromEntries(names.map((name, column) => [name, cells[column] ?? ''])))
}
