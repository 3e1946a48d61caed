import type { Language } from '../contracts/refusal.ts'

/** "725 kbit/s", "115 Mbit/s", "1,69 Gbit/s": at most three figures, with the decimal sign of the language. `kbps`: thousand bits a second. */
export function formatRate(kbps: number, language: Language): string {
  // Rounded first: 999.6 is a thousand, and no "1000 kbit/s".
  const rounded = Number(kbps.toPrecision(3))
  const [unit, name] = rounded >= 1_000_000 ? [1_000_000, 'Gbit/s'] : rounded >= 1000 ? [1000, 'Mbit/s'] : [1, 'kbit/s']
  const figures = unit === 1 ? { maximumFractionDigits: 0 } : { maximumSignificantDigits: 3 }
  return `${new Intl.NumberFormat(language, figures).format(rounded / unit)}\u00A0${name}`
}
