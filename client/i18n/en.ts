import { messagesByArea, type Messages } from './messages.ts'

export const messages = messagesByArea(import.meta.glob<Messages>('./en/*.ts', { eager: true, import: 'default' }))
