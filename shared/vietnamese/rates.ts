import type { Language } from '../contracts/refusal.ts'

const units = [{ from: 1_000_000, name: 'Gbit/s' }, { from: 1000, name: 'Mbit/s' }, { from: 1, name: 'kbit/s' }]

/** "725 kbit/s", "115 Mbit/s", "1,69 Gbit/s": at most three figures, with the decimal sign of the language. `kbps`: thousand bits a second. */
export function formatRate(kbps: number, language: Language): string {
  // Rounded first: 999.6 is a thousand, and no "1000 kbit/s".
  const rounded = Number(kbps.toPrecision(3))
  const { from, name } = units.find((unit) => rounded >= unit.from) ?? { from: 1, name: 'kbit/s' }
  const figures = from === 1 ? { maximumFractionDigits: 0 } : { maximumSignificantDigits: 3 }
  return `${new Intl.NumberFormat(language, figures).format(rounded / from)}\u00A0${name}`
}
