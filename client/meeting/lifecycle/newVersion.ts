import { ref } from 'vue'

/** The page is too old for the hub: brings the new version, then opens it. `busy` until then. */
export function useNewVersion() {
  const busy = ref(false)
  async function reload(): Promise<void> {
    busy.value = true
    await import('../../offline/registering.ts').then(({ renewShell }) => renewShell()).catch(() => undefined)
    location.reload()
  }
  return { busy, reload }
}
