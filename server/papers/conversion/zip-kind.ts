import { refusal, type Refusal } from '../../../shared/contracts/refusal.ts'
import { isRefused } from '../inspect.ts'
import { officeKinds, type FileKind, type OfficeKind } from './kinds.ts'
import { readZip, type ZipContents } from './zip.ts'

/** The type that [Content_Types].xml gives a package's main part (ECMA-376 part 1, 11–13; Microsoft's macro-enabled ones beside them). */
const mainParts: readonly [RegExp, OfficeKind][] = [
  [/wordprocessingml\.document\.main/, 'docx'], [/ms-word\.document\.macroEnabled\.main/, 'docm'],
  [/wordprocessingml\.template\.main/, 'dotx'], [/ms-word\.template\.macroEnabledTemplate\.main/, 'dotm'],
  [/spreadsheetml\.sheet\.main/, 'xlsx'], [/ms-excel\.sheet\.macroEnabled\.main/, 'xlsm'], [/ms-excel\.sheet\.binary\.macroEnabled\.main/, 'xlsb'],
  [/spreadsheetml\.template\.main/, 'xltx'], [/ms-excel\.template\.macroEnabled\.main/, 'xltm'],
  [/presentationml\.presentation\.main/, 'pptx'], [/ms-powerpoint\.presentation\.macroEnabled\.main/, 'pptm'],
  [/presentationml\.slideshow\.main/, 'ppsx'], [/ms-powerpoint\.slideshow\.macroEnabled\.main/, 'ppsm'], [/presentationml\.template\.main/, 'potx'],
]

const openDocumentKinds = Object.entries(officeKinds).filter(([, { mediaType }]) => mediaType.startsWith('application/vnd.oasis.')) as [OfficeKind, { mediaType: string }][]

/** Which document an archive is; any other archive is none that the hub takes. */
export async function zipKind(path: string, size: number): Promise<FileKind | Refusal> {
  const zip = await readZip(path, size)
  if (isRefused(zip)) return zip
  try {
    return zip.names.has('[Content_Types].xml') ? await packageKind(zip) : await openDocumentKind(zip)
  } catch {
    // A promised size that is not kept, or bytes that cannot be unpacked.
    return refusal('papers.damaged')
  } finally {
    zip.close()
  }
}

async function packageKind(zip: ZipContents): Promise<FileKind | Refusal> {
  const types = await zip.text('[Content_Types].xml')
  if (types === null) return refusal('papers.damaged')
  const main = mainPart(await zip.text('_rels/.rels') ?? '')
  const overrides = tags(types, 'Override').map(tag => ({ part: attribute(tag, 'PartName').toLowerCase(), type: attribute(tag, 'ContentType') }))
  const defaults = tags(types, 'Default').map(tag => ({ extension: attribute(tag, 'Extension').toLowerCase(), type: attribute(tag, 'ContentType') }))
  const given = overrides.find(({ part }) => part === main)?.type
    ?? defaults.find(({ extension }) => main !== null && main.endsWith(`.${extension}`))?.type
  const kind = [given, ...overrides.map(({ type }) => type)].flatMap(type => mainParts.filter(([pattern]) => type !== undefined && pattern.test(type)))[0]?.[1]
  if (!kind) return refusal('papers.unknownKind')
  const macros = [...zip.names].some(name => /(?:^|\/)vbaProject\.bin$/i.test(name)) || /vbaProject/i.test(types)
  return { form: 'office', kind, macros, mayHavePassword: false }
}

/** The part that the package's relationships name as the document, as [Content_Types].xml would write it. */
function mainPart(relationships: string): string | null {
  const tag = tags(relationships, 'Relationship').find(one => /\/officeDocument$/.test(attribute(one, 'Type')))
  return tag ? `/${attribute(tag, 'Target').replace(/^\//, '')}`.toLowerCase() : null
}

async function openDocumentKind(zip: ZipContents): Promise<FileKind | Refusal> {
  const manifest = await zip.text('META-INF/manifest.xml')
  const mediaType = (await zip.text('mimetype'))?.trim()
    || tags(manifest ?? '', 'file-entry').filter(tag => attribute(tag, 'full-path') === '/').map(tag => attribute(tag, 'media-type'))[0]
  const kind = openDocumentKinds.find(([, one]) => one.mediaType === mediaType)?.[0]
  if (!kind) return refusal('papers.unknownKind')
  if (manifest !== null && /<(?:\w+:)?encryption-data\b/.test(manifest)) return refusal('papers.password')
  if (!zip.names.has('content.xml')) return refusal('papers.damaged')
  return { form: 'office', kind, macros: [...zip.names].some(name => /^(?:Basic|Scripts)\/./.test(name)), mayHavePassword: false }
}

const tags = (xml: string, name: string): string[] => [...xml.matchAll(new RegExp(`<(?:[\\w-]+:)?${name}\\b[^>]*>`, 'g'))].map(([tag]) => tag)
const attribute = (tag: string, name: string): string => new RegExp(`\\s(?:[\\w-]+:)?${name}\\s*=\\s*(?:"([^"]*)"|'([^']*)')`).exec(tag)?.slice(1).find(value => value !== undefined) ?? ''
