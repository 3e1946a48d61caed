import type { Told } from './reading/job.ts'

/** A page of print in a form that is on the screen after two tenths of a second on a slow line. */
export const mostPictureBytes = 80 * 1024

export interface Picture { type: 'image/webp'; data: Buffer }

type Drawn = Extract<Told, { kind: 'drawn' }>

/** Drawn pixels as WebP of at most 80 KB: photographs lose sharpness, dense print loses its shades of grey, before either loses size. */
export async function encode({ pixels, width, height, channels }: Omit<Drawn, 'kind' | 'page'>): Promise<Picture> {
  const { default: sharp } = await import('sharp')
  sharp.concurrency(1)
  const drawn = () => sharp(pixels, { raw: { width, height, channels } }).removeAlpha()
  const usual = await drawn().webp({ quality: 60, effort: 2 }).toBuffer()
  if (usual.length <= mostPictureBytes) return { type: 'image/webp', data: usual }
  if (isInkOnPaper(pixels, channels)) {
    const inked = await sharp(shades(pixels, channels), { raw: { width, height, channels: 1 } }).webp({ lossless: true, effort: 2 }).toBuffer()
    if (inked.length <= mostPictureBytes) return { type: 'image/webp', data: inked }
  }
  let smaller = usual
  for (const [share, quality] of [[1, 40], [0.86, 35], [0.7, 30], [0.55, 25], [0.4, 20]] as const) {
    smaller = await drawn().resize({ width: Math.round(width * share) }).webp({ quality, effort: 2 }).toBuffer()
    if (smaller.length <= mostPictureBytes) break
  }
  return { type: 'image/webp', data: smaller }
}

/** Mostly white, and hardly a colour: print, which stays sharp with few shades of grey. */
function isInkOnPaper(pixels: Uint8Array, channels: number): boolean {
  if (channels === 1) return true
  let [looks, white, colourful] = [0, 0, 0]
  for (let at = 0; at + 2 < pixels.length; at += channels * 7) {
    const [red, green, blue] = [pixels[at] as number, pixels[at + 1] as number, pixels[at + 2] as number]
    looks++
    if (red > 235 && green > 235 && blue > 235) white++
    else if (Math.max(red, green, blue) - Math.min(red, green, blue) > 40) colourful++
  }
  return white > looks * 0.6 && colourful < looks * 0.02
}

/** Eight shades of grey. */
function shades(pixels: Uint8Array, channels: number): Uint8Array {
  const grey = new Uint8Array(pixels.length / channels)
  for (let at = 0; at < grey.length; at++) {
    const from = at * channels
    const light = channels === 1 ? pixels[from] as number : ((pixels[from] as number) * 2 + (pixels[from + 1] as number) * 5 + (pixels[from + 2] as number)) / 8
    grey[at] = Math.round(Math.round(light / 255 * 7) * 255 / 7)
  }
  return grey
}
