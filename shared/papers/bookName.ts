/** Bytes of UTF-8; what every file system a book may be saved on can hold. */
const longest = 255
const bytesOf = (letter: string): number => {
  const code = letter.codePointAt(0) as number
  return code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4
}

/** The name of a meeting book, for saving: what it is, and as much of the meeting's title as a name can hold. */
export function bookName(book: string, title: string): string {
  const beginning = `${book} - `
  const words = title.toWellFormed().normalize('NFC').replace(/[\p{Cc}\p{Cf}/\\:*?"<>|]/gu, ' ').replace(/\s+/gu, ' ').trim()
  let room = longest - [...`${beginning}.pdf`].reduce((sum, letter) => sum + bytesOf(letter), 0)
  let kept = ''
  for (const letter of words) {
    room -= bytesOf(letter)
    if (room < 0) break
    kept += letter
  }
  return `${beginning}${kept.trim()}.pdf`
}
