import { messagesByArea, type Messages } from './messages.ts'

/** What other pages say, and the parts of the meeting page that come a moment later (client/later.ts). The names are those that vi.ts leaves out. */
export const messages = messagesByArea(import.meta.glob<Messages>(
  './vi/{account,administration,bridge,console,hands,home,invitations,marks,notFound,paperDesk,prepare,recording,seats,secrecy,setup}.ts', { eager: true, import: 'default' },
))
