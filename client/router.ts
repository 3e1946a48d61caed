import { watch } from 'vue'
import { createRouter, createWebHistory, type RouteMeta, type RouteRecordRaw } from 'vue-router'
import type { OrganisationPermission } from '../shared/permissions/organisation.ts'
import { i18n, t, theRest } from './i18n/index.ts'
import { useSession } from './session.ts'

declare module 'vue-router' {
  interface RouteMeta {
    /** Key of the page's name in the window title. */
    title: string
    /** May be seen without a session. */
    open?: boolean
    permission?: OrganisationPermission
    /** The page fills the window itself: no bar above it. */
    bare?: boolean
  }
}

const routes: RouteRecordRaw[] = [
  { path: '/', name: 'home', component: () => import('./pages/HomePage.vue'), meta: { title: 'home.title' } },
  { path: '/sign-in', name: 'signIn', component: () => import('./pages/SignInPage.vue'), meta: { title: 'signIn.title', open: true, bare: true } },
  { path: '/setup', name: 'setup', component: () => import('./pages/SetupPage.vue'), meta: { title: 'setup.title', open: true, bare: true } },
  { path: '/password', name: 'password', component: () => import('./pages/PasswordPage.vue'), meta: { title: 'account.newPassword', bare: true } },
  { path: '/account', name: 'account', component: () => import('./pages/AccountPage.vue'), meta: { title: 'account.title' } },
  {
    path: '/administration',
    component: () => import('./pages/AdministrationPage.vue'),
    meta: { title: 'administration.title', permission: 'accounts.manage' },
    children: [
      { path: '', name: 'administration', redirect: { name: 'accounts' } },
      { path: 'accounts', name: 'accounts', component: () => import('./office/AccountsPanel.vue'), meta: { title: 'administration.accounts' } },
      { path: 'units', name: 'units', component: () => import('./office/PlacesPanel.vue'), props: { places: 'units' }, meta: { title: 'administration.units' } },
      { path: 'sites', name: 'sites', component: () => import('./office/PlacesPanel.vue'), props: { places: 'sites' }, meta: { title: 'administration.sites' } },
      { path: 'audit', name: 'audit', component: () => import('./office/AuditPanel.vue'), meta: { title: 'administration.audit' } },
    ],
  },
  { path: '/meetings/new', name: 'newMeeting', component: () => import('./pages/NewMeetingPage.vue'), meta: { title: 'prepare.newTitle', permission: 'meetings.create' } },
  { path: '/meetings/:meetingId/prepare', name: 'prepareMeeting', component: () => import('./pages/PrepareMeetingPage.vue'), meta: { title: 'prepare.title' } },
  { path: '/meetings/:meetingId', name: 'meeting', component: () => import('./pages/MeetingPage.vue'), meta: { title: 'pages.meeting', bare: true } },
  { path: '/meetings/:meetingId/as/:personId', name: 'preview', component: () => import('./pages/MeetingPage.vue'), meta: { title: 'pages.meeting', bare: true } },
  { path: '/meetings/:meetingId/attendance', name: 'attendance', component: () => import('./pages/AttendancePage.vue'), meta: { title: 'attendance.pageTitle', bare: true } },
  { path: '/meetings/:meetingId/bridge', name: 'bridge', component: () => import('./pages/BridgeConsolePage.vue'), meta: { title: 'bridge.console.title', bare: true } },
  { path: '/meetings/:meetingId/room', name: 'room', component: () => import('./pages/RoomPage.vue'), meta: { title: 'bridge.room.title', bare: true } },
  { path: '/meetings/:meetingId/projector', name: 'projector', component: () => import('./pages/ProjectorPage.vue'), meta: { title: 'pages.projector', bare: true } },
  { path: '/:anything(.*)*', name: 'notFound', component: () => import('./pages/NotFoundPage.vue'), meta: { title: 'notFound.title', open: true } },
]

export const router = createRouter({
  history: createWebHistory(),
  routes,
  scrollBehavior: (_to, _from, saved) => saved ?? { top: 0 },
})

router.beforeEach(async to => {
  const session = useSession()
  await session.load()
  if (session.needsSetup) return to.name === 'setup' ? true : { name: 'setup' }
  if (to.name === 'setup') return { name: 'home' }
  if (!session.signedIn) return to.meta.open || session.state === 'unreachable' ? true : { name: 'signIn', query: to.fullPath === '/' ? {} : { next: to.fullPath } }
  if (session.mustChangePassword) return to.name === 'password' ? true : { name: 'password', query: to.fullPath === '/' ? {} : { next: to.fullPath } }
  if (to.name === 'signIn') return { name: 'home' }
  if (to.meta.permission && !session.may(to.meta.permission)) return { name: 'home' }
  return true
})

/** The path to go on to after signing in: one of our own, whatever the address says. */
export function nextPath(next: unknown): string {
  return typeof next === 'string' && next.startsWith('/') && !next.startsWith('//') ? next : '/'
}

/** The parts of the present title, and the page's own name in the language in which they were set. */
let shown: string[] = []
let pageName = ''

/** A page that shows something with a name of its own (a meeting) sets its window title by this. */
export function setWindowTitle(...parts: string[]): void {
  shown = parts
  document.title = [...parts, t('common.product')].join(' · ')
}

/** Every page but the meeting's says more than what is said there at first sight. */
router.beforeResolve(async to => {
  if (to.name !== 'meeting' && to.name !== 'preview') await theRest()
})

router.afterEach(to => {
  pageName = t(to.meta.title)
  setWindowTitle(pageName)
})
watch(() => i18n.global.locale.value, () => {
  // A device that is set to English changes language before there is a page, and so before there is a title.
  const { title } = router.currentRoute.value.meta as Partial<RouteMeta>
  if (!title) return
  // What has a name of its own keeps it; only the page's name is said in the other language.
  const before = pageName
  pageName = t(title)
  setWindowTitle(...shown.map(part => (part === before ? pageName : part)))
})
