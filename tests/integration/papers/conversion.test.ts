import { existsSync } from 'node:fs'
import { readdir, readFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { usageOf } from '../../../server/papers/conversion/office/watch.ts'
import { docx, odt, paragraph, type Docx } from '../../support/papers/office.ts'
import { conversionScene, officeFolder, type ConversionScene } from './conversion-scene.ts'

const libreOffice = existsSync(join(officeFolder, 'soffice.bin'))
if (!libreOffice) console.log('LibreOffice is not here: office files are not converted in this run')

/** The process that LibreOffice itself is, below the one that holds its box. */
async function programOf(pid: number): Promise<number> {
  for (const name of await readdir('/proc')) {
    if (!/^\d+$/.test(name)) continue
    const stat = await readFile(`/proc/${name}/stat`, 'utf8').catch(() => '')
    if (!stat.includes('(soffice.bin)')) continue
    for (let one = Number(name); one > 1;) {
      const fields = (await readFile(`/proc/${one}/stat`, 'utf8').catch(() => '')).split(') ')[1]?.split(' ') ?? []
      one = Number(fields[1] ?? 0)
      if (one === pid) return Number(name)
    }
  }
  throw new Error('there is no soffice.bin')
}

const picture = (target: string): Docx => ({
  relationships: `<Relationship Id="p1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/image" Target="${target}" TargetMode="External"/>`,
  body: `${paragraph('Trước ảnh')}<w:p><w:r><w:drawing><wp:inline><wp:extent cx="914400" cy="914400"/><wp:docPr id="1" name="x"/><a:graphic><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:pic><pic:nvPicPr><pic:cNvPr id="1" name="x"/><pic:cNvPicPr/></pic:nvPicPr><pic:blipFill><a:blip r:link="p1"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill><pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="914400" cy="914400"/></a:xfrm><a:prstGeom prst="rect"/></pic:spPr></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r></w:p>`,
})

describe.skipIf(!libreOffice)('office files', () => {
  let scene: ConversionScene
  beforeAll(async () => { scene = await conversionScene() })
  afterAll(() => scene.stop())

  test('become PDF with their words', async () => {
    expect(await scene.convert(docx({ body: paragraph('Uỷ ban nhân dân tỉnh: việc chuyển đổi số, nghị định, văn thư') }))).toEqual({ text: expect.stringContaining('việc chuyển đổi số, nghị định, văn thư'), pages: 1 })
    expect(await scene.convert(odt())).toEqual({ text: expect.stringContaining('Kính gửi: Uỷ ban nhân dân tỉnh'), pages: 1 })
    expect(await scene.convert(Buffer.from('{\\rtf1\\ansi\\pard Giao ban\\par}'))).toEqual({ text: expect.stringContaining('Giao ban'), pages: 1 })
  })

  test('of one meeting find their converter warm; no two meetings share one', async () => {
    await scene.convert(docx(), 'm1')
    const first = scene.conversion.running().filter(({ meetingId }) => meetingId === 'm1').map(({ pid }) => pid)
    await scene.convert(docx(), 'm1')
    await scene.convert(docx(), 'm2')
    await scene.convert(docx(), 'm3')
    const now = scene.conversion.running()
    expect(now.find(({ meetingId }) => meetingId === 'm3')?.pid).not.toBe(first[0])
    const meetings = new Map(now.map(({ pid, meetingId }) => [pid, meetingId]))
    expect(meetings.size).toBe(now.length)
  })

  test('survive the death of their converter: once more, cold', async () => {
    await scene.convert(docx(), 'killed')
    const { pid } = scene.conversion.running().find(({ meetingId }) => meetingId === 'killed') as { pid: number }
    const long = docx({ body: paragraph('Báo cáo kinh tế - xã hội tháng 11 năm 2026').repeat(6_000) })
    const converting = scene.convert(long, 'killed')
    await vi.waitUntil(() => scene.conversion.running().some(one => one.pid === pid && one.busy), { timeout: 10_000, interval: 5 })
    process.kill(await programOf(pid), 'SIGKILL')
    expect(await converting).toMatchObject({ text: expect.stringContaining('kinh tế - xã hội') })
    expect(scene.conversion.running().map(one => one.pid)).not.toContain(pid)
  })

  test('that LibreOffice cannot read are refused after one more try', async () => {
    expect(await scene.convert(docx({ body: '<w:p><w:broken' }))).toBe('papers.cannotConvert')
  })

  test('fetch nothing from the network', async () => {
    const asked: string[] = []
    const server = createServer((request, response) => { asked.push(request.url ?? ''); response.end() })
    await new Promise<void>(resolve => { server.listen(0, '127.0.0.1', resolve) })
    const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
    expect(await scene.convert(docx(picture(`${base}/docx.png`)))).toMatchObject({ text: expect.stringContaining('Trước ảnh') })
    const linked = `<text:p>Trước ảnh<draw:frame draw:name="a"><draw:image xlink:href="${base}/odt.png" xlink:type="simple" xlink:actuate="onLoad"/></draw:frame></text:p><text:section text:name="s"><text:section-source xlink:href="${base}/section.odt"/><text:p>x</text:p></text:section>`
    expect(await scene.convert(odt({ body: linked }))).toMatchObject({ text: expect.stringContaining('Trước ảnh') })
    await new Promise<void>(resolve => { server.close(() => resolve()) })
    expect(asked).toEqual([])
  })

  test('read nothing of this machine', async () => {
    const section = '<text:p>Đầu</text:p><text:section text:name="s"><text:section-source xlink:href="file:///etc/passwd" text:filter-name="Text"/><text:p>cũ</text:p></text:section>'
    const result = await scene.convert(odt({ body: section }))
    expect(result).toMatchObject({ text: expect.stringContaining('Đầu') })
    expect(JSON.stringify(result)).not.toContain('root:')
    const included = docx({ body: `<w:p><w:r><w:fldChar w:fldCharType="begin" w:dirty="true"/></w:r><w:r><w:instrText> INCLUDETEXT "file:///etc/passwd" </w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>cũ</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>` })
    expect(JSON.stringify(await scene.convert(included))).not.toContain('root:')
  })

  test('do not run their macros', async () => {
    const macro = 'Sub Main\n ThisComponent.Text.String = "đã chạy macro"\nEnd Sub'
    const result = await scene.convert(odt({
      body: '<text:p>Chưa chạy gì</text:p>',
      scripts: '<office:event-listeners><script:event-listener script:language="ooo:script" script:event-name="dom:load" xlink:href="vnd.sun.star.script:Standard.Module1.Main?language=Basic&amp;location=document" xlink:type="simple"/></office:event-listeners>',
      more: [
        { name: 'Basic/script-lc.xml', data: '<?xml version="1.0" encoding="UTF-8"?><library:libraries xmlns:library="http://openoffice.org/2000/library" xmlns:xlink="http://www.w3.org/1999/xlink"><library:library library:name="Standard" library:link="false"/></library:libraries>' },
        { name: 'Basic/Standard/script-lb.xml', data: '<?xml version="1.0" encoding="UTF-8"?><library:library xmlns:library="http://openoffice.org/2000/library" library:name="Standard" library:readonly="false" library:passwordprotected="false"><library:element library:name="Module1"/></library:library>' },
        { name: 'Basic/Standard/Module1.xml', data: `<?xml version="1.0" encoding="UTF-8"?><script:module xmlns:script="http://openoffice.org/2000/script" script:name="Module1" script:language="StarBasic">${macro.replaceAll('"', '&quot;')}</script:module>` },
      ],
    }))
    expect(result).toEqual({ text: expect.stringContaining('Chưa chạy gì'), pages: 1 })
    expect(JSON.stringify(result)).not.toContain('đã chạy')
  })
})

describe.skipIf(!libreOffice)('a converter that is given too much', () => {
  test('ends by its time, and the next file is converted', async () => {
    const scene = await conversionScene({ limits: { computing: 60_000, time: 6_000, memory: 1_500_000_000 } })
    const endless = docx({ body: `<w:tbl><w:tblPr/><w:tblGrid/>${`<w:tr><w:tc>${paragraph('ô')}<w:tbl><w:tblPr/><w:tblGrid/><w:tr><w:tc>${paragraph('b')}</w:tc></w:tr></w:tbl>${paragraph('')}</w:tc></w:tr>`.repeat(30_000)}</w:tbl>` })
    expect(await scene.convert(endless)).toBe('papers.conversionTooHeavy')
    expect(await scene.left()).toEqual([])
    await scene.stop()
  })

  test('ends by its memory', async () => {
    const scene = await conversionScene({ limits: { computing: 60_000, time: 60_000, memory: 350_000_000 } })
    expect(await scene.convert(docx({ body: paragraph('Nặng').repeat(250_000) }))).toBe('papers.conversionTooHeavy')
    await scene.stop()
  })

  test('leaves nothing behind when it is closed, not even in the middle of a file', async () => {
    const scene = await conversionScene()
    const converting = scene.convert(docx({ body: paragraph('Dài').repeat(100_000) }))
    await vi.waitUntil(() => scene.conversion.running().some(({ busy }) => busy), { timeout: 20_000, interval: 10 })
    const pid = scene.conversion.running()[0]?.pid ?? 0
    await scene.conversion.close()
    expect(await converting).toBe('papers.cannotConvert')
    expect((await usageOf(pid)).memory).toBe(0)
    expect(await scene.left()).toEqual([])
    expect(await readdir(scene.folder)).toEqual(['in'])
    await scene.stop()
  })

  test('leaves nothing behind when it is closed before it has begun', async () => {
    const scene = await conversionScene({ places: 1 })
    await scene.conversion.office
    const converting = [1, 2].map(() => scene.convert(docx()))
    await vi.waitUntil(async () => (await readdir(join(scene.folder, 'conversion/office')).catch(() => [])).length > 0, { timeout: 20_000, interval: 1 })
    await scene.conversion.close()
    expect(await Promise.all(converting)).toEqual(['papers.cannotConvert', 'papers.cannotConvert'])
    expect(await scene.left()).toEqual([])
    expect(await readdir(scene.folder)).toEqual(['in'])
    await scene.stop()
  })

  test('waits its turn with a number, and an idle one ends', async () => {
    const scene = await conversionScene({ places: 1, idle: 300 })
    const done = await Promise.all([1, 2, 3].map(() => scene.convert(docx())))
    expect(done).toHaveLength(3)
    await vi.waitUntil(() => scene.conversion.running().length === 0, { timeout: 5_000, interval: 20 })
    expect(await scene.left()).toEqual([])
    await scene.stop()
  })
})

describe('pictures', () => {
  let scene: ConversionScene
  beforeAll(async () => { scene = await conversionScene() })
  afterAll(() => scene.stop())
  const plain = (width: number, height: number) => sharp({ create: { width, height, channels: 3, background: '#c8102e' }, limitInputPixels: false })

  test('of every kind become one page each', async () => {
    for (const format of ['jpeg', 'png', 'webp', 'tiff'] as const) {
      expect(await scene.convert(await plain(400, 300)[format]().toBuffer()), format).toEqual({ text: '', pages: 1 })
    }
  })

  test('that are a flood of pixels are refused before they are decoded', async () => {
    const began = performance.now()
    expect(await scene.convert(await plain(12_000, 12_000).png({ compressionLevel: 9 }).toBuffer())).toBe('papers.pictureTooLarge')
    expect(performance.now() - began).toBeLessThan(60_000)
  })

  test('that are cut off or broken are refused', async () => {
    const whole = await plain(800, 600).png().toBuffer()
    expect(await scene.convert(whole.subarray(0, whole.length / 2))).toBe('papers.pictureDamaged')
    expect(await scene.convert(Buffer.concat([whole.subarray(0, 8), Buffer.alloc(500)]))).toBe('papers.pictureDamaged')
    const jpeg = await sharp(Buffer.from(Array.from({ length: 300 * 300 * 3 }, (_, index) => (index * 7919) % 256)), { raw: { width: 300, height: 300, channels: 3 } }).jpeg().toBuffer()
    expect(await scene.convert(jpeg.subarray(0, jpeg.length / 2))).toBe('papers.pictureDamaged')
  })
})
