import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { sniff } from '../../../server/papers/conversion/sniff.ts'
import { zipLimits } from '../../../server/papers/conversion/zip.ts'
import { compound, docx, odt, wordHead, zip } from '../../support/papers/office.ts'
import { noPages } from '../../support/papers/broken.ts'

let folder: string
beforeAll(async () => { folder = await mkdtemp(join(tmpdir(), 'giao-ban-sniff-')) })
afterAll(() => rm(folder, { recursive: true, force: true }))

async function told(bytes: Buffer): Promise<string> {
  // The name says PDF whatever it is: nobody may believe it.
  const path = join(folder, 'x.pdf')
  await writeFile(path, bytes)
  const file = await sniff(path)
  if ('code' in file) return file.code
  return file.form === 'pdf' ? 'pdf' : `${file.kind}${file.form === 'office' && file.macros ? ' with macros' : ''}${file.form === 'office' && file.mayHavePassword ? ' with a password?' : ''}`
}

const filePass = Buffer.concat([Buffer.from('0908100000060500', 'hex'), Buffer.alloc(12), Buffer.from('2f000600', 'hex'), Buffer.alloc(6)])
const userAtom = (token: number) => {
  const atom = Buffer.alloc(32)
  atom.writeUInt32LE(token, 12)
  return atom
}
const stream = (name: string, data: Buffer = Buffer.alloc(10)) => ({ name, data })
const main = (type: string) => docx({ type: `application/${type}+xml` })

const known: [string, Buffer, string][] = [
  ['a PDF', noPages(), 'pdf'],
  ['a PDF behind a line of blanks, as some mail programs leave it', Buffer.concat([Buffer.from('\r\n  '), noPages()]), 'pdf'],
  ['a Word document', docx(), 'docx'],
  ['one with macros by its type', main('vnd.ms-word.document.macroEnabled.main'), 'docm'],
  ['one with macros that does not say so', docx({ more: [{ name: 'word/vbaProject.bin', data: 'x' }] }), 'docx with macros'],
  ['a spreadsheet', main('vnd.openxmlformats-officedocument.spreadsheetml.sheet.main'), 'xlsx'],
  ['a binary spreadsheet', main('vnd.ms-excel.sheet.binary.macroEnabled.main'), 'xlsb'],
  ['slides', main('vnd.openxmlformats-officedocument.presentationml.presentation.main'), 'pptx'],
  ['slides that begin by themselves', main('vnd.openxmlformats-officedocument.presentationml.slideshow.main'), 'ppsx'],
  ['an OpenDocument text', odt(), 'odt'],
  ['an OpenDocument spreadsheet', odt({ mimetype: 'application/vnd.oasis.opendocument.spreadsheet' }), 'ods'],
  ['OpenDocument with a macro', odt({ more: [{ name: 'Basic/Standard/Module1.xml', data: 'x' }] }), 'odt with macros'],
  ['an old Word document', compound([stream('WordDocument', wordHead())]), 'doc'],
  ['a very old Word document', compound([stream('WordDocument', wordHead({ version: 0x0065 }))]), 'doc95'],
  ['an old Word document with macros', compound([stream('WordDocument', wordHead()), { ...stream('Macros'), storage: true }]), 'doc with macros'],
  ['an old spreadsheet', compound([stream('Workbook')]), 'xls'],
  ['an old spreadsheet that is encrypted, perhaps with the password that everybody knows', compound([stream('Workbook', filePass)]), 'xls with a password?'],
  ['old slides', compound([stream('PowerPoint Document'), stream('Current User', userAtom(0xe391c05f))]), 'ppt'],
  ['RTF', Buffer.from('{\\rtf1\\ansi {\\b x} \\{ \\\\ }\n'), 'rtf'],
  ['JPEG', Buffer.from('ffd8ffe000104a46', 'hex'), 'jpeg'],
  ['PNG', Buffer.from('89504e470d0a1a0a', 'hex'), 'png'],
  ['WebP', Buffer.from('RIFF\x10\x00\x00\x00WEBPVP8 ', 'latin1'), 'webp'],
  ['TIFF, either way round', Buffer.from('MM\x00\x2a', 'latin1'), 'tiff'],
]

