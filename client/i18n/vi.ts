import { messagesByArea, type Messages } from './messages.ts'

export const messages = messagesByArea(import.meta.glob<Messages>('./vi/*.ts', { eager: true, import: 'default' }))
