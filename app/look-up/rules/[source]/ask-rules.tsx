import type { ReactNode } from 'react'
import { factsOfRules, RULE_FIELDS } from '#core/look-up/rules/change-rules.ts'
import { RULE_NAMES, SHOWS_WORDS } from '#core/messages/look-up/rule-words.ts'
import { APPROVAL_KINDS } from '#server/identity/approvals/approval-kinds.ts'
import { askingAct } from '#server/identity/approvals/approval.ts'
import type { RulesVersion } from '#server/programme/sources/read-rules.ts'
import { reasonChoices } from '../../../approvals/request-parts.tsx'
import { ActionForm } from '../../../components/action-form.client.tsx'
import { RadioField } from '../../../components/choice-fields.client.tsx'
import { DateField } from '../../../components/date-field.client.tsx'
import { FreshCode } from '../../../components/fresh-code.tsx'
import { InitialValues } from '../../../components/kept-values.client.tsx'
import { OnScreen } from '../../../components/on-screen.tsx'
import { SentBack, TextField } from '../../../components/text-field.client.tsx'
import { ask } from './actions.ts'

/** The form that asks for other rules, filled in with those in force. */
export function AskRules({
  source,
  inForce,
  page,
}: {
  readonly source: string
  readonly inForce: RulesVersion
  readonly page: string
}): ReactNode {
  return (
    <OnScreen>
      <h2 className="govuk-heading-m">Ask for other rules</h2>
      <p className="govuk-body">
        Nothing changes until another administrator approves them. They are then in force at once.
      </p>
      <InitialValues values={valuesOf(inForce)}>
        <ActionForm action={ask} submit="Ask a second person to put them in force">
          <input type="hidden" name="source" value={source} />
          <SentBack name="seen" />
          <RadioField
            name="shows"
            legend="Which involvement is shown"
            choices={[
              { value: 'current', text: SHOWS_WORDS.current },
              {
                ...{ value: 'historic', text: SHOWS_WORDS.historic },
                hint: 'Only where the source’s controller agreed to it.',
              },
            ]}
          />
          <NumberField name="ageFrom" hint="In years, included. Leave it empty for no first age." />
          <NumberField name="ageTo" hint="In years, included. Leave it empty for no last age." />
          <DateField
            name="coveredFrom"
            legend={RULE_NAMES.coveredFrom}
            hint="For example, 1 4 2025"
          />
          <DateField
            name="coveredTo"
            legend={RULE_NAMES.coveredTo}
            hint="Leave it empty if there is no end yet."
          />
          <NumberField name="staleDays" hint="Older data are shown, and marked as out of date." />
          <NumberField name="removalDays" hint="Older data are not shown, and are removed." />
          <RadioField
            name="reason"
            legend="Why are they changed?"
            choices={reasonChoices(APPROVAL_KINDS['source-rules'].reasons)}
          />
          <FreshCode act={askingAct('source-rules')} page={page} />
        </ActionForm>
      </InitialValues>
    </OnScreen>
  )
}

function NumberField({
  name,
  hint,
}: {
  readonly name: 'ageFrom' | 'ageTo' | 'staleDays' | 'removalDays'
  readonly hint: string
}): ReactNode {
  return (
    <TextField
      {...{ name, hint, label: RULE_NAMES[name] }}
      autoComplete="off"
      inputMode="numeric"
      width={10}
    />
  )
}

/** What the form begins with. */
function valuesOf(inForce: RulesVersion): Readonly<Record<string, string>> {
  const facts = factsOfRules(inForce)
  const texts = Object.fromEntries(RULE_FIELDS.map((field) => [field, String(facts[field] ?? '')]))
  return {
    ...texts,
    ...partsOf('coveredFrom', texts['coveredFrom'] ?? ''),
    ...partsOf('coveredTo', texts['coveredTo'] ?? ''),
    seen: String(inForce.version),
  }
}

function partsOf(name: string, day: string): Readonly<Record<string, string>> {
  const [year = '', month = '', date = ''] = day.split('-')
  return {
    [`${name}-day`]: date.replace(/^0/, ''),
    [`${name}-month`]: month.replace(/^0/, ''),
    [`${name}-year`]: year,
  }
}
