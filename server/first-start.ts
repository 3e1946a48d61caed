import type { Hub } from './app.ts'

export interface DemoAccount { username: string; password: string; name: string; role: string }

/** Fills an empty hub with the demo province. Called again when an earlier try was cut short, so it must bear repetition. */
export type LoadDemo = (hub: Hub) => Promise<{ accounts: DemoAccount[] }>

/** Loads the demo when the store holds nobody yet. The accounts it made; null when this is not the first start. */
export async function loadDemoOnce(hub: Hub, loadDemo: LoadDemo, onBegin: () => void): Promise<DemoAccount[] | null> {
  const states = await hub.store.records.collection<{ demo: 'loading' | 'loaded' }>({ name: 'firstStart' })
  const state = (await states.get('demo'))?.value.demo
  if (state === 'loaded' || (state === undefined && !(await hub.directory.accounts.none()))) return null
  onBegin()
  await states.put('demo', { demo: 'loading' })
  const { accounts } = await loadDemo(hub)
  await hub.audit.record({ what: 'demo.loaded', by: null, details: { accounts: accounts.length } })
  await states.put('demo', { demo: 'loaded' })
  hub.log.info({ accounts: accounts.length }, 'demo loaded')
  return accounts
}
