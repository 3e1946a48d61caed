import { shallowRef } from 'vue'

interface InstallOffer extends Event { prompt(): Promise<void> }

/** The browser's offer to install the application on this device; null while it makes none, or when it is installed. */
export const installOffer = shallowRef<InstallOffer | null>(null)

/** Safari on iPhone and iPad makes no offer; the person adds the page to the home screen by hand. */
export const installByHand = (navigator as { standalone?: boolean }).standalone === false

addEventListener('beforeinstallprompt', (event) => {
  // Not in the middle of a meeting: it waits in the menu until somebody looks for it.
  event.preventDefault()
  installOffer.value = event as InstallOffer
})
addEventListener('appinstalled', () => { installOffer.value = null })

/** An offer can be taken up once. */
export function install(): void {
  const offer = installOffer.value
  installOffer.value = null
  void offer?.prompt()
}
