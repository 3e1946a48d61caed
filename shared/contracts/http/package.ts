/** What one person may keep of a meeting on his tablet, to go on without a network: GET /api/meetings/:meetingId/package. */
import { Type, type Static } from 'typebox'
import { Id, Sha256 } from '../fields.ts'
import { MeetingPeople } from './meetings.ts'

const closed = { additionalProperties: false } as const

const fileFields = {
  /** From 1. */
  version: Type.Integer({ minimum: 1 }),
  sha256: Sha256,
  /** Bytes. */
  size: Type.Integer(),
  pages: Type.Integer(),
  /** Answers GET with ranges to the session's cookie. */
  address: Type.String(),
}

/** One file of a paper. */
export const PackageFile = Type.Object(fileFields, closed)
export type PackageFile = Static<typeof PackageFile>

export const PackagePaper = Type.Object({
  paperId: Id,
  itemId: Id,
  title: Type.String(),
  ...fileFields,
  /** Former versions that may stay where they are kept already; they are not fetched. */
  earlier: Type.Array(PackageFile),
}, closed)
export type PackagePaper = Static<typeof PackagePaper>

export const MeetingPackage = Type.Object({
  meetingId: Id,
  /** Whose it is; nobody else's eyes on the same tablet. */
  personId: Id,
  /** Hub time, milliseconds since the epoch: as of when this holds. */
  asOf: Type.Integer(),
  /** Hub time at which everything of it is deleted on the tablet, also without a network. */
  expiresAt: Type.Integer(),
  /** Changes when what this person may see does. */
  access: Sha256,
  /** In the order in which they are fetched. Whatever is kept and not listed is deleted. */
  papers: Type.Array(PackagePaper),
  ...MeetingPeople.properties,
}, closed)
export type MeetingPackage = Static<typeof MeetingPackage>
