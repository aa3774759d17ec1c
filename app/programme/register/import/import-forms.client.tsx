'use client'

import { useActionState, type ReactNode } from 'react'
import type { Choice } from '#core/forms/fields.ts'
import { FRESH } from '../../../guards/form-state.ts'
import { ActionForm } from '../../../components/action-form.client.tsx'
import { SelectField } from '../../../components/choice-fields.client.tsx'
import { ErrorSummary } from '../../../components/error-summary.tsx'
import { FileField } from '../../../components/file-field.tsx'
import { bringIn, look } from './actions.ts'

/** A register to look at; then what it would change, and a second form that brings it in. */
export function ImportForms({ from }: { readonly from: readonly Choice[] }): ReactNode {
  const [{ values, errors }, send] = useActionState(look, FRESH)
  if (values['seen'] !== undefined) return <Planned values={values} from={from} />
  return (
    <form action={send} noValidate>
      {errors.length > 0 && <ErrorSummary problems={errors} />}
      <FileField name="file" label="Choose a file" accept=".json,application/json" />
      <div className="govuk-form-group">
        <label className="govuk-label" htmlFor="register">
          Or paste a register
        </label>
        <textarea
          className="govuk-textarea"
          id="register"
          name="register"
          rows={8}
          spellCheck={false}
          defaultValue={values['register'] ?? ''}
        />
      </div>
      <button type="submit" className="govuk-button">
        Look at what it would change
      </button>
    </form>
  )
}

function Planned({
  values,
  from,
}: {
  readonly values: Readonly<Record<string, string>>
  readonly from: readonly Choice[]
}): ReactNode {
  const lines = (text: string | undefined): string[] => (text ?? '').split('\n').filter(Boolean)
  const plan = lines(values['plan'])
  const kept = lines(values['kept'])
  return (
    <>
      <h2 className="govuk-heading-m">
        {plan.length === 0 ? 'It changes nothing' : 'What it would change'}
      </h2>
      <ul className="govuk-list govuk-list--bullet">
        {plan.map((line) => (
          <li key={line}>{line}</li>
        ))}
      </ul>
      {kept.length > 0 && (
        <>
          <h2 className="govuk-heading-m">What stays as it is</h2>
          <p className="govuk-body">A service keeps its strand and its organisation for good.</p>
          <ul className="govuk-list govuk-list--bullet">
            {kept.map((line) => (
              <li key={line}>{line}</li>
            ))}
          </ul>
        </>
      )}
      {plan.length > 0 && (
        <ActionForm action={bringIn} submit="Import it">
          <input type="hidden" name="register" value={values['register']} />
          <input type="hidden" name="seen" value={values['seen']} />
          <SelectField name="from" label="From which quarter is it so?" choices={from} />
        </ActionForm>
      )}
    </>
  )
}
