import { withoutAdded } from '#core/preparation/added-columns.ts'
import type { ChildrenAcross, Preparation, Shape } from '#core/preparation/preparation.ts'
import { preparationOf, unanswered, type ProposalTold } from './proposals.ts'

/** Answers that a person gives to what is proposed: the place of an option, or `none`. */
export type ShapeAnswers = Readonly<Partial<Record<Shape, string>>>

/** The answer that leaves a file as it stands. */
export const AS_IT_STANDS = 'none'

type Asked = Pick<ProposalTold, 'shape' | 'options'>

/** The shapes that are not answered by one of their options. */
export function shapesUnanswered(asked: readonly Asked[], answers: ShapeAnswers): Shape[] {
  return asked
    .filter(({ shape, options }) => {
      const answer = answers[shape] ?? ''
      return answer !== AS_IT_STANDS && options.every((_, place) => String(place) !== answer)
    })
    .map(({ shape }) => shape)
}

/**
 * The preparation that answers amount to; how rows look that are left out, columns that were added,
 * also for each child of a row, and how gaps are filled, stay as they were.
 */
export function preparationAnswered(
  asked: readonly Asked[],
  answers: ShapeAnswers,
  before: Preparation,
): Preparation {
  const { addedColumns, leaveOutMarked, filling } = before
  const answered = preparationOf(asked, (shape) => {
    const answer = answers[shape] ?? AS_IT_STANDS
    return answer === AS_IT_STANDS ? undefined : Number(answer)
  })
  const childrenAcross = withTheirAdded(answered.childrenAcross, before)
  return {
    ...(addedColumns === undefined ? {} : { addedColumns }),
    ...(leaveOutMarked === undefined ? {} : { leaveOutMarked }),
    ...(filling === undefined ? {} : { filling }),
    ...answered,
    ...(childrenAcross === undefined ? {} : { childrenAcross }),
  }
}

/** Children as they are taken, with the columns that were added for each of the same before. */
function withTheirAdded(
  taken: ChildrenAcross | undefined,
  { addedColumns, childrenAcross: before }: Preparation,
): ChildrenAcross | undefined {
  if (taken === undefined || before === undefined) return taken
  return isEqual(withoutAdded(before, addedColumns), taken) ? before : taken
}

/** Whether a preparation says of any shape that it is taken or turned down. */
export function isShapeChosen(preparation: Preparation = {}): boolean {
  const { sheets, fillDown, register, childrenAcross, declined } = preparation
  return [sheets, fillDown, register, childrenAcross, declined].some((said) => said !== undefined)
}

/** The answer that a preparation amounts to; empty where it says nothing of the shape. */
export function answerIn({ shape, options }: Asked, preparation: Preparation | undefined): string {
  if (preparation === undefined) return ''
  if (preparation.declined?.includes(shape) === true) return AS_IT_STANDS
  const place = options.findIndex(({ preparation: option }) =>
    isSaid(option, preparation as Readonly<Record<string, unknown>>),
  )
  if (place >= 0) return String(place)
  const [first] = options
  const proposal = { shape, options, evidence: [], preparation: first?.preparation ?? {} }
  return unanswered([proposal], preparation).length === 0 ? '0' : ''
}

/**
 * Whether a preparation answers what is proposed for a file as the likeliest way does, or turns it
 * down, and takes no shape that is not proposed: then nobody need be asked again.
 */
export function fitsWhole(asked: readonly Asked[], preparation: Preparation): boolean {
  const { declined = [] } = preparation
  const isAnswered = ({ shape, options: [likeliest] }: Asked): boolean =>
    declined.includes(shape) ||
    (likeliest !== undefined &&
      isSaid(likeliest.preparation, preparation as Readonly<Record<string, unknown>>))
  const shapes = asked.map(({ shape }) => shape)
  return (
    asked.every(isAnswered) && shapesTaken(preparation).every((shape) => shapes.includes(shape))
  )
}

/** Whether a preparation answers everything that is proposed for a file, and takes no shape besides. */
export function answersOnly(asked: readonly Asked[], preparation: Preparation): boolean {
  const shapes = asked.map(({ shape }) => shape)
  return (
    asked.every((each) => answerIn(each, preparation) !== '') &&
    shapesTaken(preparation).every((shape) => shapes.includes(shape))
  )
}

function shapesTaken({ sheets, fillDown, register, childrenAcross }: Preparation): Shape[] {
  return [
    ...(sheets === undefined ? [] : ['sheets' as const]),
    ...(fillDown === undefined ? [] : ['family-blocks' as const]),
    ...(register === undefined ? [] : ['register' as const]),
    ...(childrenAcross === undefined ? [] : ['children-across' as const]),
  ]
}

function isSaid(option: Preparation, preparation: Readonly<Record<string, unknown>>): boolean {
  return Object.entries(option).every(([key, value]) => isEqual(value, preparation[key]))
}

/** Whether two pieces of data are equal, whatever the order of their members. */
function isEqual(left: unknown, right: unknown): boolean {
  return JSON.stringify(inOrder(left)) === JSON.stringify(inOrder(right))
}

function inOrder(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(inOrder)
  if (typeof value !== 'object' || value === null) return value
  return Object.entries(value)
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([key, member]) => [key, inOrder(member)])
}
