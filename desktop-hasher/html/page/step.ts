import { quarterWords } from '#core/standard/quarter.ts'
import { kindNote } from '#core/messages/submissions/kind-words.ts'
import { wordsOf } from '#core/messages/words-of.ts'
import type { CallRefused } from '../worker/protocol.ts'
import { element, fragment, type Child } from './element.ts'
import type { Problem } from '#core/forms/error-summary.ts'
import type { HasherClient } from './hasher-client.ts'
import { PLACES, STEPS, type Journey, type StepName } from './journey.ts'

/** What a step has of the page around it. */
export interface StepContext {
  readonly journey: Journey
  readonly hasher: HasherClient
  /** Shows a step, from its top. */
  go(step: StepName): void
  /**
   * Shows the step in hand again, with the focus on the element of this id, else on its heading.
   */
  again(focus?: string): void
}

/** A step draws itself from the journey. */
export type Step = (context: StepContext) => Node

/** The heading of a step, with where it stands and what it is about above it. */
export function stepHeading({ service }: Journey, name: StepName, title?: string): Node {
  const step = STEPS.find((listed) => listed.name === name)
  const about =
    service === undefined || name === 'service'
      ? ''
      : `: ${[service.name, quarterWords(service.quarter), kindNote(service.kind)].filter((part) => part !== '').join(', ')}`
  return fragment(
    element('span', { class: 'govuk-caption-l' }, `Step ${step?.place ?? 1} of ${PLACES}${about}`),
    element('h1', { class: 'govuk-heading-l', tabindex: -1 }, title ?? step?.title),
  )
}

/** A link to the step before. */
export function backLink(context: StepContext, to: StepName, text = 'Back'): Node {
  const link = element('a', { href: '#main-content', class: 'govuk-back-link' }, text)
  link.addEventListener('click', (event) => {
    event.preventDefault()
    context.go(to)
  })
  return link
}

/** The body of a step, two thirds wide: as long as a line is read with ease. */
export function twoThirds(...children: readonly Child[]): Node {
  return element(
    'div',
    { class: 'govuk-grid-row' },
    element('div', { class: 'govuk-grid-column-two-thirds' }, ...children),
  )
}

/** The words of a refusal of the worker, beside a field. */
export function refusalOf({ code, detail }: CallRefused, field = ''): Problem {
  const { title, fix } = wordsOf(code, detail)
  return { field, message: title, hint: fix }
}
