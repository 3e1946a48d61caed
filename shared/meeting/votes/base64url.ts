const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'
const values = new Map([...alphabet].map((letter, value) => [letter, value]))

/** Characters that so many bytes become; no padding. */
export function base64urlLength(bytes: number): number {
  return Math.ceil((bytes * 4) / 3)
}

/** Written out here: neither Node 24 nor an older tablet has it built in, and `btoa` knows no bytes. */
export function toBase64url(bytes: Uint8Array): string {
  let text = ''
  for (let index = 0; index < bytes.length; index += 3) {
    const group = ((bytes[index] ?? 0) << 16) | ((bytes[index + 1] ?? 0) << 8) | (bytes[index + 2] ?? 0)
    const letters = Math.min(3, bytes.length - index) + 1
    for (let place = 0; place < letters; place += 1) text += alphabet[(group >> (18 - 6 * place)) & 63]
  }
  return text
}

/** Null for anything that `toBase64url` would not have written: each run of bytes has one text only. */
export function fromBase64url(text: string): Uint8Array<ArrayBuffer> | null {
  const bytes = new Uint8Array(Math.floor((text.length * 3) / 4))
  let held = 0
  let bits = 0
  let filled = 0
  for (const letter of text) {
    const value = values.get(letter)
    if (value === undefined) return null
    held = ((held << 6) | value) & 0xffff
    bits += 6
    if (bits < 8) continue
    bits -= 8
    bytes[filled++] = (held >> bits) & 0xff
  }
  const leftover = held & ((1 << bits) - 1)
  return bits < 6 && leftover === 0 ? bytes : null
}