const refused: [string, Buffer, string][] = [
  ['nothing', Buffer.alloc(0), 'papers.empty'],
  ['plain text', Buffer.from('Kính gửi ông Phó Chủ tịch'), 'papers.unknownKind'],
  ['a web page', Buffer.from('<!DOCTYPE html><html></html>'), 'papers.unknownKind'],
  ['a program', Buffer.from('MZ\x90\x00'), 'papers.unknownKind'],
  ['an archive of files', zip([{ name: 'a.txt', data: 'a' }]), 'papers.unknownKind'],
  ['a drawing of OpenDocument', odt({ mimetype: 'application/vnd.oasis.opendocument.graphics' }), 'papers.unknownKind'],
  ['a compound file of another program', compound([stream('__properties_version1.0')]), 'papers.unknownKind'],
  ['a web page that is also a PDF', Buffer.concat([Buffer.from('<html><!-- '), noPages()]), 'papers.twoKinds'],
  ['an archive that is also a PDF', Buffer.concat([docx().subarray(0, 300), noPages()]), 'papers.twoKinds'],
  ['a PDF that is also an archive', Buffer.concat([noPages(), docx()]), 'papers.twoKinds'],
  ['half a Word document', docx().subarray(0, 900), 'papers.damaged'],
  ['a Word document without a middle', Buffer.concat([docx().subarray(0, 60), docx().subarray(700)]), 'papers.damaged'],
  ['OpenDocument without content', zip([{ name: 'mimetype', data: 'application/vnd.oasis.opendocument.text' }]), 'papers.damaged'],
  ['half an old Word document', compound([stream('WordDocument', Buffer.concat([wordHead()], 60_000))]).subarray(0, 20_000), 'papers.damaged'],
  ['a compound file of one sector', compound([]).subarray(0, 512), 'papers.damaged'],
  ['half an RTF', Buffer.from('{\\rtf1\\ansi {\\b x} \\}'), 'papers.damaged'],
  ['an encrypted Word document', compound([stream('EncryptionInfo'), stream('EncryptedPackage')]), 'papers.password'],
  ['an encrypted old Word document', compound([stream('WordDocument', wordHead({ flags: 0x0100 }))]), 'papers.password'],
  ['encrypted old slides', compound([stream('PowerPoint Document'), stream('Current User', userAtom(0xf3d1c4df))]), 'papers.password'],
  ['encrypted OpenDocument', odt({ manifest: '<manifest:encryption-data/>' }), 'papers.password'],
  ['an archive that climbs out of its folder', docx({ more: [{ name: '../../etc/cron.d/x', data: 'x' }] }), 'papers.unsafeZip'],
  ['an archive with an absolute name', docx({ more: [{ name: '/etc/x', data: 'x' }] }), 'papers.unsafeZip'],
  ['an archive that says one name twice', docx({ more: [{ name: 'word/document.xml', data: 'x' }] }), 'papers.unsafeZip'],
  ['an archive that unpacks to too much', docx({ more: [{ name: 'word/a.xml', data: 'x'.repeat(1_000), claimed: zipLimits.unpacked + 1 }] }), 'papers.overfull'],
  ['an archive that is too dense', docx({ more: [{ name: 'word/a.xml', data: Buffer.alloc(zipLimits.ratioFrom + 1_000_000) }] }), 'papers.overfull'],
  ['an archive of too many parts', docx({ more: Array.from({ length: zipLimits.entries }, (_, index) => ({ name: `word/${String(index)}.xml`, data: '' })) }), 'papers.overfull'],
  ['a type list whose size is a lie', zip([{ name: '[Content_Types].xml', data: 'x'.repeat(5_000), claimed: 100 }]), 'papers.damaged'],
]

describe('a file is told by its bytes', () => {
  test.each(known)('%s', async (_what, bytes, kind) => expect(await told(bytes)).toBe(kind))
})

describe('what is nothing that can be read is refused with its reason', () => {
  test.each(refused)('%s', async (_what, bytes, code) => expect(await told(bytes)).toBe(code))
})

test('no cut and no changed byte makes it fall over', async () => {
  const seed = Number(process.env.SEED ?? Math.floor(Math.random() * 2 ** 31))
  console.log(`sniffing with SEED=${String(seed)}`)
  let state = seed
  const random = (below: number) => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0
    return Math.floor(state / 2 ** 32 * below)
  }
  const files = [docx(), odt(), compound([stream('WordDocument', wordHead()), stream('1Table')]), Buffer.from('{\\rtf1 {a}}')]
  for (let round = 0; round < 400; round++) {
    const bytes = Buffer.from(files[random(files.length)] as Buffer)
    for (let change = 0; change < 4; change++) bytes[8 + random(bytes.length - 8)] = random(256)
    await told(random(3) === 0 ? bytes.subarray(0, 1 + random(bytes.length)) : bytes)
  }
})
