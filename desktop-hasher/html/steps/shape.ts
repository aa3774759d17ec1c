import { SHAPE_WORDS } from '#core/messages/preparation/shape-words.ts'
import type { ShapeView } from '#core/mapping/overview/shape-view.ts'
import type { Shape } from '#core/preparation/preparation.ts'
import {
  answerIn,
  AS_IT_STANDS,
  preparationAnswered,
  shapesUnanswered,
} from '#core/preparation/proposals/shape-answers.ts'
import { element, fragment, paragraph } from '../page/element.ts'
import { radioField } from '../page/fields.ts'
import type { Problem } from '#core/forms/error-summary.ts'
import { stepForm, textGiven } from '../page/form.ts'
import { bullets, headingM } from '../page/parts.ts'
import { backLink, stepHeading, type Step, type StepContext } from '../page/step.ts'
import { readAgain } from './file.ts'
import { sampleTable } from './read.ts'

/** What a file seems to be kept as, with a before and after, for a person to say. */
export const shapeStep: Step = (context) => {
  const { journey } = context
  const shapes = journey.reading?.shapes ?? []
  return fragment(
    backLink(context, 'read'),
    stepHeading(journey, 'shape'),
    paragraph(
      'We count one row for each person. Your file seems to be kept in another way. Say how we should read it; your answer is saved with your mapping.',
    ),
    stepForm({
      submit: 'Continue',
      fields: [
        ...shapes.map((shape) => question(context, shape)),
        element('div', { id: 'progress' }),
      ],
      send: (given) => choose(context, shapes, given),
    }),
  )
}

function question({ journey }: StepContext, asked: ShapeView): Node {
  const { shape, evidence, options, before, after } = asked
  const { title, asItStands } = SHAPE_WORDS[shape]
  return element(
    'section',
    {},
    headingM(title),
    bullets(evidence),
    sampleTable(before.header, before.rows, 'As they stand'),
    sampleTable(after.header, after.rows, 'As we would read them'),
    radioField({
      id: shape,
      label: 'How should we read them?',
      value: answerIn(asked, journey.choices.preparation),
      choices: [
        ...options.map(({ words }, place) => ({ value: String(place), text: words })),
        { value: AS_IT_STANDS, text: asItStands },
      ],
    }),
  )
}

async function choose(
  context: StepContext,
  shapes: readonly ShapeView[],
  given: FormData,
): Promise<readonly Problem[]> {
  const answers: Partial<Record<Shape, string>> = {}
  for (const { shape } of shapes) answers[shape] = textGiven(given, shape)
  const open = shapesUnanswered(shapes, answers)
  if (open.length > 0)
    return open.map((shape) => ({
      field: shape,
      message: `Choose how to read the file: ${SHAPE_WORDS[shape].title}`,
    }))
  const { journey } = context
  if (journey.file === undefined) throw new Error('no file was chosen')
  const before = journey.choices
  const preparation = preparationAnswered(shapes, answers, before.preparation ?? {})
  journey.choices = { ...before, preparation }
  const problem = await readAgain(context, journey.file)
  if (problem !== undefined) {
    journey.choices = before
    return [{ ...problem, field: '' }]
  }
  context.go('columns')
  return []
}
