import { defineStore } from 'pinia'
import { computed, ref } from 'vue'
import type { PasswordChange, SessionAnswer, SignedInPerson, SignIn } from '../shared/contracts/http/session.ts'
import type { Setup } from '../shared/contracts/http/setup.ts'
import { may as roleMay, type OrganisationPermission } from '../shared/permissions/organisation.ts'
import { useDirectory } from './directory.ts'
import { onRefusal, request, type HttpAnswer } from './http.ts'

/** Who is signed in on this browser. */
export const useSession = defineStore('session', () => {
  const person = ref<SignedInPerson | null>(null)
  const mustChangePassword = ref(false)
  const needsSetup = ref(false)
  /** `unknown` until the hub has answered once; `unreachable` when it did not. */
  const state = ref<'unknown' | 'known' | 'unreachable'>('unknown')
  const signedIn = computed(() => person.value !== null)

  function take(answer: SessionAnswer): void {
    person.value = answer.person
    mustChangePassword.value = answer.mustChangePassword
    needsSetup.value = answer.needsSetup
    state.value = 'known'
  }

  /** Asks the hub once; later calls answer at once unless `again`. */
  async function load(again = false): Promise<void> {
    if (state.value === 'known' && !again) return
    const answer = await request<SessionAnswer>('GET', '/api/session')
    if (answer.ok) take(answer.data)
    else if (state.value !== 'known') state.value = 'unreachable'
  }

  async function signIn(body: SignIn): Promise<HttpAnswer<SessionAnswer>> {
    const answer = await request<SessionAnswer>('POST', '/api/session', { body })
    if (answer.ok) take(answer.data)
    return answer
  }

  async function signOut(): Promise<HttpAnswer<unknown>> {
    const answer = await request('DELETE', '/api/session')
    if (answer.ok) forget()
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
