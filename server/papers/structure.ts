import { open } from 'node:fs/promises'
import type { PaperRefusalCode } from '../../shared/contracts/refusals/papers.ts'

const headBytes = 1024
/** Readers look for the end mark in the last 1,024 bytes (ISO 32000-1, annex H); some programs pad a little more. */
const tailBytes = 4096

/**
 * What the first and last bytes of a file tell, without parsing it: null when they are those of a whole PDF.
 * pdf.js rebuilds half a file without a word, and the second half of a budget would be missing in the meeting:
 * so a file without its end mark, or whose end mark points behind its end, is refused here.
 */
export async function structureRefusal(path: string): Promise<PaperRefusalCode | null> {
  const file = await open(path)
  try {
    const { size } = await file.stat()
    if (size === 0) return 'papers.empty'
    const head = await bytes(file, 0, Math.min(headBytes, size))
    const headerAt = head.indexOf('%PDF-')
    if (headerAt < 0) return 'papers.notPdf'
    const tailFrom = Math.max(0, size - tailBytes)
    const tail = await bytes(file, tailFrom, size - tailFrom)
    const endMark = tail.lastIndexOf('%%EOF')
    if (endMark < 0) return 'papers.truncated'
    const startxref = [...tail.slice(0, endMark).matchAll(/startxref\s+(\d{1,15})\s/g)].at(-1)
    if (!startxref || Number(startxref[1]) >= size) return 'papers.truncated'
    // A linearised file says how long it was when it was written; it may have grown since, never shrunk.
    const length = /\/Linearized\s[^>]*?\/L\s+(\d{1,15})/.exec(head)?.[1]
    return length !== undefined && Number(length) > size ? 'papers.truncated' : null
  } finally {
    await file.close()
  }
}

async function bytes(file: Awaited<ReturnType<typeof open>>, from: number, length: number): Promise<string> {
  const { buffer, bytesRead } = await file.read(Buffer.alloc(length), 0, length, from)
  return buffer.toString('latin1', 0, bytesRead)
}
