import { readonly, ref, type Ref } from 'vue'

/** Milliseconds after the last key until a field that still has the focus counts as left alone. */
const restsAfter = 30_000
/** Between two strokes of one word the pen is in the air for a moment. */
const penInTheAir = 2_000

const typed = 'textarea, [contenteditable=""], [contenteditable="true"], input:not([inputmode="numeric"]):is([type="text"], [type="search"], [type="email"], [type="url"], [type="tel"], [type="password"], :not([type]))'

/**
 * Whether this person is writing: a text field or note that he types in, a pen, finger or mouse that is down on a page. Nobody's page is
 * turned meanwhile (DOMAIN.md 2.3); fields for a number, like the page's, are not writing.
 */
export function useWriting(on: Document = document): Readonly<Ref<boolean>> {
  const writing = ref(false)
  let resting: ReturnType<typeof setTimeout> | undefined

  function begin(restAfter: number | null): void {
    clearTimeout(resting)
    writing.value = true
    if (restAfter !== null) resting = setTimeout(end, restAfter)
  }
  function end(): void {
    clearTimeout(resting)
    writing.value = false
  }

  const inField = (event: Event): boolean => event.target instanceof Element && event.target.matches(typed)
  const onPage = (event: Event): boolean => event.target instanceof Element && event.target.closest('[data-page]') !== null
  on.addEventListener('focusin', (event) => inField(event) && begin(restsAfter))
  on.addEventListener('input', (event) => inField(event) && begin(restsAfter))
  on.addEventListener('focusout', (event) => inField(event) && end())
  let pressed = false
  on.addEventListener('pointerdown', (event) => {
    if (!onPage(event)) return
    pressed = true
    begin(null)
  }, { capture: true })
  // Wherever it is lifted: a pen may leave the page with its stroke.
  on.addEventListener('pointerup', (event) => {
    if (pressed) begin(event.pointerType === 'pen' ? penInTheAir : penInTheAir / 4)
    pressed = false
  }, { capture: true })
  // A finger that scrolls: the browser has taken it over.
  on.addEventListener('pointercancel', () => {
    if (pressed) end()
    pressed = false
  }, { capture: true })
  return readonly(writing)
}
