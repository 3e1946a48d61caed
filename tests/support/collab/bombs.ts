import * as encoding from 'lib0/encoding'
import * as Y from 'yjs'

/**
 * A legal update of a few hundred kilobytes that takes Yjs minutes: `width` items stand in one row, and `width` others, each of another client, were
 * put before each of them, so that each is compared with all. No bound on its size can tell it from a real document.
 */
export function crowd(width: number): Uint8Array {
  const [inline, withOrigin, withRightOrigin] = [0x04, 0x84, 0x44]
  return encoding.encode((encoder) => {
    const write = (...numbers: number[]) => numbers.forEach((number) => encoding.writeVarUint(encoder, number))
    const row = 2 ** 31
    write(width + 1)
    write(width, row, 0)
    for (let index = 0; index < width; index += 1) {
      encoding.writeUint8(encoder, index === 0 ? inline : withOrigin)
      if (index === 0) {
        write(1)
        encoding.writeVarString(encoder, 'x')
      } else write(row, index - 1)
      encoding.writeVarString(encoder, 'a')
    }
    for (let client = 1; client <= width; client += 1) {
      write(1, client, 0)
      encoding.writeUint8(encoder, withRightOrigin)
      write(row, width - client)
      encoding.writeVarString(encoder, 'b')
    }
    write(0)
  })
}

/** The run-length bomb of yjs#687: in version 2 a few hundred bytes are millions of structs. */
export function runLength(structs: number): Uint8Array {
  const encoder = new Y.UpdateEncoderV2()
  encoding.writeVarUint(encoder.restEncoder, 1)
  encoding.writeVarUint(encoder.restEncoder, structs)
  encoder.writeClient(1)
  encoding.writeVarUint(encoder.restEncoder, 0)
  for (let index = 0; index < structs; index += 1) {
    encoder.writeInfo(0)
    encoder.writeLen(1)
  }
  encoding.writeVarUint(encoder.restEncoder, 0)
  return encoder.toUint8Array()
}
