import { PDFStream, type PDFContext, type PDFObject, type PDFRef } from '@cantoo/pdf-lib'

/** A PDF that is written as it comes, so that no more of it than one paper lies in memory. */
export interface BookFile {
  /** Writes all that `context` holds and takes it out of there; it can still be referred to. */
  flush(): void
  /** The last of it: what is still held, and the table of all. `root`: the catalog. */
  end(root: PDFRef, info: PDFRef): void
}

const latin = (text: string): Uint8Array => Buffer.from(text, 'latin1')
/** Small objects are written together. */
const together = 2 ** 20

export function openBookFile(context: PDFContext, put: (bytes: Uint8Array) => void): BookFile {
  const places = new Map<number, number>()
  let waiting: Uint8Array[] = []
  let held = 0
  let at = 0

  function write(bytes: Uint8Array): void {
    waiting.push(bytes)
    held += bytes.length
    at += bytes.length
    if (held >= together) send()
  }
  function send(): void {
    put(Buffer.concat(waiting))
    waiting = []
    held = 0
  }
  function flush(): void {
    for (const [ref, object] of context.enumerateIndirectObjects()) {
      places.set(ref.objectNumber, at)
      write(latin(`${ref.objectNumber} 0 obj\n`))
      writeObject(object)
      write(latin('\nendobj\n'))
      context.delete(ref)
    }
  }
  function writeObject(object: PDFObject): void {
    if (!(object instanceof PDFStream)) return write(bytesOf(object))
    object.updateDict()
    write(bytesOf(object.dict))
    write(latin('\nstream\n'))
    write(object.getContents())
    write(latin('\nendstream'))
  }

  write(latin('%PDF-1.7\n%\xe2\xe3\xcf\xd3\n'))
  return {
    flush,
    end(root, info) {
      flush()
      const count = context.largestObjectNumber + 1
      const table = at
      write(latin(`xref\n0 ${count}\n0000000000 65535 f \n`))
      for (let number = 1; number < count; number += 1) {
        const place = places.get(number)
        write(latin(place === undefined ? '0000000000 00001 f \n' : `${String(place).padStart(10, '0')} 00000 n \n`))
      }
      write(latin(`trailer\n<< /Size ${count} /Root ${root.toString()} /Info ${info.toString()} >>\nstartxref\n${table}\n%%EOF\n`))
      send()
    },
  }
}

function bytesOf(object: PDFObject): Uint8Array {
  const bytes = new Uint8Array(object.sizeInBytes())
  object.copyBytesInto(bytes, 0)
  return bytes
}
