import { shallowReactive } from 'vue'

export interface Toast {
  id: number
  text: string
  /** What it is about: bad news is announced at once and stays longer. */
  tone: 'quiet' | 'bad'
  action?: { label: string; run: () => void }
}

/** What UiToaster shows. */
export const toasts = shallowReactive<Toast[]>([])
let lastId = 0

/** Tells the person something in passing, at the edge of the screen and to screen readers. */
export function toast(text: string, options: Partial<Pick<Toast, 'tone' | 'action'>> = {}): void {
  toasts.push({ id: ++lastId, text, tone: 'quiet', ...options })
  if (toasts.length > 4) toasts.shift()
}

export function removeToast(id: number): void {
  const index = toasts.findIndex(entry => entry.id === id)
  if (index >= 0) toasts.splice(index, 1)
}
