import { defineAsyncComponent, onScopeDispose, ref, watch, type Component, type Ref } from 'vue'
import { theRest } from './i18n/index.ts'

const parts: (() => Promise<unknown>)[] = []
const tries = 5

/**
 * A part of the page that comes after what one reads first. It is fetched when it is needed or when `fetchTheRest` is called, whichever is
 * first, and again a little later when the line fails. `words`: 'first' when it says nothing beyond vi.ts, and is wanted at first sight.
 */
export function later<T extends Component>(load: () => Promise<T | { default: T }>, words: 'rest' | 'first' = 'rest'): T {
  const whole = words === 'first' ? load : async () => (await Promise.all([load(), theRest()]))[0]
  parts.push(whole)
  return defineAsyncComponent({
    loader: whole as () => Promise<T>,
    onError: (_error, retry, fail, attempts) => void (attempts < tries ? setTimeout(retry, attempts * 1000) : fail()),
  })
}

/** Brings what has not been needed yet, one after the other: when the line is cut, the ballot is there already. */
export async function fetchTheRest(): Promise<void> {
  for (const load of parts.splice(0)) await load().catch(() => parts.push(load))
}

/** Whether a dialog has ever been open: it is fetched then, and stays, so that it closes as dialogs do. */
export function useOnce(open: Ref<boolean>): Ref<boolean> {
  const once = ref(open.value)
  watch(open, (now) => (once.value ||= now), { flush: 'sync' })
  return once
}

/** True from a moment after `condition` came true for the first time: what is not looked at yet does not stand in the way of what is. */
export function aMomentAfter(condition: () => boolean, milliseconds = 800): Ref<boolean> {
  const now = ref(false)
  let waiting: ReturnType<typeof setTimeout> | undefined
  watch(condition, (met) => {
    if (met && !now.value) waiting ??= setTimeout(() => (now.value = true), milliseconds)
  }, { immediate: true })
  onScopeDispose(() => clearTimeout(waiting))
  return now
}
