import { computed, ref, shallowRef, watch } from 'vue'

/** Several of a list that changes, by finger and by keyboard: the one in focus, the ones chosen, and a range between. */
export function useSelection(shown: () => readonly string[]) {
  const chosen = shallowRef<ReadonlySet<string>>(new Set())
  /** The one that has the single tab stop. */
  const focused = ref<string | null>(null)
  let anchor: string | null = null

  const stop = computed(() => (focused.value !== null && shown().includes(focused.value) ? focused.value : (shown()[0] ?? null)))
  const chosenShown = computed(() => shown().filter((id) => chosen.value.has(id)))
  // Nobody is acted on who is not to be seen.
  watch(shown, (ids) => (chosen.value = new Set(ids.filter((id) => chosen.value.has(id)))))

  function toggle(id: string): void {
    const next = new Set(chosen.value)
    if (!next.delete(id)) next.add(id)
    chosen.value = next
    anchor = focused.value = id
  }

  /** From the last one that was chosen to this one. */
  function extend(id: string): void {
    const ids = shown()
    const [from, to] = [ids.indexOf(anchor ?? id), ids.indexOf(id)].sort((a, b) => a - b) as [number, number]
    chosen.value = new Set([...chosen.value, ...ids.slice(Math.max(0, from), to + 1)])
    focused.value = id
  }

  function choose(ids: Iterable<string>): void {
    chosen.value = new Set(ids)
  }

  return { chosen, focused, stop, chosenShown, toggle, extend, choose }
}
