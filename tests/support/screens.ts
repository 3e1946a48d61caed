/**
 * Pictures of every page for human eyes: `npm exec node tests/support/screens.ts http://localhost:3000 <folder> [name …]`,
 * against a hub with the demo. A name picks the shots that contain it ("home", "phone", "dark").
 */
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { chromium, type Browser, type BrowserContext, type Page } from 'playwright-core'

interface Shot {
  name: string
  path: string
  user?: string
  /** Waited for before the picture. */
  ready?: string
  act?: (page: Page) => Promise<void>
}

interface Look {
  name: string
  width: number
  height: number
  dark?: boolean
  language?: 'vi' | 'en'
  size?: 'normal' | 'larger' | 'largest'
}

const looks: Look[] = [
  { name: 'tablet', width: 1180, height: 820 },
  { name: 'portrait', width: 820, height: 1180 },
  { name: 'phone', width: 390, height: 844 },
  { name: 'desk-en', width: 1280, height: 800, language: 'en' },
  { name: 'tablet-dark', width: 1180, height: 820, dark: true },
  { name: 'tablet-largest', width: 1180, height: 820, size: 'largest' },
  { name: 'phone-largest', width: 390, height: 844, size: 'largest' },
]

const demoPassword = 'tangiang2026'
const [hub = 'http://localhost:3000', folder = 'screens', ...wanted] = process.argv.slice(2)

async function main(): Promise<void> {
  await mkdir(folder, { recursive: true })
  const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'],
  })
  const shots = await allShots(browser)
  for (const look of looks) {
    const picked = shots.filter(shot => wanted.length === 0 || wanted.every(part => `${shot.name}-${look.name}`.includes(part)))
    for (const user of new Set(picked.map(shot => shot.user))) {
      const context = await signedIn(browser, look, user)
      for (const shot of picked.filter(one => one.user === user)) await take(context, look, shot)
      await context.close()
    }
  }
  await browser.close()
}

async function signedIn(browser: Browser, look: Look, user?: string): Promise<BrowserContext> {
  const context = await browser.newContext({
    baseURL: hub, viewport: { width: look.width, height: look.height }, colorScheme: look.dark ? 'dark' : 'light', locale: 'vi-VN', timezoneId: 'Asia/Ho_Chi_Minh',
    hasTouch: look.name !== 'desk-en',
  })
  const preferences = JSON.stringify({ language: look.language ?? 'vi', theme: 'system', size: look.size ?? 'normal' })
  await context.addInitScript(text => localStorage.setItem('giao-ban.preferences', text), preferences)
  if (user) {
    const answer = await context.request.post('/api/session', { data: { username: user, password: demoPassword }, headers: { origin: new URL(hub).origin } })
    if (!answer.ok()) throw new Error(`${user} could not sign in: ${await answer.text()}`)
  }
  return context
}

async function take(context: BrowserContext, look: Look, shot: Shot): Promise<void> {
  const name = `${shot.name}-${look.name}`
  const page = await context.newPage()
  const complaints: string[] = []
  page.on('console', message => { if (message.type() === 'error' || message.type() === 'warning') complaints.push(message.text()) })
  page.on('pageerror', error => complaints.push(error.message))
  try {
    await page.goto(shot.path)
    await page.locator(shot.ready ?? 'h1').first().waitFor({ timeout: 20_000 })
    await page.evaluate(() => document.fonts.ready)
    await shot.act?.(page)
    // Whatever appears has appeared when its animations are over.
    await page.evaluate(() => Promise.allSettled(document.getAnimations().filter(({ playState }) => playState === 'running').map(({ finished }) => finished)).then(() => undefined))
    const wider = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)
    if (wider > 0) complaints.push(`${wider} px wider than the screen`)
    await page.screenshot({ path: join(folder, `${name}.png`) })
  } catch (error) {
    complaints.push(String(error))
    await page.screenshot({ path: join(folder, `${name}.png`) }).catch(() => undefined)
  }
  process.stdout.write(`${name}${complaints.length > 0 ? `: ${complaints.join(' | ').slice(0, 500)}` : ''}\n`)
  await page.close()
}

