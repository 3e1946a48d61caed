/** Office files made byte by byte: small ones that are whole, and those that an honest hub refuses. */
import { crc32, deflateRawSync } from 'node:zlib'

export interface ZipPart {
  name: string
  data: Buffer | string
  /** What the directory claims, when that is a lie. */
  claimed?: number
}

/** An archive of these parts, in this order. */
export function zip(parts: ZipPart[]): Buffer {
  const local: Buffer[] = []
  const central: Buffer[] = []
  let offset = 0
  for (const { name, data, claimed } of parts) {
    const bytes = Buffer.from(data as string)
    const packed = deflateRawSync(bytes)
    const stored = packed.length >= bytes.length
    const body = stored ? bytes : packed
    const fields = Buffer.alloc(26)
    fields.writeUInt16LE(20, 0)
    fields.writeUInt16LE(0x800, 2)
    fields.writeUInt16LE(stored ? 0 : 8, 4)
    fields.writeUInt32LE(crc32(bytes), 10)
    fields.writeUInt32LE(body.length, 14)
    fields.writeUInt32LE(claimed ?? bytes.length, 18)
    fields.writeUInt16LE(Buffer.byteLength(name), 22)
    local.push(Buffer.from('PK\x03\x04', 'latin1'), fields, Buffer.from(name), body)
    const place = Buffer.alloc(14)
    place.writeUInt32LE(offset, 10)
    central.push(Buffer.from('PK\x01\x02\x14\x00', 'latin1'), fields, place, Buffer.from(name))
    offset += 30 + Buffer.byteLength(name) + body.length
  }
  const directory = Buffer.concat(central)
  const end = Buffer.alloc(22)
  end.write('PK\x05\x06', 'latin1')
  end.writeUInt16LE(parts.length, 8)
  end.writeUInt16LE(parts.length, 10)
  end.writeUInt32LE(directory.length, 12)
  end.writeUInt32LE(offset, 16)
  return Buffer.concat([...local, directory, end])
}

const head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
const wordMain = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml'

export interface Docx {
  /** Instead of a paragraph that says so. */
  body?: string
  /** Of the main part. */
  type?: string
  relationships?: string
  more?: ZipPart[]
}

export const paragraph = (text: string): string => `<w:p><w:r><w:t xml:space="preserve">${text}</w:t></w:r></w:p>`

/** A Word document of one page. */
export function docx({ body = paragraph('Kính gửi: Uỷ ban nhân dân tỉnh'), type = wordMain, relationships = '', more = [] }: Docx = {}): Buffer {
  return zip([
    {
      name: '[Content_Types].xml',
      data: `${head}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Default Extension="png" ContentType="image/png"/><Override PartName="/word/document.xml" ContentType="${type}"/></Types>`,
    },
    { name: '_rels/.rels', data: `${head}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>` },
    { name: 'word/_rels/document.xml.rels', data: `${head}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">${relationships}</Relationships>` },
    {
      name: 'word/document.xml',
      data: `${head}<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"><w:body>${body}<w:sectPr><w:pgSz w:w="11906" w:h="16838"/></w:sectPr></w:body></w:document>`,
    },
    ...more,
  ])
}

export interface Odt { body?: string; scripts?: string; manifest?: string; mimetype?: string; more?: ZipPart[] }

