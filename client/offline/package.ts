import { defineStore } from 'pinia'
import { ref, shallowRef } from 'vue'
import type { PaperStatus } from './paperState.ts'

/** One paper on this device. */
export interface KeptPaper { status: PaperStatus; bytes: number; size: number }

/**
 * cannot: no HTTPS, or no storage. none: the meeting offers nothing to keep. off: nothing is to be kept here. waiting: the line is
 * needed for something else, or is gone. full: this device has no room for what is missing.
 */
export type PackageStatus = 'unknown' | 'cannot' | 'none' | 'off' | 'waiting' | 'fetching' | 'complete' | 'full'

export interface PackageActs {
  /** Fetch everything, and keep it even if storage runs low elsewhere. */
  fetchAll(): Promise<void>
  /** Delete everything of this meeting here, and fetch nothing of it again by itself. */
  remove(): Promise<void>
}

/** What this page shows of the meeting's package; filled by the keeper, which comes with the rest of the page. */
export const usePackage = defineStore('package', () => {
  const status = ref<PackageStatus>('unknown')
  const papers = shallowRef<ReadonlyMap<string, KeptPaper>>(new Map())
  /** Hub time at which everything is deleted. */
  const expiresAt = ref<number | null>(null)
  /** Hub time of the view that is kept. */
  const keptAt = ref<number | null>(null)
  /** Papers whose words are here, to be searched and read in large type. */
  const words = ref(0)
  const acts = shallowRef<PackageActs | null>(null)
  const panelOpen = ref(false)

  function forget(): void {
    status.value = 'unknown'
    papers.value = new Map()
    expiresAt.value = keptAt.value = null
    words.value = 0
    acts.value = null
    panelOpen.value = false
  }

  return { status, papers, expiresAt, keptAt, words, acts, panelOpen, forget }
})
