/** A part of a page in page coordinates: 0–1 from the upper left corner of the page as it is read (turned as the paper says). */
export interface PageRegion { x: number; y: number; width: number; height: number }

/**
 * How large the pages are meant to be. An intention, not a figure, so that another screen can follow it:
 * `fitWidth` fills the width, `fitPage` shows whole pages, a region fills the screen with that part,
 * a number is a factor of the printed size (1 = 96 pixels an inch).
 */
export type Zoom = 'fitWidth' | 'fitPage' | number | PageRegion

/** Zoom as it travels to those who follow: without numbers, which mean nothing on another screen. */
export type SharedZoom = Exclude<Zoom, number>

/** Points, turned as the page is read. */
export interface PageSize { width: number; height: number }

export interface Viewport { width: number; height: number }

export const smallestScale = 0.25
export const largestScale = 8
const pixelsPerPoint = 96 / 72

/** Room left and right of a page: less on a phone, where every pixel is wanted for the print. */
export function sideRoom(viewport: Viewport): number {
  return viewport.width < 600 ? 8 : 24
}

export const gap = 16

function clamp(value: number): number {
  return Math.min(largestScale, Math.max(smallestScale, value)) * pixelsPerPoint
}

/** CSS pixels per point at which a page of this size is shown. */
export function scaleOf(zoom: Zoom, size: PageSize, viewport: Viewport): number {
  const width = Math.max(40, viewport.width - 2 * sideRoom(viewport))
  const height = Math.max(40, viewport.height - 2 * gap)
  if (typeof zoom === 'number') return clamp(zoom)
  if (zoom === 'fitWidth') return width / size.width
  if (zoom === 'fitPage') return Math.min(width / size.width, height / size.height)
  return clamp(Math.min(viewport.width / (size.width * zoom.width), viewport.height / (size.height * zoom.height)) / pixelsPerPoint)
}

/** The factor that `zoom` comes to on this page, to start stepping from. */
export function factorOf(zoom: Zoom, size: PageSize, viewport: Viewport): number {
  return scaleOf(zoom, size, viewport) / pixelsPerPoint
}

const steps = [0.25, 0.33, 0.5, 0.67, 0.8, 1, 1.25, 1.5, 1.75, 2, 2.5, 3, 4, 5, 6, 8]

/** The next larger (1) or smaller (-1) step from a factor. */
export function stepFrom(factor: number, direction: 1 | -1): number {
  const next = direction === 1
    ? steps.find(step => step > factor * 1.02)
    : steps.findLast(step => step < factor * 0.98)
  return next ?? (direction === 1 ? largestScale : smallestScale)
}

export function limited(factor: number): number {
  return Math.min(largestScale, Math.max(smallestScale, factor))
}
