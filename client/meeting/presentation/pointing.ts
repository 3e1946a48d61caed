import { shallowRef } from 'vue'
import { laserStays, type InkBatch, type Laser } from '../../../shared/meeting/presentation/pointing.ts'
import { stillSeen, strokeStays, withBatch, type LiveStroke } from './strokes.ts'

/** What the presenter points at and draws at this moment, as this screen was told. Everything in it goes by itself. */
export function usePointing() {
  const laser = shallowRef<Laser | null>(null)
  const strokes = shallowRef<readonly LiveStroke[]>([])
  /** Strokes that are in a layer by now: what still comes of them on the volatile line is not drawn a second time. */
  const inLayer = new Set<string>()
  let dimming: ReturnType<typeof setTimeout> | undefined
  let fading: ReturnType<typeof setTimeout> | undefined

  function point(next: Laser | null): void {
    clearTimeout(dimming)
    laser.value = next
    if (next) dimming = setTimeout(() => (laser.value = null), laserStays)
  }

  function draw(batch: InkBatch): void {
    if (inLayer.has(batch.strokeId)) return
    strokes.value = withBatch(strokes.value, batch, Date.now())
    clearTimeout(fading)
    fading = setTimeout(fade, strokeStays)
  }

  function fade(): void {
    const now = Date.now()
    strokes.value = stillSeen(strokes.value, now)
    const next = Math.min(...strokes.value.map(({ at }) => at + strokeStays - now))
    if (strokes.value.length > 0) fading = setTimeout(fade, Math.max(50, next))
  }

  /** A stroke that has arrived in a layer is drawn from there. */
  function settled(strokeId: string): void {
    inLayer.add(strokeId)
    strokes.value = strokes.value.filter((one) => one.strokeId !== strokeId)
  }

  function forget(): void {
    point(null)
    clearTimeout(fading)
    strokes.value = []
    inLayer.clear()
  }

  return { laser, strokes, point, draw, settled, forget }
}