/** The demo's meetings by their state, so that no id is written here. */
async function allShots(browser: Browser): Promise<Shot[]> {
  const context = await signedIn(browser, looks[0] as Look, 'thuky')
  const { meetings } = await (await context.request.get('/api/meetings')).json() as { meetings: { meetingId: string; status: string }[] }
  await context.close()
  const of = (status: string) => meetings.find(meeting => meeting.status === status)?.meetingId ?? ''
  const onNow = of('inSession')
  const coming = of('scheduled') || of('draft') || onNow
  const firstMenu = (label: RegExp) => (page: Page) => page.getByRole('button', { name: label }).first().click()
  const prepared = '[data-drag]'
  return [
    { name: 'sign-in', path: '/sign-in' },
    { name: 'home', path: '/', user: 'daibieu2', ready: 'article' },
    { name: 'home-office', path: '/', user: 'thuky', ready: 'article' },
    { name: 'display', path: '/', user: 'daibieu2', ready: 'article', act: firstMenu(/Cỡ chữ|Text size/u) },
    { name: 'account', path: '/account', user: 'daibieu2' },
    { name: 'not-found', path: '/no/such/page', user: 'daibieu2', ready: 'svg' },
    { name: 'new-meeting', path: '/meetings/new', user: 'thuky', ready: 'form' },
    { name: 'calendar', path: '/meetings/new', user: 'thuky', ready: 'form', act: firstMenu(/Mở lịch|Open the calendar/u) },
    { name: 'prepare', path: `/meetings/${coming}/prepare`, user: 'thuky', ready: prepared },
    { name: 'prepare-on', path: `/meetings/${onNow}/prepare`, user: 'thuky', ready: prepared },
    { name: 'prepare-menu', path: `/meetings/${coming}/prepare`, user: 'thuky', ready: prepared, act: firstMenu(/^(Thao tác với nội dung|Actions for item)/u) },
    { name: 'prepare-item', path: `/meetings/${coming}/prepare`, user: 'thuky', ready: prepared, act: firstMenu(/^(Thêm nội dung|Add an item)$/u) },
    { name: 'prepare-people', path: `/meetings/${coming}/prepare`, user: 'thuky', ready: prepared, act: page => page.getByRole('tab').nth(1).click() },
    {
      name: 'prepare-invite', path: `/meetings/${coming}/prepare`, user: 'thuky', ready: prepared,
      act: async page => { await page.getByRole('tab').nth(1).click(); await firstMenu(/Mời người dự|Invite people/u)(page) },
    },
    { name: 'prepare-details', path: `/meetings/${coming}/prepare`, user: 'thuky', ready: prepared, act: page => page.getByRole('tab').nth(2).click() },
    { name: 'accounts', path: '/administration/accounts', user: 'quantri', ready: 'td' },
    { name: 'account-new', path: '/administration/accounts', user: 'quantri', ready: 'td', act: firstMenu(/Thêm tài khoản|Add an account/u) },
    { name: 'account-reset', path: '/administration/accounts', user: 'quantri', ready: 'td', act: async page => { await firstMenu(/^(Thao tác với|Actions for)/u)(page); await page.getByRole('menuitem').nth(1).click() } },
    { name: 'units', path: '/administration/units', user: 'quantri', ready: 'li' },
    { name: 'sites', path: '/administration/sites', user: 'quantri', ready: 'li' },
    { name: 'audit', path: '/administration/audit', user: 'quantri', ready: 'td' },
    { name: 'meeting', path: `/meetings/${onNow}`, user: 'daibieu2' },
    { name: 'meeting-chair', path: `/meetings/${onNow}`, user: 'chutoa' },
    { name: 'projector', path: `/meetings/${onNow}/projector`, user: 'phongchieu' },
  ]
}

await main()
