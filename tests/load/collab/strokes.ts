/** Strokes as tablets send them: a point every eight milliseconds or so, committed once when the pen is lifted, packed. */
import * as Y from 'yjs'
import { random, type Random } from '../../support/papers/random.ts'

/** 120 points of a hand that writes: differences of a page's 1/16384, two bytes each way. */
export function stroke(chance: Random, points = 120): Uint8Array {
  const bytes = new DataView(new ArrayBuffer(points * 4))
  let [angle, speed] = [chance.next() * 6.28, 10 + chance.next() * 20]
  for (let point = 0; point < points; point += 1) {
    angle += (chance.next() - 0.5) * 0.9
    speed = Math.max(2, speed + (chance.next() - 0.5) * 8)
    bytes.setInt16(point * 4, Math.round(Math.cos(angle) * speed))
    bytes.setInt16(point * 4 + 2, Math.round(Math.sin(angle) * speed))
  }
  return new Uint8Array(bytes.buffer)
}

/** A writer whose updates are made before they are sent, each with a mark that can be found in it: `§<name>:<number>;`. */
export class Strokes {
  readonly #name: string
  readonly #doc = new Y.Doc()
  readonly #chance: Random
  #number = 0

  constructor(name: string, seed: number) {
    this.#name = name
    this.#chance = random(seed)
  }

  next(): Uint8Array {
    let made = new Uint8Array()
    this.#doc.once('update', (update: Uint8Array) => (made = new Uint8Array(update)))
    this.#doc.getMap('marks').set(markOf(this.#name, this.#number), stroke(this.#chance))
    this.#number += 1
    return made
  }
}

/** A writer of text: a few letters after those he wrote before. */
export class Typing {
  readonly #name: string
  readonly #doc = new Y.Doc()
  #number = 0

  constructor(name: string) {
    this.#name = name
  }

  next(): Uint8Array {
    let made = new Uint8Array()
    this.#doc.once('update', (update: Uint8Array) => (made = new Uint8Array(update)))
    const text = this.#doc.getText('minutes')
    text.insert(text.length, markOf(this.#name, this.#number))
    this.#number += 1
    return made
  }
}

export const markOf = (name: string, number: number): string => `§${name}:${number};`
const sign = Buffer.from('§')

/** The marks in a message, as [name, number]. */
export function* marksIn(message: Buffer): Generator<[string, number]> {
  for (let at = message.indexOf(sign); at >= 0; at = message.indexOf(sign, at + 2)) {
    const end = message.indexOf(0x3b, at)
    const [name = '', number = ''] = message.toString('latin1', at + 2, end).split(':')
    yield [name, Number(number)]
  }
}

/** How many marks there are in a message. */
export function countMarks(message: Buffer): number {
  let count = 0
  for (let at = message.indexOf(sign); at >= 0; at = message.indexOf(sign, at + 2)) count += 1
  return count
}
