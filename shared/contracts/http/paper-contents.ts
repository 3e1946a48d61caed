/** What the hub has read out of a paper: text to read on in, pictures of pages, and the search in all papers of a meeting. */
import { Type, type Static } from 'typebox'
import type { Block, OutlineEntry, PageText } from '../../papers/contents.ts'
import { Id } from '../fields.ts'
import { PaperFileQuery } from './papers.ts'

const closed = { additionalProperties: false } as const

const PageNumber = Type.String({ pattern: '^[1-9][0-9]{0,5}$' })
export const PaperPageParams = Type.Object({ meetingId: Id, paperId: Id, page: PageNumber }, closed)

/** `small`: for lists of pages, 240 pixels; `screen`: legible on a tablet, 1,000 pixels. Both wide, at most 80 KB. */
export const PictureQuery = Type.Object({ ...PaperFileQuery.properties, width: Type.Union([Type.Literal('small'), Type.Literal('screen')]) }, closed)

const Pages = Type.Array(Type.Integer())

/** `making`: words, outline or blocks may still come; `failed`: the file is too hard to read for the hub, its pages can be looked at all the same. */
export const PaperContentsAnswer = Type.Object({
  state: Type.Union([Type.Literal('making'), Type.Literal('ready'), Type.Literal('failed')]),
  blocks: Type.Array(Type.Unsafe<Block>({})),
  outline: Type.Array(Type.Unsafe<OutlineEntry>({})),
  /** Pages whose words were recognised from a picture, so may be wrong. */
  recognised: Pages,
  /** Pages whose own text layer says something else than one reads there; search in them goes by the hub's words. */
  rewritten: Pages,
  /** Pages without words. */
  wordless: Pages,
  /** Whether this hub can recognise letters in pictures at all. */
  recognises: Type.Boolean(),
  /** A secrecy stamp that was found only after the paper had been attached ("MẬT"); the office must withdraw the paper. */
  level: Type.Union([Type.String(), Type.Null()]),
}, closed)
export type PaperContentsAnswer = Static<typeof PaperContentsAnswer>

/** Words of one page with their places. */
export const PageWordsAnswer = Type.Unsafe<PageText>({})

/** Letters of what is sought. */
export const SearchQuery = Type.Object({ q: Type.String({ minLength: 1, maxLength: 200 }) }, closed)

/** Offsets (UTF-16) into a text, `end` not included. */
const Range = Type.Object({ start: Type.Integer(), end: Type.Integer() }, closed)

export const SearchHit = Type.Object({
  page: Type.Integer(),
  snippet: Type.String(),
  /** What to mark in the snippet. */
  marks: Type.Array(Range),
  /** The words stand there as they were typed, one behind the other; otherwise all of them are somewhere on the page. */
  phrase: Type.Boolean(),
}, closed)
export type SearchHit = Static<typeof SearchHit>

export const FoundPaper = Type.Object({
  paperId: Id,
  itemId: Id,
  title: Type.String(),
  /** In the title. */
  marks: Type.Array(Range),
  hits: Type.Array(SearchHit),
  /** Pages on which something was found; `hits` may be fewer. */
  pages: Type.Integer(),
}, closed)
export type FoundPaper = Static<typeof FoundPaper>

export const SearchAnswer = Type.Object({
  items: Type.Array(Type.Object({ itemId: Id, title: Type.String(), marks: Type.Array(Range) }, closed)),
  papers: Type.Array(FoundPaper),
  /** Papers that are not read through yet: what is in them may be missing here. */
  making: Type.Array(Id),
  /** Papers that cannot be searched: pictures that nobody here can read. */
  unsearchable: Type.Array(Id),
}, closed)
export type SearchAnswer = Static<typeof SearchAnswer>
