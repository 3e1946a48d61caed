/**
 * TCVN3 ("ABC", TCVN 5712:1993 VN3), the coding of .VnTime, .VnArial and their sisters: one byte a letter, read by everybody else as
 * Latin-1. There are no accented capitals: whoever wrote capitals took a font whose small letters look like them (.VnTimeH).
 */
const rows: [first: number, letters: string][] = [
  [0xa1, 'ĂÂÊÔƠƯĐăâêôơưđ'],
  [0xb5, 'àảãáạ'],
  [0xbb, 'ằẳẵắ'],
  [0xc6, 'ặầẩẫấậè'],
  [0xce, 'ẻẽéẹềểễếệìỉ'],
  [0xdc, 'ĩíịò'],
  [0xe1, 'ỏõóọồổỗốộờởỡớợù'],
  [0xf1, 'ủũúụừửữứựỳỷỹýỵ'],
]

const letters = new Map(rows.flatMap(([first, row]) => [...row].map((letter, at) => [String.fromCharCode(first + at), letter] as const)))

/** Every letter of the coding: as it is read by mistake → as it was meant. */
export const tcvn3Letters: ReadonlyMap<string, string> = letters

/** "céng hßa" → "cộng hòa". `capitals`: the font is one whose small letters look like capitals. What is no TCVN3 letter stays. */
export function fromTcvn3(text: string, { capitals = false } = {}): string {
  let written = ''
  for (const sign of text) written += letters.get(sign) ?? sign
  return capitals ? written.toLocaleUpperCase('vi') : written
}
