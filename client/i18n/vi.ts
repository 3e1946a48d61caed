import { messagesByArea, type Messages } from './messages.ts'

/** What the meeting page says at first sight; everything else is in vi-rest.ts. */
export const messages = messagesByArea(import.meta.glob<Messages>([
  './vi/*.ts', '!./vi/{account,administration,bridge,console,hands,home,invitations,marks,notFound,paperDesk,prepare,recording,seats,secrecy,setup}.ts',
], { eager: true, import: 'default' }))
