import { defineStore } from 'pinia'
import { computed, ref } from 'vue'
import type { PasswordChange, SessionAnswer, SignedInPerson, SignIn } from '../shared/contracts/http/session.ts'
import type { Setup } from '../shared/contracts/http/setup.ts'
import { may as roleMay, type OrganisationPermission } from '../shared/permissions/organisation.ts'
import { useDirectory } from './directory.ts'
import { onRefusal, request, type HttpAnswer } from './http.ts'

/** Milliseconds without an answer after which this device looks what it has kept. */
const silence = 4000
/** Milliseconds between two questions whether the hub is back. */
const askEvery = 10_000

type Device = typeof import('./offline/device.ts')

/** What is kept on this device follows who is signed in. At the first load it waits until the page stands. */
function tellDevice(tell: (device: Device) => Promise<void>, after = 0): void {
  setTimeout(() => void import('./offline/device.ts').then(tell).catch(() => undefined), after)
}

/** Who is signed in on this browser. */
export const useSession = defineStore('session', () => {
  const person = ref<SignedInPerson | null>(null)
  const mustChangePassword = ref(false)
  const needsSetup = ref(false)
  /** `unknown` until the hub has answered once; `unreachable` when it did not; `offline` when it did not, and this device has kept something for `person`. */
  const state = ref<'unknown' | 'known' | 'unreachable' | 'offline'>('unknown')
  const signedIn = computed(() => person.value !== null)

  function take(answer: SessionAnswer): void {
    const first = state.value === 'unknown'
    person.value = answer.person
    mustChangePassword.value = answer.mustChangePassword
    needsSetup.value = answer.needsSetup
    state.value = 'known'
    const { person: now } = answer
    tellDevice((device) => (now ? device.signedInHere(now) : device.sessionEndedHere()), first ? 5000 : 0)
  }

  async function ask(): Promise<boolean> {
    const answer = await request<SessionAnswer>('GET', '/api/session')
    if (answer.ok) take(answer.data)
    return answer.ok
  }

  /** Asks the hub once; later calls answer at once unless `again`. A hub that is silent is not waited for where this device can go on alone. */
  async function load(again = false): Promise<void> {
    if ((state.value === 'known' || state.value === 'offline') && !again) return
    const asked = request<SessionAnswer>('GET', '/api/session')
    const late = <T>(after: number, then: T) => new Promise<T>((resolve) => setTimeout(() => resolve(then), after))
    let answer = await Promise.race([asked, late(silence, null)])
    if (answer?.ok) return take(answer.data)
    if (await goOnAlone()) return
    answer ??= await Promise.race([asked, late(silence, null)])
    if (answer?.ok) take(answer.data)
    else if ((state.value as string) !== 'known') state.value = 'unreachable'
  }

  /** Whoever was signed in here last goes on with what is kept on this device. */
  async function goOnAlone(): Promise<boolean> {
    const kept = await import('./offline/device.ts').then((device) => device.personHere()).catch(() => null)
    if (!kept || (state.value as string) === 'known') return (state.value as string) === 'known'
    person.value = kept
    state.value = 'offline'
    const asking = setInterval(() => (state.value === 'offline' ? void ask() : clearInterval(asking)), askEvery)
    addEventListener('online', () => void ask(), { once: true })
    return true
  }

  async function signIn(body: SignIn): Promise<HttpAnswer<SessionAnswer>> {
    const answer = await request<SessionAnswer>('POST', '/api/session', { body })
    if (answer.ok) take(answer.data)
    return answer
  }

  async function signOut(): Promise<HttpAnswer<unknown>> {
    const answer = await request('DELETE', '/api/session')
    const personId = person.value?.id
    if (answer.ok) {
      if (personId !== undefined) await import('./offline/device.ts').then((device) => device.signedOutHere(personId)).catch(() => undefined)
      forget()
    }
    return answer
  }

  async function changePassword(body: PasswordChange): Promise<HttpAnswer<unknown>> {
    const answer = await request('POST', '/api/session/password', { body })
    if (answer.ok) await load(true)
    return answer
  }

  async function setUp(body: Setup): Promise<HttpAnswer<SessionAnswer>> {
    const answer = await request<SessionAnswer>('POST', '/api/setup', { body })
    if (answer.ok) await load(true)
    return answer
  }

  /** The session is over here: signed out, or the hub said so. */
  function forget(): void {
    if (person.value) tellDevice((device) => device.sessionEndedHere())
    person.value = null
    mustChangePassword.value = false
    useDirectory().forget()
  }

  /** For buttons and menus; the hub decides. */
  function may(permission: OrganisationPermission): boolean {
    return person.value !== null && roleMay(person.value.roles, permission)
  }

  onRefusal(({ code }) => {
    if (code === 'session.required') forget()
    if (code === 'password.mustChange') mustChangePassword.value = true
  })

  return { person, mustChangePassword, needsSetup, state, signedIn, load, signIn, signOut, changePassword, setUp, forget, may }
})
