import type { ReactNode } from 'react'
import type { Journey } from '#server/intake/journey/read-journey.ts'
import { kindNote } from '#core/messages/submissions/kind-words.ts'
import { quarterWords } from '#core/standard/quarter.ts'

/** The heading of a step, with what it is about above it. */
export function StepHeading({
  journey,
  children,
}: {
  readonly journey: Pick<Journey, 'serviceName' | 'quarter' | 'kind'>
  readonly children: ReactNode
}): ReactNode {
  return (
    <>
      <span className="govuk-caption-l">
        {journey.serviceName}, {quarterWords(journey.quarter)}
        {journey.kind !== 'people' && <>: {kindNote(journey.kind)}</>}
      </span>
      <h1 className="govuk-heading-l">{children}</h1>
    </>
  )
}
