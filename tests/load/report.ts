import { cpus, totalmem } from 'node:os'
import type { Figure } from './figure.ts'

const number = (value: number) => (value >= 100 ? value.toFixed(0) : value >= 10 ? value.toFixed(1) : value.toFixed(2))

/** A figure in one line: name, ours, reference, ratio, spread. */
export function line({ name, ours, reference, unit, ratio, spread: [low, high], limit, met }: Figure): string {
  return `${met ? '✓' : '✗'} ${name}: ${number(ours)} ${unit}, reference ${number(reference)} ${unit}, ratio ${ratio.toFixed(2)}, spread ${number(low)}–${number(high)} (${limit})`
}

/** docs/performance.md. */
export function page(figures: readonly Figure[]): string {
  const rows = figures.map(({ name, ours, reference, unit, ratio, spread: [low, high], limit, met, note }) =>
    `| ${name} | ${number(ours)} ${unit} | ${number(reference)} ${unit} | ${ratio.toFixed(2)} | ${number(low)}–${number(high)} | ${limit} | ${met ? 'yes' : '**no**'} | ${note} |`)
  return [
    '# Performance',
    '',
    `Written by \`npm run bench\` on ${new Date().toISOString().slice(0, 10)}: ${cpus().length} cores (${cpus()[0]?.model.trim() ?? 'unknown'}), ${Math.round(totalmem() / 2 ** 30)} GiB, Node ${process.versions.node}, everything on loopback, clients on the same cores as the servers.`,
    'Each figure is a median beside its peer, taken in turn in one run. Ratios are what counts; absolute numbers belong to this machine.',
    '',
    '| figure | ours | reference | ratio | spread of ours | promise | met | how |',
    '|---|--:|--:|--:|--:|---|---|---|',
    ...rows,
    '',
  ].join('\n')
}
