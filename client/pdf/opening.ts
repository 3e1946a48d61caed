import { markRaw, onBeforeUnmount, ref, shallowRef, watch } from 'vue'
import { openPaper, type OpenedPaper, type Opening, type PaperSource } from './engine.ts'
import { PaperText } from './pageText.ts'

export type Failure = 'failedNetwork' | 'failedSignedOut' | 'failedForbidden' | 'failedMissing' | 'failedBroken' | 'failedPassword' | 'failedEngine'

function failureOfStatus(status: number): Failure {
  if (status === 401) return 'failedSignedOut'
  if (status === 403) return 'failedForbidden'
  return 'failedMissing'
}

function failureOfError(error: unknown): Failure {
  const name = error instanceof Error ? error.name : ''
  if (name === 'PasswordException') return 'failedPassword'
  if (name === 'InvalidPDFException' || name === 'FormatError' || name === 'UnknownErrorException') return 'failedBroken'
  return 'failedEngine'
}

/** Opens the paper, tells how far it is, opens another when the address changes, and ends everything with the component. */
export function useOpening(source: () => PaperSource) {
  const paper = shallowRef<OpenedPaper | null>(null)
  const text = shallowRef<PaperText | null>(null)
  /** Share of the bytes that are on this device, 0–1, in twentieths. */
  const loaded = ref(0)
  const stalled = ref(false)
  const failure = ref<Failure | null>(null)
  let opening: Opening | null = null

  function open(): void {
    close()
    const wanted = source()
    const mine = openPaper(wanted, {
      // In steps one can see: every step costs a redrawing of the bar, and bytes come by the thousand.
      onProgress: bytes => { if (opening === mine) loaded.value = Math.floor(bytes / wanted.size * 20) / 20 },
      onStall: value => {
        if (opening !== mine) return
        stalled.value = value
        if (!paper.value) failure.value = value ? 'failedNetwork' : null
      },
      onRefused: refusal => { if (opening === mine) failure.value = failureOfStatus(refusal.status) },
    })
    opening = mine
    mine.paper.then(opened => {
      if (opening !== mine) return
      text.value = markRaw(new PaperText(opened.document))
      paper.value = markRaw(opened)
    }, (error: unknown) => {
      if (opening === mine) failure.value = failureOfError(error)
    })
  }

  function close(): void {
    opening?.destroy()
    opening = null
    paper.value = null
    text.value = null
    loaded.value = 0
    stalled.value = false
    failure.value = null
  }

  watch(() => source().url, open, { immediate: true })
  onBeforeUnmount(close)

  return { paper, text, loaded, stalled, failure, retry: open }
}
