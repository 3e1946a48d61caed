/** Papers on their way in and out: uploads in one piece or in chunks, and the file with ranges. */
import { Type, type Static } from 'typebox'
import { Id, Sha256 } from '../fields.ts'

const closed = { additionalProperties: false } as const

/** Chosen by the client, one for each file it uploads; a repeat of the same upload answers with the same paper. */
export const UploadId = Type.String({ pattern: '^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$' })

const WholeNumber = Type.String({ pattern: '^(0|[1-9][0-9]{0,14})$' })

/** `version`: of the paper, from 1; its present one when none is asked for. */
export const PaperFileQuery = Type.Object({ version: Type.Optional(Type.String({ pattern: '^[1-9][0-9]{0,3}$' })) }, closed)
export type PaperFileQuery = Static<typeof PaperFileQuery>

export const UploadParams = Type.Object({ meetingId: Id, uploadId: UploadId }, closed)
export const PaperParams = Type.Object({ meetingId: Id, paperId: Id }, closed)

const target = {
  itemId: Id,
  /** The paper that this file becomes a new version of; without it the file becomes a paper of its own. */
  replaces: Type.Optional(Id),
  /** The file's name as the person sees it, percent-encoded UTF-8; what may stay of it decides `papers.badName`. */
  name: Type.String({ minLength: 1, maxLength: 1000 }),
}

/** Query of an upload in one piece. */
export const UploadQuery = Type.Object({ ...target, uploadId: UploadId }, closed)
export type UploadQuery = Static<typeof UploadQuery>

/** Query of one chunk. The upload is complete when `offset` plus the chunk's length is `size`. */
export const ChunkQuery = Type.Object({
  ...target,
  /** How many bytes came before this chunk; what the hub holds beyond it is overwritten. */
  offset: WholeNumber,
  /** Bytes of the whole file. */
  size: WholeNumber,
}, closed)
export type ChunkQuery = Static<typeof ChunkQuery>

export const AttachedPaper = Type.Object({
  paperId: Id,
  itemId: Id,
  title: Type.String(),
  version: Type.Integer(),
  name: Type.String(),
  sha256: Sha256,
  /** Bytes. */
  size: Type.Integer(),
  pages: Type.Integer(),
  /** False for a scan: it can be read, not searched. */
  hasText: Type.Boolean(),
}, closed)
export type AttachedPaper = Static<typeof AttachedPaper>

/** What this hub can make papers of. */
export const ConversionState = Type.Object({
  /** False: PDF and pictures only. */
  office: Type.Boolean(),
  /** Debian packages that are missing for office files. */
  missing: Type.Array(Type.String()),
}, closed)
export type ConversionState = Static<typeof ConversionState>

export const UploadAnswer = Type.Object({ paper: AttachedPaper }, closed)
export type UploadAnswer = Static<typeof UploadAnswer>

/**
 * arriving: bytes are missing, or the hub was restarted: send the rest, which may be nothing. waiting → converting → checking: the hub is at it;
 * ask again. done: there is the paper.
 */
export const UploadStage = Type.Enum(['arriving', 'waiting', 'converting', 'checking', 'done'])
export type UploadStage = Static<typeof UploadStage>

/** How far an upload has come; `paper` when it is complete. A file that was refused meanwhile is answered with its refusal. */
export const UploadState = Type.Object({
  /** Bytes the hub holds; the next chunk's offset. */
  held: Type.Integer(),
  stage: UploadStage,
  /** Files of others and of this person that are to be converted before this one. */
  ahead: Type.Integer(),
  paper: Type.Union([AttachedPaper, Type.Null()]),
}, closed)
export type UploadState = Static<typeof UploadState>
