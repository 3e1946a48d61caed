import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pino } from 'pino'
import { openConversion, type Conversion, type ConversionOptions } from '../../../server/papers/conversion/conversion.ts'
import { sniff } from '../../../server/papers/conversion/sniff.ts'
import type { Refusal } from '../../../shared/contracts/refusal.ts'

export const officeFolder = '/usr/lib/libreoffice/program'

/** A converter with a folder of its own, and what it makes read back as text. */
export interface ConversionScene {
  conversion: Conversion
  folder: string
  /** Writes the bytes, tells their kind and converts them; refused: the code. */
  convert(bytes: Buffer, meetingId?: string): Promise<{ text: string; pages: number } | string>
  /** Whether any process still lives whose command line names this scene's folder or one of its pipes. */
  left(): Promise<string[]>
  stop(): Promise<void>
}

export async function conversionScene(pool: ConversionOptions['pool'] = {}): Promise<ConversionScene> {
  const folder = await mkdtemp(join(tmpdir(), 'giao-ban-conversion-'))
  const conversion = await openConversion({ folder: join(folder, 'conversion'), officeFolder, log: pino({ level: 'silent' }), pool })
  await mkdir(join(folder, 'in'))
  let number = 0
  return {
    conversion, folder,
    async convert(bytes, meetingId = 'm1') {
      const path = join(folder, 'in', String(++number))
      await writeFile(path, bytes)
      const kind = await sniff(path)
      if ('code' in kind) return kind.code
      if (kind.form === 'pdf') return 'pdf'
      const result: { pdf: string } | Refusal = await conversion.toPdf({ meetingId, path, kind })
      return 'code' in result ? result.code : pdfText(result.pdf)
    },
    async left() {
      const lines = await Promise.all((await readdir('/proc')).filter(name => /^\d+$/.test(name)).map(pid => readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '')))
      return lines.map(line => line.replaceAll('\0', ' ')).filter(line => line.includes(folder))
    },
    async stop() {
      await conversion.close()
      await rm(folder, { recursive: true, force: true })
    },
  }
}

/** All words of a PDF, as pdf.js reads them. */
export async function pdfText(path: string): Promise<{ text: string; pages: number }> {
  const { getDocument } = await import('pdfjs-dist/legacy/build/pdf.mjs')
  const task = getDocument({ data: new Uint8Array(await readFile(path)), useSystemFonts: false, disableFontFace: true, useWasm: false, verbosity: 0 })
  const document = await task.promise
  let text = ''
  for (let number = 1; number <= document.numPages; number++) {
    const { items } = await (await document.getPage(number)).getTextContent()
    text += items.map(item => ('str' in item ? item.str + (item.hasEOL ? '\n' : '') : '')).join('')
  }
  const { numPages: pages } = document
  await task.destroy()
  return { text: text.normalize('NFC'), pages }
}
