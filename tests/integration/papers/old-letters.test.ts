import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { tcvn3Letters } from '../../../shared/vietnamese/tcvn3.ts'
import { vniLetters } from '../../../shared/vietnamese/vni.ts'
import { docx, zip } from '../../support/papers/office.ts'
import { conversionScene, officeFolder, type ConversionScene } from './conversion-scene.ts'

/** `text` as somebody typed it who had the old font: what everybody else reads by mistake. */
function typed(text: string, letters: ReadonlyMap<string, string>): string {
  const keys = new Map([...letters].reverse().map(([wrong, meant]) => [meant, wrong]))
  return [...text.normalize('NFC')].map(letter => keys.get(letter) ?? letter).join('')
}
const tcvn3 = (text: string) => typed(text, tcvn3Letters)
const vni = (text: string) => typed(text, vniLetters)

const run = (font: string, text: string, more = '') => `<w:r><w:rPr><w:rFonts w:ascii="${font}" w:hAnsi="${font}"/>${more}</w:rPr><w:t xml:space="preserve">${text}</w:t></w:r>`
const cell = (content: string) => `<w:tc><w:tcPr><w:tcW w:w="4000" w:type="dxa"/></w:tcPr><w:p>${content}</w:p></w:tc>`

describe.skipIf(!existsSync(join(officeFolder, 'soffice.bin')))('papers in the old Vietnamese fonts', () => {
  let scene: ConversionScene
  beforeAll(async () => { scene = await conversionScene() })
  afterAll(() => scene.stop())

  test('are printed in Unicode: text, tables, capitals by font, and each word’s own look', async () => {
    const body = [
      `<w:p>${run('.VnTime', tcvn3('những phương hướng của phường, '))}${run('.VnTime', tcvn3('đường đê'), '<w:b/>')}${run('.VnTime', tcvn3(' và nước lũ'))}</w:p>`,
      `<w:p>${run('.VnTimeH', tcvn3('uỷ ban nhân dân'))}</w:p>`,
      `<w:p>${run('VNI-Times', vni('cộng hòa xã hội chủ nghĩa, quyết định khẩn trương'))}</w:p>`,
      `<w:p>${run('Times New Roman', 'điều này đã là Unicode: ñ, ©')}</w:p>`,
      `<w:tbl><w:tblPr><w:tblW w:w="8000" w:type="dxa"/></w:tblPr><w:tr>${cell(run('.VnArial', tcvn3('số thứ tự')))}${cell(run('VNI-Helve', vni('người đứng đầu')))}</w:tr></w:tbl>`,
    ].join('')
    const made = await scene.convert(docx({ body: `${body}<w:p/>` }))
    const text = typeof made === 'string' ? made : made.text.replace(/\s+/gu, ' ')
    for (const words of [
      'những phương hướng của phường, đường đê và nước lũ', 'UỶ BAN NHÂN DÂN', 'cộng hòa xã hội chủ nghĩa, quyết định khẩn trương',
      'điều này đã là Unicode: ñ, ©', 'số thứ tự', 'người đứng đầu',
    ]) expect(text).toContain(words)
  })

  test('and sheets as well', async () => {
    const type = 'application/vnd.openxmlformats-officedocument.spreadsheetml'
    const part = (name: string, data: string) => ({ name, data: `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>${data}` })
    const main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main'
    const package_ = 'http://schemas.openxmlformats.org/package/2006'
    const office = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
    const xlsx = zip([
      part('[Content_Types].xml', `<Types xmlns="${package_}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/xl/workbook.xml" ContentType="${type}.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="${type}.worksheet+xml"/><Override PartName="/xl/styles.xml" ContentType="${type}.styles+xml"/></Types>`),
      part('_rels/.rels', `<Relationships xmlns="${package_}/relationships"><Relationship Id="r1" Type="${office}/officeDocument" Target="xl/workbook.xml"/></Relationships>`),
      part('xl/workbook.xml', `<workbook xmlns="${main}" xmlns:r="${office}"><sheets><sheet name="Thu chi" sheetId="1" r:id="r1"/></sheets></workbook>`),
      part('xl/_rels/workbook.xml.rels', `<Relationships xmlns="${package_}/relationships"><Relationship Id="r1" Type="${office}/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="r2" Type="${office}/styles" Target="styles.xml"/></Relationships>`),
      part('xl/styles.xml', `<styleSheet xmlns="${main}"><fonts count="2"><font><sz val="11"/><name val="Calibri"/></font><font><sz val="12"/><name val=".VnTime"/></font></fonts><fills count="1"><fill><patternFill patternType="none"/></fill></fills><borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="2"><xf/><xf fontId="1" applyFont="1"/></cellXfs></styleSheet>`),
      part('xl/worksheets/sheet1.xml', `<worksheet xmlns="${main}"><sheetData><row r="1"><c r="A1" s="1" t="inlineStr"><is><t>${tcvn3('dự toán chi thường xuyên')}</t></is></c></row><row r="2"><c r="A2" s="1"><f>1+2</f></c></row></sheetData></worksheet>`),
    ])
    expect(await scene.convert(xlsx)).toEqual({ text: expect.stringMatching(/dự toán chi thường xuyên\s*3/u), pages: 1 })
  })
})
