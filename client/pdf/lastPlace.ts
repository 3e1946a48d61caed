import type { Place } from './layout.ts'
import type { Zoom } from './zoom.ts'

export interface LastPlace extends Place { zoom: Zoom }

const prefix = 'paper-place:'

function isZoom(value: unknown): value is Zoom {
  if (value === 'fitWidth' || value === 'fitPage') return true
  return typeof value === 'number' && Number.isFinite(value) && value > 0
}

/** Where this person left this paper on this device; nothing when it is unknown or storage is shut (private windows). */
export function readLastPlace(key: string): LastPlace | null {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(prefix + key) ?? 'null')
    if (typeof kept !== 'object' || kept === null) return null
    const { page, top, zoom } = kept as Record<string, unknown>
    if (!Number.isInteger(page) || (page as number) < 1) return null
    if (typeof top !== 'number' || !(top >= 0 && top <= 1)) return null
    return { page: page as number, top, zoom: isZoom(zoom) ? zoom : 'fitWidth' }
  } catch {
    return null
  }
}

export function writeLastPlace(key: string, place: LastPlace): void {
  try {
    localStorage.setItem(prefix + key, JSON.stringify({ page: place.page, top: place.top, zoom: isZoom(place.zoom) ? place.zoom : 'fitWidth' }))
  } catch {
    // Storage is full or shut: the paper then opens at its beginning, which is no reason to disturb anyone.
  }
}
