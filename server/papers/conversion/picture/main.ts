/**
 * The picture process: `node main.ts <picture> <pdf> <memory in bytes> <computing in milliseconds>`. Decoders of pictures have been the way
 * into many programs, so they run here and not in the hub; the process watches itself and may write nothing but the PDF.
 */
import { writeFile } from 'node:fs/promises'
import { PDFDocument } from '@cantoo/pdf-lib'
import sharp from 'sharp'
import { a4, pictureLimits, type PictureOutcome } from './limits.ts'

const [input = '', output = ''] = process.argv.slice(2)
const [memory = 0, computing = 0] = process.argv.slice(4).map(Number)
setInterval(() => {
  const { user, system } = process.cpuUsage()
  if (process.memoryUsage.rss() > memory || (user + system) / 1000 > computing) process.kill(process.pid, 'SIGKILL')
}, 25).unref()

sharp.cache(false)
sharp.concurrency(1)

const options = { limitInputPixels: pictureLimits.pixels, failOn: 'truncated', sequentialRead: true } as const

async function made(): Promise<PictureOutcome> {
  // Its head tells how large it is; nothing is decoded before that is known.
  const head = await sharp(input, { ...options, limitInputPixels: false }).metadata()
  const pages = head.pages ?? 1
  if (!head.width || !head.height || pages === 0) return 'damaged'
  if (pages > pictureLimits.pages || head.width * head.height > pictureLimits.pixels) return 'tooLarge'
  const document = await PDFDocument.create()
  let pixels = 0
  for (let page = 0; page < pages; page++) {
    const { width = 0, height = 0 } = await sharp(input, { ...options, page, limitInputPixels: false }).metadata()
    pixels += width * height
    if (width * height > pictureLimits.pixels || pixels > pictureLimits.pixelsInAll) return 'tooLarge'
    await addPage(document, page, head.density ?? 0)
  }
  await writeFile(output, await document.save())
  return 'done'
}

/** Turned as the camera held it, on white, no finer than a printer would need. */
async function addPage(document: PDFDocument, page: number, density: number): Promise<void> {
  const upright = sharp(input, { ...options, page }).autoOrient().flatten({ background: '#ffffff' })
    .resize({ width: pictureLimits.side, height: pictureLimits.side, fit: 'inside', withoutEnlargement: true })
  const { bitsPerSample } = await sharp(input, { ...options, page }).metadata() as { bitsPerSample?: number }
  // A fax-like scan stays black and white; JPEG would make it grey and larger.
  const { data, info } = await (bitsPerSample === 1 ? upright.greyscale().png() : upright.toColourspace('srgb').jpeg({ quality: 85, chromaSubsampling: '4:4:4' })).toBuffer({ resolveWithObject: true })
  const picture = bitsPerSample === 1 ? await document.embedPng(data) : await document.embedJpg(data)
  const [width, height] = pageSize(info.width, info.height, density)
  document.addPage([width, height]).drawImage(picture, { x: 0, y: 0, width, height })
}

/** Its true size where a scanner gave one between a slip and A3; else as large as A4 allows. */
function pageSize(width: number, height: number, density: number): [number, number] {
  const points = 72 / density
  const long = Math.max(width, height) * points
  if (density >= 100 && long >= a4.width / 2 && long <= a4.height * Math.SQRT2 + 20) return [width * points, height * points]
  const [across, down] = width > height ? [a4.height, a4.width] : [a4.width, a4.height]
  const scale = Math.min(across / width, down / height)
  return [width * scale, height * scale]
}

const outcome = await made().catch((): PictureOutcome => 'damaged')
process.send?.(outcome, () => process.exit(0))
