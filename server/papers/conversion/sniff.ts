import { open, type FileHandle } from 'node:fs/promises'
import { refusal, type Refusal } from '../../../shared/contracts/refusal.ts'
import { compoundKind } from './compound-kind.ts'
import type { FileKind, PictureKind } from './kinds.ts'
import { rtfIsWhole } from './rtf.ts'
import { zipKind } from './zip-kind.ts'

const headBytes = 1024
const compoundMark = Buffer.from('d0cf11e0a1b11ae1', 'hex')

/**
 * What the file at `path` is, by its bytes and never by its name, or why it is nothing that can become a paper:
 * papers.empty, unknownKind, twoKinds, damaged, password, overfull, unsafeZip.
 */
export async function sniff(path: string): Promise<FileKind | Refusal> {
  const file = await open(path)
  try {
    const { size } = await file.stat()
    if (size === 0) return refusal('papers.empty')
    const head = (await file.read(Buffer.alloc(headBytes), 0, headBytes, 0)).buffer.subarray(0, Math.min(headBytes, size))
    const first = markOf(head)
    const pdfAt = head.indexOf('%PDF-')
    // Readers look for a PDF's beginning in the first kilobyte, so one file can be a PDF to one program and something else to another.
    if (pdfAt >= 0) {
      if (pdfAt > 0 && (first !== null || /[<#]/.test(head.toString('latin1', 0, pdfAt)))) return refusal('papers.twoKinds')
      return await endsAsZip(file, size) ? refusal('papers.twoKinds') : { form: 'pdf' }
    }
    if (first === 'zip') return await zipKind(path, size)
    if (first === 'compound') return await compoundKind(file, size)
    if (first === 'rtf') return await rtfIsWhole(file) ? { form: 'office', kind: 'rtf', macros: false, mayHavePassword: false } : refusal('papers.damaged')
    return first === null ? refusal('papers.unknownKind') : { form: 'picture', kind: first }
  } finally {
    await file.close()
  }
}

type Mark = 'zip' | 'compound' | 'rtf' | PictureKind

function markOf(head: Buffer): Mark | null {
  const begins = (...bytes: number[]) => bytes.every((byte, at) => head[at] === byte)
  if (begins(0x50, 0x4b, 0x03, 0x04)) return 'zip'
  if (head.subarray(0, 8).equals(compoundMark)) return 'compound'
  if (head.toString('latin1', 0, 5) === '{\\rtf') return 'rtf'
  if (begins(0xff, 0xd8, 0xff)) return 'jpeg'
  if (begins(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a)) return 'png'
  if (head.toString('latin1', 0, 4) === 'RIFF' && head.toString('latin1', 8, 12) === 'WEBP') return 'webp'
  return begins(0x49, 0x49, 0x2a, 0x00) || begins(0x4d, 0x4d, 0x00, 0x2a) ? 'tiff' : null
}

/** An archive hung on behind a PDF: its end record reaches exactly to the end of the file and points at a directory. */
async function endsAsZip(file: FileHandle, size: number): Promise<boolean> {
  const length = Math.min(size, 22 + 65_535)
  const tail = (await file.read(Buffer.alloc(length), 0, length, size - length)).buffer
  for (let at = tail.lastIndexOf('PK\x05\x06'); at >= 0; at = at === 0 ? -1 : tail.lastIndexOf('PK\x05\x06', at - 1)) {
    if (at + 22 > length || at + 22 + tail.readUInt16LE(at + 20) !== length) continue
    const directory = size - length + at - tail.readUInt32LE(at + 12)
    if (directory < 0 || tail.readUInt16LE(at + 10) === 0) continue
    const mark = (await file.read(Buffer.alloc(4), 0, 4, directory)).buffer
    if (mark.toString('latin1') === 'PK\x01\x02') return true
  }
  return false
}
