import { createI18n } from 'vue-i18n'
import type { Language } from '../../shared/contracts/refusal.ts'
import { messages as vi } from './vi.ts'

export type { Language }

/**
 * Vietnamese is in the first load as far as the meeting page says it at first sight (vi.ts), the rest comes by `theRest`, English when
 * asked for. One message file per area (`vi/home.ts` → `home.*`); a new file in both folders is found by itself.
 */
export const i18n = createI18n({
  legacy: false,
  locale: 'vi' as Language,
  fallbackLocale: 'vi',
  messages: { vi } as Record<Language, typeof vi>,
})

export const { t } = i18n.global

let rest: Promise<void> | null = null

/** Whatever is not said at first sight; fetched once, and again after a failure. */
export function theRest(): Promise<void> {
  rest ??= import('./vi-rest.ts').then(({ messages }) => i18n.global.mergeLocaleMessage('vi', messages)).catch((error: unknown) => {
    rest = null
    throw error
  })
  return rest
}

export function currentLanguage(): Language {
  return i18n.global.locale.value
}

/** Shows the whole application in `language`, fetching its messages first. */
export async function setLanguage(language: Language): Promise<void> {
  if (language === 'en' && !i18n.global.availableLocales.includes('en')) {
    const { messages } = await import('./en.ts')
    i18n.global.setLocaleMessage('en', messages as typeof vi)
  }
  i18n.global.locale.value = language
  document.documentElement.lang = language
}
