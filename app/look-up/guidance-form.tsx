import type { ReactNode } from 'react'
import { GUIDANCE } from '#core/look-up/asking/guidance.ts'
import { ActionForm } from '../components/action-form.client.tsx'
import { CheckboxField } from '../components/choice-fields.client.tsx'
import { TwoThirds } from '../components/page-columns.tsx'
import { acknowledge } from './actions.ts'

/** What a practitioner reads before the first look-up, and says to have read. */
export function GuidanceForm(): ReactNode {
  return (
    <TwoThirds>
      <ActionForm action={acknowledge} submit="Continue">
        <h1 className="govuk-heading-l">Before you look anybody up</h1>
        <GuidanceText />
        <CheckboxField
          name="read"
          label="I have read this, and will look up only people I am working with"
        />
      </ActionForm>
    </TwoThirds>
  )
}

/** The guidance as it is now. */
export function GuidanceText(): ReactNode {
  return GUIDANCE.map(({ heading, points }) => (
    <section key={heading}>
      <h2 className="govuk-heading-m">{heading}</h2>
      <ul className="govuk-list govuk-list--bullet">
        {points.map((point) => (
          <li key={point}>{point}</li>
        ))}
      </ul>
    </section>
  ))
}
