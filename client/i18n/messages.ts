/** A tree of messages: area, then key. */
export interface Messages { [key: string]: string | Messages }

/** Turns what `import.meta.glob('./vi/*.ts')` found into one tree, the file's name being the area. */
export function messagesByArea(files: Record<string, Messages>): Messages {
  return Object.fromEntries(Object.entries(files).map(([path, messages]) => [path.replace(/^.*\/|\.ts$/gu, ''), messages]))
}
