import { Type } from 'typebox'
import { Id, Line, Nothing, OptionalLine } from '../../contracts/fields.ts'
import { mostParticipants, People } from '../participants/commands.ts'
import { advanceRules, contributionMarks, entryKinds, stances } from './state.ts'

const Seconds = Type.Integer({ minimum: 10, maximum: 36_000 })
const Limit = Type.Union([Seconds, Type.Null()])
const Reason = Line(250)

const settings = {
  presentOnly: Type.Boolean(),
  multipleEntries: Type.Boolean(),
  initiallyClosed: Type.Boolean(),
  showAmount: Type.Boolean(),
  notesToAll: Type.Boolean(),
  showContributions: Type.Enum([...contributionMarks]),
  interposedQuestions: Type.Boolean(),
  interventions: Type.Boolean(),
  pointsOfOrderWhenClosed: Type.Boolean(),
  pointsOfOrderForOthers: Type.Boolean(),
  advance: Type.Enum([...advanceRules]),
  debateFirst: Type.Boolean(),
  categories: Type.Array(
    Type.Object({ categoryId: Id, title: Line(100), rank: Type.Integer({ minimum: 0, maximum: 1000 }) }, { additionalProperties: false }),
    { maxItems: 20 },
  ),
  limits: Type.Object(
    { speech: Limit, debate: Limit, presentation: Limit, intervention: Limit, interposedQuestion: Limit, pointOfOrder: Limit, answer: Limit },
    { additionalProperties: false },
  ),
  reducedLimits: Type.Object({ speech: Limit, debate: Limit }, { additionalProperties: false }),
  reduceFrom: Type.Union([Type.Integer({ minimum: 0, maximum: mostParticipants }), Type.Null()]),
  warningSeconds: Type.Integer({ minimum: 0, maximum: 600 }),
  keepSeconds: Type.Integer({ minimum: 0, maximum: 3600 }),
}

const Group = Type.Object(
  { groupId: Id, title: Line(100), personIds: People, initialSeconds: Type.Integer({ minimum: 0, maximum: 86_400 }) },
  { additionalProperties: false },
)

const entry = Type.Object({ entryId: Id }, { additionalProperties: false })

export const floorCommands = {
  /**
   * Asks for the floor, on the list that is on unless `itemId` names an item to come. Without `personId` and `siteId`: for oneself.
   * With `siteId`: that site as a whole; with `personId` null: a question from the hall. Both are for who conducts.
   */
  'floor:request': Type.Object(
    {
      kind: Type.Enum([...entryKinds]),
      itemId: Type.Optional(Id),
      personId: Type.Optional(Type.Union([Id, Type.Null()])),
      siteId: Type.Optional(Id),
      categoryId: Type.Optional(Id),
      note: Type.Optional(OptionalLine(250)),
      stance: Type.Optional(Type.Enum([...stances])),
      contribution: Type.Optional(Type.Boolean()),
      answersId: Type.Optional(Id),
    },
    { additionalProperties: false },
  ),
  /** Without `entryId`: all that one waits for oneself. Another's is taken off with a reason, by who conducts. */
  'floor:withdraw': Type.Object({ entryId: Type.Optional(Id), reason: Type.Optional(Reason) }, { additionalProperties: false }),
  /** Behind `afterId` among those waiting on the same list; null: to the front. The reason is shown to everyone. */
  'floor:move': Type.Object({ entryId: Id, afterId: Type.Union([Id, Type.Null()]), reason: Reason }, { additionalProperties: false }),
  /** Gives the floor to one who waits: the first needs no reason. Ends the speech that is on; an interposed question pauses it. */
  'floor:give': Type.Object({ entryId: Id, reason: Type.Optional(Reason) }, { additionalProperties: false }),
  /** Gives the floor to somebody, or a site, that has not asked; a reason is needed while others wait. */
  'floor:invite': Type.Object(
    { personId: Type.Optional(Id), siteId: Type.Optional(Id), reason: Type.Optional(Reason) },
    { additionalProperties: false },
  ),
  /** `connection`: the speaker's line is lost; the place is kept for a while, also when another is called. */
  'floor:pause': Type.Object({ entryId: Id, connection: Type.Optional(Type.Boolean()) }, { additionalProperties: false }),
  /** Goes on with a paused speech; an interposed question that is on is ended by it. */
  'floor:resume': entry,
  'floor:end': entry,
  'floor:extend': Type.Object({ entryId: Id, seconds: Seconds }, { additionalProperties: false }),
  /** Puts the one who spoke last back on top of the list. */
  'floor:readd': entry,
  /** The list of what is on takes requests. */
  'floor:open': Nothing,
  'floor:close': Nothing,
  'floor:configure': Type.Partial(Type.Object(settings), { additionalProperties: false, minProperties: 1 }),
  'floor:setGroups': Type.Object({ groups: Type.Array(Group, { maxItems: 100 }) }, { additionalProperties: false }),
  /** Gives one group's overrun to every group, itself included, so that it is back at zero. */
  'floor:addTime': Type.Object({ groupId: Id }, { additionalProperties: false }),
}
