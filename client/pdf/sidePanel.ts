import { ref } from 'vue'

/** What may stand beside the paper: its headings, or its pages, small. */
export type Side = 'outline' | 'pages'

/** One of them at a time. `closed`: the keyboard goes back to the paper. */
export function useSidePanel(opened: (side: Side) => void, closed: () => void) {
  const side = ref<Side | null>(null)
  function toggle(wanted: Side): void {
    side.value = side.value === wanted ? null : wanted
    if (side.value) opened(side.value)
    else closed()
  }
  /** Something was chosen: on a narrow screen it lies over the paper, and makes way. */
  function chosen(): void {
    if (innerWidth < 900 && side.value) toggle(side.value)
  }
  return { side, toggle, chosen }
}