/** An OpenDocument text of one page. */
export function odt({ body = '<text:p>Kính gửi: Uỷ ban nhân dân tỉnh</text:p>', manifest = '', mimetype = 'application/vnd.oasis.opendocument.text', scripts = '', more = [] }: Odt = {}): Buffer {
  const spaces = ['office', 'text', 'draw', 'script'].map(name => `xmlns:${name}="urn:oasis:names:tc:opendocument:xmlns:${name === 'draw' ? 'drawing' : name}:1.0"`).join(' ')
  return zip([
    { name: 'mimetype', data: mimetype },
    { name: 'META-INF/manifest.xml', data: `${head}<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0" manifest:version="1.2"><manifest:file-entry manifest:full-path="/" manifest:media-type="${mimetype}"/><manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml">${manifest}</manifest:file-entry>${more.map(({ name }) => `<manifest:file-entry manifest:full-path="${name}" manifest:media-type="text/xml"/>`).join('')}</manifest:manifest>` },
    { name: 'content.xml', data: `${head}<office:document-content ${spaces} xmlns:xlink="http://www.w3.org/1999/xlink" xmlns:dom="http://www.w3.org/2001/xml-events" xmlns:ooo="http://openoffice.org/2004/office" office:version="1.2"><office:scripts>${scripts}</office:scripts><office:body><office:text>${body}</office:text></office:body></office:document-content>` },
    ...more,
  ])
}

interface CompoundPart { name: string; data: Buffer; storage?: boolean }

/** An OLE2 compound file of 512-byte sectors; streams are padded beyond the size where small ones live elsewhere. */
export function compound(parts: CompoundPart[]): Buffer {
  const free = 0xffffffff
  const fat: number[] = []
  const sectors: Buffer[] = []
  const add = (data: Buffer): number => {
    const start = sectors.length
    const count = Math.ceil(data.length / 512)
    for (let index = 0; index < count; index++) {
      sectors.push(Buffer.concat([data.subarray(index * 512, (index + 1) * 512)], 512))
      fat.push(index === count - 1 ? 0xfffffffe : start + index + 1)
    }
    return start
  }
  const entry = (name: string, type: number, right: number, child: number, start: number, size: number): Buffer => {
    const bytes = Buffer.alloc(128)
    bytes.write(name, 'utf16le')
    bytes.writeUInt16LE(name.length * 2 + 2, 64)
    bytes[66] = type
    bytes[67] = 1
    for (const [at, value] of [[68, free], [72, right], [76, child], [116, start], [120, size]] as const) bytes.writeUInt32LE(value, at)
    return bytes
  }
  const entries = parts.map(({ name, data, storage }, index) => {
    const padded = Buffer.concat([data], Math.max(4096, data.length))
    const right = index + 2 <= parts.length ? index + 2 : free
    return storage ? entry(name, 1, right, free, 0, 0) : entry(name, 2, right, free, add(padded), padded.length)
  })
  const directory = add(Buffer.concat([entry('Root Entry', 5, free, parts.length > 0 ? 1 : free, 0xfffffffe, 0), ...entries]))
  const table = sectors.length
  const fatSectors = Math.ceil((sectors.length + 4) / 128)
  for (let index = 0; index < fatSectors; index++) fat.push(0xfffffffd)
  const bytes = Buffer.alloc(fatSectors * 512, 0xff)
  fat.forEach((next, index) => bytes.writeUInt32LE(next, index * 4))
  const header = Buffer.alloc(512)
  header.write('d0cf11e0a1b11ae1', 'hex')
  for (const [at, value] of [[0x18, 0x3e], [0x1a, 3], [0x1c, 0xfffe], [0x1e, 9], [0x20, 6]] as const) header.writeUInt16LE(value, at)
  for (const [at, value] of [[0x2c, fatSectors], [0x30, directory], [0x38, 4096], [0x3c, 0xfffffffe], [0x44, 0xfffffffe]] as const) header.writeUInt32LE(value, at)
  header.fill(0xff, 0x4c)
  for (let index = 0; index < fatSectors; index++) header.writeUInt32LE(table + index, 0x4c + index * 4)
  return Buffer.concat([header, ...sectors, bytes])
}

/** What a Word file of 1997 to 2003 begins with; `flags` at 10 (0x0100: encrypted), `version` at 2. */
export function wordHead({ flags = 0, version = 0x00c1 }: { flags?: number; version?: number } = {}): Buffer {
  const head = Buffer.alloc(64)
  head.writeUInt16LE(0xa5ec, 0)
  head.writeUInt16LE(version, 2)
  head.writeUInt16LE(flags, 10)
  return head
}
