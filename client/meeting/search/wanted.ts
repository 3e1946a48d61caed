import { defineStore } from 'pinia'
import { shallowRef } from 'vue'

/** A place that the search in all papers leads to; the reader of that paper goes there, marks the words, and takes it away. */
export interface WantedPlace { paperId: string; page: number; query: string }

export const useWantedPlace = defineStore('wantedPlace', () => {
  const place = shallowRef<WantedPlace | null>(null)
  return {
    place,
    go: (wanted: WantedPlace) => { place.value = wanted },
    /** What was wanted of this paper, once. */
    take(paperId: string): WantedPlace | null {
      const wanted = place.value
      if (wanted?.paperId !== paperId) return null
      place.value = null
      return wanted
    },
  }
})
