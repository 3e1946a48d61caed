/** 255 bytes is what every file system a paper may later be saved on can hold. */
const longestName = 255

/** Letters that write from right to left or hide: "tờ trình‮fdp.exe" must not pass for a PDF. Joiners stay, emoji need them. */
const deceptive = /[\p{Cc}\u061c\u200b\u200e\u200f\u2028\u2029\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff\ufff9-\ufffb]/gu

/**
 * The name to show for an uploaded file: what was typed, composed (NFC), without folders and without control characters.
 * Null when nothing is left of it or it is longer than 255 bytes of UTF-8. Never used as a path.
 */
export function displayName(sent: string): string | null {
  const name = (sent.toWellFormed().normalize('NFC').replace(deceptive, '').split(/[/\\]/).at(-1) as string).replace(/\s+/g, ' ').trim()
  if (name === '' || /^\.+$/.test(name) || Buffer.byteLength(name) > longestName) return null
  return name
}

/** Of what the hub takes; told by the bytes, so it may be missing or wrong. */
const extension = /\.(?:pdf|do[ct][xm]?|xl[st][xmb]?|pp[st][xm]?|pot[xm]?|od[tsp]|ot[tsp]|rtf|jpe?g|png|webp|tiff?)$/i

/** The name of the PDF that a file became, for saving; its own when there is no room for the extension. */
export function nameOfPdf(name: string): string {
  if (/\.pdf$/i.test(name)) return name
  const made = `${name.replace(extension, '')}.pdf`
  return Buffer.byteLength(made) > longestName ? name : made
}

/** A paper's first title: its file name without the extension. */
export function titleOfName(name: string): string {
  const stem = name.replace(extension, '').replaceAll('_', ' ').replace(/\s+/g, ' ').trim()
  return stem || name
}

/** RFC 6266 with RFC 5987: a plain-letters name for old readers, the true one beside it. */
export function contentDisposition(kind: 'inline' | 'attachment', name: string): string {
  const plain = name.normalize('NFD').replace(/\p{M}/gu, '').replace(/[đĐ]/g, letter => (letter === 'đ' ? 'd' : 'D')).replace(/[^\x20-\x7e]|["\\%;]/gu, '_')
  const encoded = encodeURIComponent(name).replace(/['()*]/g, letter => `%${letter.charCodeAt(0).toString(16).toUpperCase()}`)
  return `${kind}; filename="${plain}"; filename*=UTF-8''${encoded}`
}
