import { statSync } from 'node:fs'
import { pathToFileURL } from 'node:url'
import { baseCompile } from '@intlify/message-compiler'
import type { Plugin } from 'vite'
import type { Messages } from './messages.ts'

type Compiled = { [key: string]: object }

/** Compiles the messages when the client is built, so that the compiler (37 kB) stays at home and a tablet parses none of them. */
export function precompiledMessages(): Plugin {
  return {
    name: 'precompiled-messages',
    enforce: 'pre',
    config: () => ({ define: { __INTLIFY_DROP_MESSAGE_COMPILER__: true } }),
    async transform(_code, id) {
      if (!/\/i18n\/(?:vi|en)\/\w+\.ts$/u.test(id)) return null
      // Node would otherwise answer with the file as it was when the development server started.
      const { default: messages } = await import(`${pathToFileURL(id).href}?${statSync(id).mtimeMs}`) as { default: Messages }
      return { code: `export default ${JSON.stringify(compile(messages, id))}`, map: null }
    },
  }
}

function compile(messages: Messages, file: string): Compiled {
  return Object.fromEntries(Object.entries(messages).map(([key, message]) => [key, typeof message === 'string' ? compileOne(message, `${file} ${key}`) : compile(message, file)]))
}

function compileOne(message: string, place: string): object {
  return baseCompile(message, { jit: true, minify: true, location: false, onError: error => { throw new Error(`${place}: ${error.message}`) } }).ast
}
