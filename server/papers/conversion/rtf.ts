import type { FileHandle } from 'node:fs/promises'

const piece = 1 << 20

/**
 * Whether an RTF file ends where its first group ends. Braces that are written (`\{`) do not count; a file with raw pictures
 * (`\bin`) may hold any byte and is believed.
 */
export async function rtfIsWhole(file: FileHandle): Promise<boolean> {
  let depth = 0
  let escaped = false
  let carried = ''
  const buffer = Buffer.alloc(piece)
  for (let at = 0; ; at += piece) {
    const { bytesRead } = await file.read(buffer, 0, piece, at)
    if (bytesRead === 0) return false
    const text = buffer.toString('latin1', 0, bytesRead)
    if (/\\bin\d/.test(carried + text)) return true
    carried = text.slice(-8)
    for (let index = 0; index < bytesRead; index++) {
      const byte = buffer[index]
      if (escaped) { escaped = false; continue }
      if (byte === 0x5c) escaped = true
      else if (byte === 0x7b) depth++
      else if (byte === 0x7d && --depth === 0) return true
    }
  }
}
