// A page that holds nothing but the reader, for tests and the bench. Plain JavaScript: Vite builds it with the client's
// settings, while the tests' own TypeScript knows no .vue files.
import { createApp, h, ref } from 'vue'
import { i18n, setLanguage } from '../../../client/i18n/index.ts'
import './page.css'
import PaperReader from '../../../client/pdf/PaperReader.vue'

const query = new URLSearchParams(location.search)
const reader = ref(null)
const events = { userMoved: 0, shown: [] }
const mounted = ref(true)
globalThis.readerEvents = events
globalThis.reader = reader
globalThis.unmountReader = () => { mounted.value = false }
globalThis.mountReader = () => { mounted.value = true }

if (query.get('language') === 'en') await setLanguage('en')
// In the application, too, the page that holds the reader is put up a task after its program was loaded.
await new Promise(resolve => setTimeout(resolve))

// As a template's slots are: a reader without any would be rendered anew, toolbar and all, whenever something of it changes.
const stableSlots = { over: () => [], _: 1 }

createApp({
  render: () => h('main', { class: 'reader-page' }, mounted.value
    ? [h(PaperReader, {
        ref: reader,
        paperId: 'paper',
        url: query.get('url'),
        contentsUrl: query.get('contents') ?? undefined,
        picture: query.get('picture') ? page => `${query.get('picture')}?page=${page}` : undefined,
        highlights: JSON.parse(query.get('highlights') ?? '[]'),
        onSelect: quote => { events.selected = quote },
        size: Number(query.get('size')),
        pages: Number(query.get('pages')),
        sha256: '0'.repeat(64),
        title: query.get('title') ?? 'Báo cáo tổng hợp',
        position: query.get('position') ?? undefined,
        onUserMoved: () => { events.userMoved++ },
        onShown: shown => { events.shown.push(shown) },
      }, stableSlots)]
    : []),
}).use(i18n).mount('#app')
