import type { FastifyRequest } from 'fastify'
import type { Language } from '../../shared/contracts/refusal.ts'

/** The reader's language: the `lang` cookie that the client sets, else the browser's first that we speak, else Vietnamese. */
export function languageOf({ headers }: Pick<FastifyRequest, 'headers'>): Language {
  const chosen = /(?:^|;\s*)lang=(vi|en)(?:;|$)/.exec(headers.cookie ?? '')?.[1]
  if (chosen) return chosen as Language
  const wanted = (headers['accept-language'] ?? '').slice(0, 200).split(',').map((part, place) => {
    const [tag = '', ...parameters] = part.trim().split(';')
    const q = parameters.map(parameter => /^\s*q=([\d.]+)\s*$/.exec(parameter)?.[1]).find(value => value !== undefined)
    return { language: tag.toLowerCase().split('-')[0], q: q === undefined ? 1 : Number(q), place }
  })
  const spoken = wanted.filter(({ language, q }) => (language === 'vi' || language === 'en') && q > 0)
  return (spoken.sort((a, b) => b.q - a.q || a.place - b.place)[0]?.language ?? 'vi') as Language
}
