/** Blobs in GridFS. The hash is known only at the end, so a file is uploaded without its name and gets it last. */
import { GridFSBucket, ObjectId, type Db, type GridFSFile } from 'mongodb'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { failingStream, Measure, SHA256 } from '../blob.ts'
import { UnknownBlob, type BlobInfo, type Blobs } from '../port.ts'

const INCOMING = 'incoming'
/** An upload that has not ended after this long never will. */
const LONGEST_UPLOAD = 24 * 60 * 60 * 1_000

export function gridBlobs(database: Db): Blobs {
  const bucket = new GridFSBucket(database, { bucketName: 'blobs' })
  const files = database.collection<GridFSFile>('blobs.files')
  const chunks = database.collection<{ _id: ObjectId; files_id: ObjectId; n: number }>('blobs.chunks')

  async function discard(id: ObjectId): Promise<void> {
    await files.deleteOne({ _id: id })
    await chunks.deleteMany({ files_id: id })
  }

  /** Uploads that a crash cut short: a file without a name, or chunks without a file. */
  async function sweepIncoming(before: number): Promise<void> {
    const late = new Date(Math.min(before, Date.now() - LONGEST_UPLOAD))
    for await (const { _id } of files.find({ filename: INCOMING, uploadDate: { $lt: late } })) await discard(_id)
    const begun = chunks.find({ files_id: { $lt: ObjectId.createFromTime(Math.floor(late.getTime() / 1_000)) }, n: 0 }, { projection: { files_id: 1 } })
    for await (const { files_id } of begun) {
      if (!(await files.findOne({ _id: files_id }, { projection: { _id: 1 } }))) await discard(files_id)
    }
  }

  return {
    async put(content, options = {}) {
      const upload = bucket.openUploadStream(INCOMING)
      // Failures arrive by the callbacks below; an 'error' that nobody hears would end the hub.
      upload.on('error', () => {})
      let writing = Promise.resolve()
      try {
        const measure = new Measure(options.limit ?? Infinity)
        await pipeline(content, measure, async (bytes: AsyncIterable<Buffer>) => {
          for await (const chunk of bytes) await (writing = settled(done => upload.write(chunk, done)))
          await (writing = settled(done => upload.end(done)))
        })
        const info = measure.info()
        const renewed = await files.updateOne({ filename: info.sha256 }, { $set: { uploadDate: new Date() } })
        if (renewed.matchedCount > 0) await discard(upload.id)
        else await files.updateOne({ _id: upload.id }, { $set: { filename: info.sha256 } })
        return info
      } catch (error) {
        // A chunk that is still on its way would outlive the discarding.
        await writing.catch(() => {})
        await discard(upload.id)
        throw error
      }
    },

    async stat(sha256) {
      const file = SHA256.test(sha256) ? await files.findOne({ filename: sha256 }) : null
      return file && { sha256, size: file.length }
    },

    open(sha256, range) {
      if (!SHA256.test(sha256)) return failingStream(new UnknownBlob(sha256))
      return Readable.from(bytesOf(sha256, range), { objectMode: false })
    },

    async remove(sha256) {
      if (!SHA256.test(sha256)) return
      for await (const { _id } of files.find({ filename: sha256 })) await discard(_id)
    },

    async *list(before) {
      await sweepIncoming(before)
      let last = ''
      for await (const { filename, length } of files.find({ uploadDate: { $lt: new Date(before) }, filename: { $ne: INCOMING } }, { sort: { filename: 1 } })) {
        // Two uploads of the same bytes that ended together may both have got the name.
        if (filename !== last) yield { sha256: filename, size: length } satisfies BlobInfo
        last = filename
      }
    },
  }

  async function* bytesOf(sha256: string, range?: { start: number; end: number }): AsyncGenerator<Buffer> {
    const file = await files.findOne({ filename: sha256 })
    if (!file) throw new UnknownBlob(sha256)
    const { start, end } = range ?? { start: 0, end: file.length - 1 }
    if (start >= file.length || start > end) return
    yield* bucket.openDownloadStream(file._id, { start, end: Math.min(end + 1, file.length) }) as AsyncIterable<Buffer>
  }
}

function settled(act: (done: (error?: Error | null) => void) => void): Promise<void> {
  return new Promise((resolve, reject) => act(error => (error ? reject(error) : resolve())))
}
