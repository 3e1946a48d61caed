import { createPinia } from 'pinia'
import { createApp, watch } from 'vue'
import Application from './app.vue'
import { i18n, setLanguage } from './i18n/index.ts'
import { usePreferences } from './preferences.ts'
import { router } from './router.ts'
import { useSession } from './session.ts'
import './ui/theme.css'

const application = createApp(Application)
application.use(createPinia())
const preferences = usePreferences()
const session = useSession()
await setLanguage(preferences.language)
application.use(i18n)
application.use(router)

// A session that ends while a page is open (signed out elsewhere, account closed) leads to the sign-in page at once.
watch([() => session.signedIn, () => session.mustChangePassword], () => {
  const { name, meta, fullPath } = router.currentRoute.value
  if (name === undefined) return
  if (!session.signedIn && !meta.open) void router.push({ name: 'signIn', query: { next: fullPath } })
  else if (session.signedIn && session.mustChangePassword && name !== 'password') void router.push({ name: 'password', query: { next: fullPath } })
})

application.mount('#app')
