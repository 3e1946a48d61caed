/** The kinds of office file that the hub takes, each with the one LibreOffice filter that may read it. */
export const officeKinds = {
  docx: { mediaType: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document', reads: 'MS Word 2007 XML', program: 'writer' },
  docm: { mediaType: 'application/vnd.ms-word.document.macroEnabled.12', reads: 'MS Word 2007 XML', program: 'writer' },
  dotx: { mediaType: 'application/vnd.openxmlformats-officedocument.wordprocessingml.template', reads: 'MS Word 2007 XML Template', program: 'writer' },
  dotm: { mediaType: 'application/vnd.ms-word.template.macroEnabled.12', reads: 'MS Word 2007 XML Template', program: 'writer' },
  doc: { mediaType: 'application/msword', reads: 'MS Word 97', program: 'writer' },
  doc95: { mediaType: 'application/msword', reads: 'MS Word 95', program: 'writer' },
  rtf: { mediaType: 'application/rtf', reads: 'Rich Text Format', program: 'writer' },
  odt: { mediaType: 'application/vnd.oasis.opendocument.text', reads: 'writer8', program: 'writer' },
  ott: { mediaType: 'application/vnd.oasis.opendocument.text-template', reads: 'writer8_template', program: 'writer' },
  xlsx: { mediaType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', reads: 'Calc MS Excel 2007 XML', program: 'calc' },
  xlsm: { mediaType: 'application/vnd.ms-excel.sheet.macroEnabled.12', reads: 'Calc MS Excel 2007 VBA XML', program: 'calc' },
  xltx: { mediaType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.template', reads: 'Calc MS Excel 2007 XML Template', program: 'calc' },
  xltm: { mediaType: 'application/vnd.ms-excel.template.macroEnabled.12', reads: 'Calc MS Excel 2007 XML Template', program: 'calc' },
  xlsb: { mediaType: 'application/vnd.ms-excel.sheet.binary.macroEnabled.12', reads: 'Calc MS Excel 2007 Binary', program: 'calc' },
  xls: { mediaType: 'application/vnd.ms-excel', reads: 'MS Excel 97', program: 'calc' },
  xls95: { mediaType: 'application/vnd.ms-excel', reads: 'MS Excel 95', program: 'calc' },
  ods: { mediaType: 'application/vnd.oasis.opendocument.spreadsheet', reads: 'calc8', program: 'calc' },
  ots: { mediaType: 'application/vnd.oasis.opendocument.spreadsheet-template', reads: 'calc8_template', program: 'calc' },
  pptx: { mediaType: 'application/vnd.openxmlformats-officedocument.presentationml.presentation', reads: 'Impress MS PowerPoint 2007 XML', program: 'impress' },
  pptm: { mediaType: 'application/vnd.ms-powerpoint.presentation.macroEnabled.12', reads: 'Impress MS PowerPoint 2007 XML VBA', program: 'impress' },
  ppsx: { mediaType: 'application/vnd.openxmlformats-officedocument.presentationml.slideshow', reads: 'Impress MS PowerPoint 2007 XML AutoPlay', program: 'impress' },
  ppsm: { mediaType: 'application/vnd.ms-powerpoint.slideshow.macroEnabled.12', reads: 'Impress MS PowerPoint 2007 XML AutoPlay', program: 'impress' },
  potx: { mediaType: 'application/vnd.openxmlformats-officedocument.presentationml.template', reads: 'Impress MS PowerPoint 2007 XML Template', program: 'impress' },
  ppt: { mediaType: 'application/vnd.ms-powerpoint', reads: 'MS PowerPoint 97', program: 'impress' },
  odp: { mediaType: 'application/vnd.oasis.opendocument.presentation', reads: 'impress8', program: 'impress' },
  otp: { mediaType: 'application/vnd.oasis.opendocument.presentation-template', reads: 'impress8_template', program: 'impress' },
} as const satisfies Record<string, { mediaType: string; reads: string; program: 'writer' | 'calc' | 'impress' }>

export type OfficeKind = keyof typeof officeKinds

export const pictureKinds = { jpeg: 'image/jpeg', png: 'image/png', webp: 'image/webp', tiff: 'image/tiff' } as const
export type PictureKind = keyof typeof pictureKinds

/** What a file is, told by its bytes. `macros`: it carries programs, which are never run and never handed on. */
export type FileKind =
  | { form: 'pdf' }
  | { form: 'office'; kind: OfficeKind; macros: boolean; mayHavePassword: boolean }
  | { form: 'picture'; kind: PictureKind }

export function mediaTypeOf(file: FileKind): string {
  if (file.form === 'pdf') return 'application/pdf'
  return file.form === 'office' ? officeKinds[file.kind].mediaType : pictureKinds[file.kind]
}
