/** Never more than a page could mean; a page of a million `q` is no page. */
const deepest = 5_000

const [space, delimiter] = [new Set([0, 9, 10, 12, 13, 32]), new Set('()<>[]{}/%'.split('').map((one) => one.charCodeAt(0)))]
const ends = (byte: number | undefined): boolean => byte === undefined || space.has(byte) || delimiter.has(byte)
const code = (letter: string): number => letter.charCodeAt(0)

/**
 * How many saved states (`q`) a page's content leaves open: what is drawn after it would be moved, turned, or cut off by them. Words in strings
 * and the bytes of pictures in the content do not count.
 */
export function openStates(content: Uint8Array): number {
  let depth = 0
  for (let at = 0; at < content.length;) {
    const byte = content[at] as number
    if (byte === code('(')) at = afterString(content, at)
    else if (byte === code('%')) while (at < content.length && content[at] !== 10 && content[at] !== 13) at += 1
    else if (space.has(byte) || delimiter.has(byte)) at += 1
    else {
      const start = at
      while (!ends(content[at])) at += 1
      const named = content[start - 1] === code('/')
      if (named) continue
      if (at - start === 1 && byte === code('q')) depth = Math.min(deepest, depth + 1)
      else if (at - start === 1 && byte === code('Q')) depth = Math.max(0, depth - 1)
      else if (at - start === 2 && byte === code('I') && content[start + 1] === code('D')) at = afterPicture(content, at)
    }
  }
  return depth
}

function afterString(content: Uint8Array, start: number): number {
  let open = 0
  for (let at = start; at < content.length; at += 1) {
    if (content[at] === code('\\')) at += 1
    else if (content[at] === code('(')) open += 1
    else if (content[at] === code(')') && --open === 0) return at + 1
  }
  return content.length
}

function afterPicture(content: Uint8Array, start: number): number {
  for (let at = start + 1; at + 2 < content.length; at += 1) {
    if (content[at + 1] === code('E') && content[at + 2] === code('I') && space.has(content[at] as number) && ends(content[at + 3])) return at + 3
  }
  return content.length
}
