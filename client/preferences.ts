import { useMediaQuery } from '@vueuse/core'
import { defineStore } from 'pinia'
import { computed, ref, watch, watchEffect } from 'vue'
import { setLanguage, type Language } from './i18n/index.ts'

export type ThemeChoice = 'system' | 'light' | 'dark'
export type SizeChoice = 'normal' | 'larger' | 'largest'

interface Stored {
  language: Language
  theme: ThemeChoice
  size: SizeChoice
}

const key = 'giao-ban.preferences'
const defaults: Stored = { language: 'vi', theme: 'system', size: 'normal' }

function load(): Stored {
  try {
    const stored = JSON.parse(localStorage.getItem(key) ?? '{}') as Partial<Stored>
    return {
      language: stored.language === 'en' ? 'en' : 'vi',
      theme: stored.theme === 'light' || stored.theme === 'dark' ? stored.theme : 'system',
      size: stored.size === 'larger' || stored.size === 'largest' ? stored.size : 'normal',
    }
  } catch {
    // Storage may be closed to us (private mode); the choices then last as long as the page.
    return { ...defaults }
  }
}

/** How this device shows things: language, theme, size of type. Kept on the device, since a tablet is passed on. */
export const usePreferences = defineStore('preferences', () => {
  const stored = load()
  const language = ref<Language>(stored.language)
  const theme = ref<ThemeChoice>(stored.theme)
  const size = ref<SizeChoice>(stored.size)
  const systemIsDark = useMediaQuery('(prefers-color-scheme: dark)')
  /** A page may ask for a theme of its own (the projector does). */
  const forcedTheme = ref<'light' | 'dark' | null>(null)
  const shownTheme = computed(() => forcedTheme.value ?? (theme.value === 'system' ? (systemIsDark.value ? 'dark' : 'light') : theme.value))

  watchEffect(() => {
    document.documentElement.dataset.theme = shownTheme.value
    document.documentElement.dataset.size = size.value
  })
  watch([language, theme, size], () => {
    try {
      localStorage.setItem(key, JSON.stringify({ language: language.value, theme: theme.value, size: size.value }))
    } catch { /* see load() */ }
  })
  watch(language, chosen => void setLanguage(chosen))

  return { language, theme, size, shownTheme, forcedTheme }
})
