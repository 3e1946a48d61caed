import type { FileHandle } from 'node:fs/promises'
import { refusal, type Refusal } from '../../../shared/contracts/refusal.ts'
import { readCompound, Damaged, type Compound } from './compound.ts'
import type { FileKind, OfficeKind } from './kinds.ts'

/** Which of Office's older documents an OLE2 file is, by its streams; encrypted newer ones hide in such a file, too. */
export async function compoundKind(file: FileHandle, size: number): Promise<FileKind | Refusal> {
  try {
    return await kindOf(await readCompound(file, size))
  } catch (error) {
    if (error instanceof Damaged || error instanceof RangeError) return refusal('papers.damaged')
    throw error
  }
}

async function kindOf(compound: Compound): Promise<FileKind | Refusal> {
  const { streams, storages } = compound
  if (streams.has('EncryptedPackage')) return refusal('papers.password')
  const macros = storages.has('Macros') || storages.has('_VBA_PROJECT_CUR')
  const is = (kind: OfficeKind, mayHavePassword = false): FileKind => ({ form: 'office', kind, macros, mayHavePassword })

  if (streams.has('WordDocument')) {
    await compound.whole('WordDocument')
    // [MS-DOC] FibBase: wIdent, nFib, and fEncrypted among the flags at 10.
    const base = await compound.head('WordDocument', 32)
    if (base.length < 32) return refusal('papers.damaged')
    if (base.readUInt16LE(10) & 0x0100) return refusal('papers.password')
    return is(base.readUInt16LE(2) < 0x00c1 ? 'doc95' : 'doc')
  }
  const book = ['Workbook', 'Book'].find(name => streams.has(name))
  if (book) {
    await compound.whole(book)
    // Excel locks the structure of a workbook with a password that everybody knows, and LibreOffice, too: it may open nevertheless.
    return is(book === 'Workbook' ? 'xls' : 'xls95', hasFilePass(await compound.head(book, 4096)))
  }
  if (streams.has('PowerPoint Document')) {
    await compound.whole('PowerPoint Document')
    // [MS-PPT] CurrentUserAtom: headerToken of an encrypted document.
    const user = await compound.head('Current User', 16)
    if (streams.has('EncryptedSummary') || (user.length >= 16 && user.readUInt32LE(12) === 0xf3d1c4df)) return refusal('papers.password')
    return is('ppt')
  }
  return refusal('papers.unknownKind')
}

/** [MS-XLS] 2.4.117: a FilePass record among the first ones says that what follows is encrypted. */
function hasFilePass(head: Buffer): boolean {
  for (let at = 0, records = 0; at + 4 <= head.length && records < 12; records++) {
    if (head.readUInt16LE(at) === 0x002f) return true
    at += 4 + head.readUInt16LE(at + 2)
  }
  return false
}
