import type { ShapeView } from '#core/mapping/overview/shape-view.ts'
import type { Shape } from '#core/preparation/preparation.ts'
import {
  answerIn,
  preparationAnswered,
  shapesUnanswered,
  type ShapeAnswers,
} from '#core/preparation/proposals/shape-answers.ts'
import type { Actor } from '#server/identity/actors/actor.ts'
import { refuse, type Refusal } from '#server/platform/faults/fault.ts'
import type { PortalStore } from '#server/store/receiving-store.ts'
import { describeReading } from './describe-reading.ts'
import { readAnew, type ReadingRefusedWhy } from './read-anew.ts'
import type { Journey, StepForm, StepTaken } from './read-journey.ts'

/** A shape that the file seems to have, with what is answered of it; empty where nothing is. */
export interface ShapeAsked extends ShapeView {
  readonly answer: string
}

/** What the page that asks how the rows are kept shows. */
export interface ShapesView {
  readonly ok: true
  readonly journey: Journey
  readonly shapes: readonly ShapeAsked[]
}

/**
 * Reads the shapes that a held file seems to have; where nothing is answered yet, with what was
 * answered for this service’s last file.
 */
export async function readShapes(
  store: PortalStore,
  actor: Actor,
  reference: string,
): Promise<ShapesView | Refusal<'not-found' | 'file-erased' | 'file-waits'>> {
  const view = await describeReading(store, actor, reference)
  if (!view.ok) return view
  const { journey, reading } = view
  // It was read before with the same choices.
  if (!reading.ok) return refuse('file-erased')
  const { preparation: last } = reading.last?.mapping ?? {}
  const given = journey.isShaped ? journey.reading.preparation : last
  return {
    ok: true,
    journey,
    shapes: reading.shapes.map((shape) => ({ ...shape, answer: answerIn(shape, given) })),
  }
}

/** Shapes that were not answered. */
export interface ShapesRefused {
  readonly ok: false
  readonly code: 'shapes-unanswered'
  readonly shapes: readonly Shape[]
}

/**
 * Keeps how the rows of a file are to be read, and has it read so. What it cannot be read as is
 * refused with the reason, and nothing changes; else its columns are to be matched anew.
 */
export async function saveShapes(
  store: PortalStore,
  actor: Actor,
  form: StepForm,
  answers: ShapeAnswers,
): Promise<
  | StepTaken
  | ShapesRefused
  | ReadingRefusedWhy
  | Refusal<'not-found' | 'file-erased' | 'file-waits'>
> {
  const view = await readShapes(store, actor, form.reference)
  if (!view.ok) return view
  const { journey: before, shapes } = view
  const open = shapesUnanswered(shapes, answers)
  if (open.length > 0) return { ok: false, code: 'shapes-unanswered', shapes: open }
  const { preparation: earlier = {}, ...others } = before.reading
  const choices = { ...others, preparation: preparationAnswered(shapes, answers, earlier) }
  return readAnew(store, actor, form, before, {
    ...{ step: 'shape', choices, event: 'submission.shapes-chosen' },
    settled: () => ({ shapedAt: new Date() }),
    detail: Object.fromEntries(shapes.map(({ shape }) => [shape, answers[shape] ?? ''])),
  })
}
