import { cpus, totalmem } from 'node:os'
import type { Figure } from './figure.ts'

const number = (value: number) => (value >= 100 ? value.toFixed(0) : value >= 10 ? value.toFixed(1) : value.toFixed(2))

/** A figure in one line: name, ours, reference, ratio, spread. */
export function line({ name, ours, reference, unit, ratio, spread: [low, high], limit, met }: Figure): string {
  return `${met ? '✓' : '✗'} ${name}: ${number(ours)} ${unit}, reference ${number(reference)} ${unit}, ratio ${ratio.toFixed(2)}, spread ${number(low)}–${number(high)} (${limit})`
}

/** One run of one bench. */
export interface Section {
  /** As it is called on the command line. */
  bench: string
  title: string
  figures: readonly Figure[]
}

const opening = [
  '# Performance',
  '',
  'Each section is written by `npm run bench -- <name>` at the end of its run, `npm run bench` alone does all of them. Everything runs on loopback, clients on',
  'the same cores as the servers. Each figure is a median beside its peer, taken in turn in one run. Ratios are what counts; absolute numbers belong to the machine.',
].join('\n')

/** docs/performance.md with this run in the place of the bench's last one; the other sections stay as they were. `order`: names of all benches. */
export function page(before: string, run: Section, order: readonly string[]): string {
  const sections = new Map(before.split(/^(?=## )/m).slice(1).map((text) => [nameOf(text), text.trimEnd()]))
  sections.set(run.bench, written(run))
  const known = order.flatMap((name) => sections.get(name) ?? [])
  return `${[opening, ...known].join('\n\n')}\n`
}

function nameOf(section: string): string {
  return /`npm run bench -- (\w+)`/.exec(section)?.[1] ?? ''
}

function written({ bench, title, figures }: Section): string {
  const rows = figures.map(({ name, ours, reference, unit, ratio, spread: [low, high], limit, met, note }) =>
    `| ${name} | ${number(ours)} ${unit} | ${number(reference)} ${unit} | ${ratio.toFixed(2)} | ${number(low)}–${number(high)} | ${limit} | ${met ? 'yes' : '**no**'} | ${note} |`)
  return [
    `## ${title}`,
    '',
    `\`npm run bench -- ${bench}\`, ${new Date().toISOString().slice(0, 10)}, ${cpus().length} cores (${cpus()[0]?.model.trim() ?? 'unknown'}), ${Math.round(totalmem() / 2 ** 30)} GiB, Node ${process.versions.node}.`,
    '',
    '| figure | ours | reference | ratio | spread of ours | promise | met | how |',
    '|---|--:|--:|--:|--:|---|---|---|',
    ...rows,
  ].join('\n')
}
