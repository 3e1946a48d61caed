/**
 * The store port: four parts, each operation atomic on one log append, one record, one document or one blob,
 * so that no adapter needs transactions. Two adapters (sqlite/, mongodb/) pass one suite (tests/contract).
 *
 * Durability: a returned promise means the data survives a power cut. Values are JSON values (no Date, no undefined);
 * they come back exactly as they went in: any key (`__proto__`, `$set`, `a.b`), composed and decomposed letters alike.
 * What JSON cannot carry (NaN, a lone surrogate) is refused before anything is written.
 */
import type { Readable } from 'node:stream'

export type Json = null | boolean | number | string | Json[] | { [key: string]: Json }
export type JsonObject = { [key: string]: Json }

/** One fact as it lies in a log. `data` belongs to the domain; the store never looks inside. */
export interface StoredFact {
  seq: number
  type: string
  /** Version of this fact type's data; old ones are brought up to date on reading. */
  v: number
  /** Hub time, milliseconds since the epoch. */
  at: number
  /** Person who sent the command, or null when the hub itself decided. */
  by: string | null
  /** The command that caused this fact; unique per log. Null for facts nobody sent. */
  commandId: string | null
  data: JsonObject
}

/** What one append wrote: facts `firstSeq`..`lastSeq` and the hash that chains it to the append before. */
export interface Append {
  firstSeq: number
  lastSeq: number
  facts: StoredFact[]
  /** Lower-case hex SHA-256 over the previous append's hash and the canonical JSON of `facts` (server/meetings/chain.ts). */
  hash: string
}

/** Largest append and record value (bytes of JSON text) and largest Yjs update: what one MongoDB document holds with room to spare. */
export const LARGEST_VALUE = 12 * 1024 * 1024

export class ValueTooLarge extends Error {
  override readonly name = 'ValueTooLarge'
}

export interface Logs {
  /**
   * Writes `facts` after `afterSeq`, all or nothing, and resolves when they are on disk.
   * `facts[0].seq` must be `afterSeq + 1` and the rest consecutive (a RangeError otherwise, or when there are none).
   * @throws LogConflict when the log does not end at `afterSeq` (somebody else wrote, or an earlier try succeeded)
   * @throws ValueTooLarge
   * @throws OutcomeUnknown when a later reading may show what this one does not (a line cut, a majority not heard of)
   */
  append(logId: string, afterSeq: number, facts: StoredFact[], hash: string): Promise<void>
  /** The appends holding facts with seq > sinceSeq, in order. The first may begin before sinceSeq + 1. Missing log: nothing. */
  read(logId: string, sinceSeq: number): AsyncIterable<Append>
  /** The last append's `lastSeq` and `hash`; null when the log does not exist. */
  head(logId: string): Promise<{ lastSeq: number; hash: string } | null>
  /** Every commandId of the log with its sender and first and last seq, in order of seq; cheap enough to call when a host starts. */
  commands(logId: string): AsyncIterable<CommandTrace>
  /** Ids of logs that begin with `prefix`, in order of their UTF-8 bytes. */
  list(prefix: string): AsyncIterable<string>
}

export interface CommandTrace { commandId: string; by: string | null; from: number; to: number }

export class LogConflict extends Error {
  override readonly name = 'LogConflict'
  readonly logId: string
  readonly afterSeq: number
  constructor(logId: string, afterSeq: number) {
    super(`log ${logId} does not end at ${afterSeq}`)
    this.logId = logId
    this.afterSeq = afterSeq
  }
}

/** An append failed, and may be in the log all the same, or come into it later. */
export class OutcomeUnknown extends Error {
  override readonly name = 'OutcomeUnknown'
}

/** A record with its version, which grows by one with each replacement. */
export interface Versioned<T> { id: string; version: number; value: T }

export interface CollectionShape {
  name: string
  /** Top-level string fields whose value must be unique in the collection; records without the field (or null) do not collide. */
  unique?: readonly string[]
  /** Top-level fields (string, number or boolean, null or missing) that `find` may filter or sort by, apart from `id`. */
  indexes?: readonly string[]
}

/**
 * Field → exact value (type included), null for "null or missing", or a range within one type.
 * `id` is a field like the declared ones.
 */
