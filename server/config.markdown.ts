/** `node server/config.markdown.ts` writes the table of settings between the README's two markers. */
import { readFileSync, writeFileSync } from 'node:fs'
import { settings } from './config.ts'

/** The table of settings as the README shows it. */
export function configurationMarkdown(): string {
  const rows = settings.map(({ name, default: value, sentence }) => `| \`${name}\` | ${value ? `\`${value}\`` : '—'} | ${sentence} |`)
  return ['| Variable | Default | What it does |', '| --- | --- | --- |', ...rows].join('\n')
}

/** `readme` with the table between `<!-- configuration -->` and `<!-- /configuration -->` renewed. @throws Error without the markers */
export function withConfiguration(readme: string): string {
  const markers = /(<!-- configuration -->)[\s\S]*?(<!-- \/configuration -->)/
  if (!markers.test(readme)) throw new Error('README.md has no <!-- configuration --> … <!-- /configuration -->')
  return readme.replace(markers, (_whole, begin: string, end: string) => `${begin}\n${configurationMarkdown()}\n${end}`)
}

if (import.meta.main) {
  const readme = new URL('../README.md', import.meta.url)
  writeFileSync(readme, withConfiguration(readFileSync(readme, 'utf8')))
}
