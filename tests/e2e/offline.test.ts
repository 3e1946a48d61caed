import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { UploadAnswer } from '../../shared/contracts/http/papers.ts'
import { paperScene, type PaperScene } from '../integration/papers/scene.ts'
import { reading, turnTo } from '../support/e2e/reading.ts'
import { eventually } from '../support/e2e/screens.ts'
import { clientDir, tellInOrder } from '../support/e2e/story.ts'
import { Tablet } from '../support/e2e/tablet.ts'
import { testPassword } from '../support/hub.ts'
import { scanPdf, textPdf } from '../support/papers/generate.ts'

const cut = /^Mất kết nối — đang hiển thị nội dung lúc/u

describe('a meeting on a tablet without a network', { timeout: 240_000 }, () => {
  let scene: PaperScene
  let tablet: Tablet
  const screens = new Map<string, Tablet>()
  const papers: Record<string, UploadAnswer['paper']> = {}
  const meetingPath = () => `/meetings/${scene.meetingId}`

  async function upload(bytes: Buffer, name: string, itemId = scene.openItem): Promise<UploadAnswer['paper']> {
    const answer = await scene.post(bytes, { name, itemId })
    return (await answer.json() as UploadAnswer).paper
  }
  const row = (page: Page, title: string) => page.getByRole('navigation', { name: 'Chương trình' }).getByRole('button', { name: new RegExp(`^${title}`, 'u') })
  const isKept = (title: string) => row(tablet.page, title).getByText('đã có trên máy').waitFor()
  const besideOf = (paper: { sha256: string } | undefined) => async () => (await tablet.stored()).beside[paper?.sha256 ?? ''] ?? 0
  const chunksOf = (paper: { size: number }) => Math.ceil(paper.size / 65_536)

  beforeAll(async () => {
    scene = await paperScene({ clientDir: await clientDir() })
    papers.report = await upload(await textPdf({ pages: 12, seed: 1 }), 'Báo cáo kinh tế.pdf')
    papers.secret = await upload(await textPdf({ pages: 2, seed: 3 }), 'Phương án nhân sự.pdf', scene.confidentialItem)
    // Last: its letters have to be recognised, which takes a busy hub long.
    papers.scan = await upload(await scanPdf({ pages: 4, bytes: 1_500_000, seed: 2 }), 'Bản quét phụ lục.pdf')
    tablet = await Tablet.of(scene.hub.url)
    screens.set('tablet', tablet)
  }, 300_000)
  tellInOrder(screens)
  afterAll(async () => {
    await tablet?.remove()
    await scene?.hub.stop()
  })

  test('is kept while it is open: each paper says so, and the panel says until when', async () => {
    await tablet.enterAs('binh', testPassword)
    // The hub has read them through: a busy machine takes its time.
    for (const paper of [papers.report, papers.secret]) {
      const address = `/api/meetings/${scene.meetingId}/papers/${paper?.paperId}/contents`
      await expect.poll(async () => (await (await scene.hub.request(address, { cookie: scene.cookies.binh })).json() as { state: string }).state, { timeout: 150_000, interval: 500 }).toBe('ready')
    }
    await tablet.page.goto(meetingPath())
    for (const title of ['Báo cáo kinh tế', 'Bản quét phụ lục', 'Phương án nhân sự']) await isKept(title)
    await tablet.page.getByRole('button', { name: 'Tài liệu trên máy: đã có đủ 3' }).click()
    const panel = tablet.page.getByRole('dialog', { name: 'Tài liệu trên máy này' })
    await panel.getByText(/^Tài liệu được mã hóa trên máy và xóa khi đăng xuất\. Tự xóa khỏi máy lúc/u).waitFor()
    await panel.getByRole('button', { name: 'Đóng' }).click()
    const { chunks } = await tablet.stored()
    for (const paper of Object.values(papers)) expect(chunks[paper.sha256]).toBe(chunksOf(paper))
    // Its words and the picture of its first page follow the paper.
    for (const paper of [papers.report, papers.secret]) await eventually(besideOf(paper)).toBe(2)
    await tablet.shellReady()
  })

  test('lies in the browser’s storage as nothing that can be read, and nothing of /api is in its caches', async () => {
    const { text, cached } = await tablet.stored()
    for (const word of ['%PDF', 'Báo cáo kinh tế', 'Họp giao ban', 'Phương án nhân sự', 'Nguyễn Văn', 'BÁO CÁO TỔNG HỢP', 'WEBP']) expect(text, word).not.toContain(word)
    expect(cached).toContain('/index.html')
    expect(cached.filter((path) => path.startsWith('/api'))).toEqual([])
  })

  test('opens without the hub in a browser that was closed: agenda, age, papers, search', async () => {
    await eventually(async () => (await tablet.stored()).parts).toBe(2)
    tablet.line.cut()
    await tablet.stop()
    await tablet.start()
    await tablet.page.goto(meetingPath())
    await tablet.page.getByRole('heading', { level: 1, name: 'Họp giao ban' }).waitFor()
    await tablet.page.getByText(cut).waitFor()
    await tablet.page.getByText('Vẫn đọc và ghi chú được; biểu quyết, đăng ký phát biểu phải chờ có mạng.').waitFor()
    await row(tablet.page, 'Báo cáo kinh tế').click()
    await reading(tablet.page, 1)
    await turnTo(tablet.page, 11)
    await reading(tablet.page, 11)
    await tablet.page.getByRole('button', { name: 'Tìm trong tài liệu' }).click()
    await tablet.page.getByRole('searchbox').or(tablet.page.getByRole('textbox', { name: /Tìm/u })).first().fill('UY BAN NHAN DAN')
    await tablet.page.getByText(/^1\//u).or(tablet.page.getByText(/kết quả/u)).first().waitFor()
  })

  test('is read in large type and searched through all papers without the hub, with what the hub had read out of them', async () => {
    const { page } = tablet
    await page.getByRole('button', { name: 'Đọc chữ lớn' }).click()
    await page.getByRole('region', { name: 'Nội dung tài liệu' }).getByRole('heading', { name: 'BÁO CÁO TỔNG HỢP' }).waitFor()
    await page.getByRole('button', { name: 'Xem trang in' }).click()
    await page.getByRole('button', { name: 'Tìm trong mọi tài liệu' }).click()
    const panel = page.getByRole('dialog', { name: 'Tìm trong mọi tài liệu' })
    await panel.getByRole('searchbox').fill('bao cao tong hop')
    await panel.getByText(/^Chưa có mạng: tìm trong những gì đã lưu trên máy này/u).waitFor()
    await panel.getByRole('region', { name: 'Phương án nhân sự' }).waitFor()
    await panel.getByRole('region', { name: 'Báo cáo kinh tế' }).getByRole('button', { name: /^Trang 1/u }).click()
    await reading(page, 1)
  })

  test('is found from the first page', async () => {
    await tablet.page.goto('/')
    const kept = tablet.page.getByRole('region', { name: 'Mở được khi không có mạng' })
    await kept.getByText(/^cập nhật lúc \d\d:\d\d, .+ trước$/u).waitFor()
    await kept.getByRole('link', { name: 'Họp giao ban' }).click()
    await tablet.page.getByText(cut).waitFor()
  })

  test('goes on by itself when the hub is back, and loses at once what was withdrawn meanwhile', async () => {
    const before = await tablet.stored()
    expect(before.chunks[papers.secret?.sha256 ?? '']).toBe(chunksOf(papers.secret as { size: number }))
    await scene.send('lan', 'agenda:changeItem', { itemId: scene.confidentialItem, access: [] })
    tablet.line.restore()
    await tablet.page.getByText('Trực tuyến').waitFor()
    await eventually(async () => (await tablet.stored()).chunks[papers.secret?.sha256 ?? ''] ?? 0).toBe(0)
    await eventually(besideOf(papers.secret)).toBe(0)
    expect(await row(tablet.page, 'Phương án nhân sự').count()).toBe(0)
    await isKept('Báo cáo kinh tế')
    await scene.send('lan', 'agenda:changeItem', { itemId: scene.confidentialItem, access: ['binh'] })
    await isKept('Phương án nhân sự')
  })

  test('goes on fetching where it was broken off, in a browser that was closed', async () => {
    const slow = await tablet.context.newCDPSession(tablet.page)
    await slow.send('Network.emulateNetworkConditions', { offline: false, latency: 20, downloadThroughput: 60_000, uploadThroughput: 300_000 })
    papers.large = await upload(await scanPdf({ pages: 6, bytes: 4_000_000, seed: 9 }), 'Quy hoạch tỉnh.pdf')
    const { sha256, size, paperId } = papers.large
    const held = async () => (await tablet.stored()).chunks[sha256] ?? 0
    // Read while it arrives.
    await row(tablet.page, 'Quy hoạch tỉnh').getByText(/đang tải \d+ %/u).waitFor()
    await row(tablet.page, 'Quy hoạch tỉnh').click()
    await reading(tablet.page, 1)
    await eventually(held).toBeGreaterThan(12)
    const before = await held()
    expect(before).toBeLessThan(chunksOf(papers.large))
    tablet.line.cut()
    await tablet.stop()
    tablet.line.restore()
    const page = await tablet.start()
    const ranges: { begin: number; bytes: number }[] = []
    page.on('request', (request) => {
      const [, begin, end] = /bytes=(\d+)-(\d+)/u.exec(request.headers().range ?? '') ?? []
      // What belongs to the paper is fetched as a whole.
      if (begin !== undefined && request.url().includes(paperId)) ranges.push({ begin: Number(begin), bytes: Number(end) + 1 - Number(begin) })
    })
    await page.goto(meetingPath())
    await isKept('Quy hoạch tỉnh')
    expect(ranges[0]?.begin).toBeGreaterThanOrEqual(8 * 65_536)
    // The last chunk, which may be among those that are here, is a shorter one.
    expect(ranges.reduce((sum, { bytes }) => sum + bytes, 0)).toBeLessThanOrEqual(size - (before - 1) * 65_536)
    expect(await held()).toBe(chunksOf(papers.large))
  })

  test('is deleted by hand when its person wants the room', async () => {
    await tablet.page.getByRole('button', { name: /^Tài liệu trên máy: đã có đủ/u }).click()
    const panel = tablet.page.getByRole('dialog', { name: 'Tài liệu trên máy này' })
    await panel.getByRole('button', { name: 'Xóa khỏi máy này' }).click()
    await panel.getByText('đã xóa khỏi máy').first().waitFor()
    expect(await tablet.stored()).toMatchObject({ keys: 0, parts: 0, chunks: {}, beside: {} })
    await panel.getByRole('button', { name: 'Tải tất cả' }).click()
    await panel.getByText(/^Đã có đủ/u).waitFor()
    await panel.getByRole('button', { name: 'Đóng' }).click()
    expect((await tablet.stored()).chunks[papers.report?.sha256 ?? '']).toBe(chunksOf(papers.report as { size: number }))
  })

  test('ends without a network too, also when the tablet’s clock is set back afterwards', async () => {
    await eventually(async () => (await tablet.stored()).parts).toBe(2)
    const before = Date.now()
    tablet.line.cut()
    await tablet.page.clock.setFixedTime(before + 15 * 86_400_000)
    await tablet.page.goto('/')
    await tablet.page.getByRole('heading', { name: 'Chưa kết nối được với máy chủ' }).waitFor()
    expect(await tablet.stored()).toMatchObject({ keys: 0, parts: 0, chunks: {}, beside: {} })
    await tablet.page.clock.setFixedTime(before)
    await tablet.page.goto(meetingPath())
    await tablet.page.getByRole('heading', { name: 'Chưa kết nối được với máy chủ' }).waitFor()
    await tablet.stop()
    tablet.line.restore()
    await tablet.start()
  })

  test('goes when its person signs out, and nothing is left for who signs in next', async () => {
    await tablet.page.goto(meetingPath())
    await isKept('Báo cáo kinh tế')
    await tablet.page.goto('/')
    await tablet.page.getByRole('button', { name: 'Nguyễn Văn binh' }).click()
    await tablet.page.getByRole('menuitem', { name: 'Đăng xuất' }).click()
    await tablet.page.getByRole('heading', { name: 'Đăng nhập' }).waitFor()
    expect(await tablet.stored()).toMatchObject({ keys: 0, parts: 0, notes: 0, chunks: {}, beside: {} })
    await tablet.enterAs('chi', testPassword)
    await tablet.page.goto(meetingPath())
    await isKept('Báo cáo kinh tế')
    expect((await tablet.stored()).chunks[papers.secret?.sha256 ?? '']).toBeUndefined()
  })

  test('nothing of a paper lies on the disk in clear', async () => {
    await tablet.stop()
    const files = (await readdir(tablet.profile, { recursive: true, withFileTypes: true })).filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name))
    expect(files.some((file) => file.includes('IndexedDB'))).toBe(true)
    const clear: string[] = []
    for (const file of files) {
      const bytes = await readFile(file).catch(() => Buffer.alloc(0))
      if (bytes.includes('%PDF-1.') || bytes.includes(Buffer.from('Báo cáo kinh tế', 'utf16le')) || bytes.includes('Báo cáo kinh tế')) clear.push(file)
    }
    expect(clear).toEqual([])
  })
})