export type Filter = Record<string, string | number | boolean | null | { $gte?: number | string; $lt?: number | string }>

export interface FindOptions {
  /** A declared field; default `id`. Missing values come first, strings go by their UTF-8 bytes, equals by `id`. */
  sort?: string
  descending?: boolean
  limit?: number
}

/** A TypeError answers a value whose declared fields are not what the shape says. */
export interface Collection<T extends object> {
  get(id: string): Promise<Versioned<T> | null>
  /** Version 1. @throws DuplicateKey when the id or a unique field is taken */
  insert(id: string, value: T): Promise<void>
  /** Replaces the record if it is still there at `version`. @throws VersionConflict | DuplicateKey */
  replace(id: string, version: number, value: T): Promise<void>
  /** Writes whatever was there (insert or replace). @throws DuplicateKey */
  put(id: string, value: T): Promise<void>
  /** True if there was one. */
  remove(id: string): Promise<boolean>
  /** Removes all that match; how many. */
  removeWhere(filter: Filter): Promise<number>
  /** @throws Error when a filter or sort field is not declared in the shape */
  find(filter: Filter, options?: FindOptions): Promise<Versioned<T>[]>
}

export class DuplicateKey extends Error {
  override readonly name = 'DuplicateKey'
  /** 'id' or the unique field that collided. */
  readonly field: string
  constructor(collection: string, field: string) {
    super(`${collection}: ${field} is taken`)
    this.field = field
  }
}

export class VersionConflict extends Error {
  override readonly name = 'VersionConflict'
  constructor(collection: string, id: string) {
    super(`${collection}/${id} was changed by somebody else`)
  }
}

export interface Records {
  /** Declares a collection (creating what the adapter needs) and returns it. Safe to call at every start. */
  collection<T extends object>(shape: CollectionShape): Promise<Collection<T>>
}

/** Yjs update logs, one per document id. Used by server/collab. */
export interface Collab {
  /** @throws ValueTooLarge */
  append(documentId: string, update: Uint8Array): Promise<void>
  /** All updates since the last compaction, the compacted state first; empty when unknown. */
  load(documentId: string): Promise<{ updates: Uint8Array[]; upTo: number }>
  /**
   * Replaces everything up to and including `upTo` (from load) by `state`; updates appended since stay.
   * Does nothing when that load is out of date (compacted by another, or removed).
   */
  compact(documentId: string, upTo: number, state: Uint8Array): Promise<void>
  remove(documentId: string): Promise<void>
}

export interface BlobInfo { sha256: string; size: number }

export class BlobTooLarge extends Error {
  override readonly name = 'BlobTooLarge'
}

export class UnknownBlob extends Error {
  override readonly name = 'UnknownBlob'
  constructor(sha256: string) {
    super(`no blob ${sha256}`)
  }
}

/** Content-addressed files. `sha256` is lower-case hex; anything else is unknown. */
export interface Blobs {
  /**
   * Stores the stream; nothing stays behind when it fails or exceeds `limit` bytes. Storing what is there already
   * makes it young again for `list`. @throws BlobTooLarge, or whatever the stream failed with
   */
  put(content: Readable, options?: { limit?: number }): Promise<BlobInfo>
  stat(sha256: string): Promise<BlobInfo | null>
  /** Bytes start..end inclusive (default: all), clipped to the blob's end. The stream fails with UnknownBlob when it is not there. */
  open(sha256: string, range?: { start: number; end: number }): Readable
  remove(sha256: string): Promise<void>
  /** Every blob last stored before `before` (ms since the epoch), for sweeping orphans. */
  list(before: number): AsyncIterable<BlobInfo>
}

export interface Store {
  readonly kind: 'sqlite' | 'mongodb'
  readonly logs: Logs
  readonly records: Records
  readonly collab: Collab
  readonly blobs: Blobs
  /** Resolves, with the reason, when the store has ended by itself and can serve nobody any more: the hub must start anew. */
  readonly failed: Promise<Error>
  /** Resolves when the store answers; rejects with the reason. For /readyz. */
  ping(): Promise<void>
  close(): Promise<void>
}
