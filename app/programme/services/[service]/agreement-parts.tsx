import type { ReactNode } from 'react'
import { ANY_FIELDS, fieldLabel } from '#core/standard/further-fields.ts'
import type { Agreement } from '#server/programme/register/agreements.ts'
import type { Entry } from '#server/programme/register/entries.ts'
import { ActionForm } from '../../../components/action-form.client.tsx'
import { CheckboxField, SelectField } from '../../../components/choice-fields.client.tsx'
import { FileField } from '../../../components/file-field.tsx'
import { DateField } from '../../../components/date-field.client.tsx'
import { Folded } from '../../../components/folded.tsx'
import { SummaryList } from '../../../components/summary-list.tsx'
import { TextField } from '../../../components/text-field.client.tsx'
import { AgreementWords } from '../agreement-words.tsx'
import { add, end } from './actions.ts'

/** What one agreement says, and how to end it. */
export function AgreementFacts({
  agreement,
  values,
  service,
}: {
  readonly agreement: Agreement
  readonly values: readonly Entry[]
  readonly service: string
}): ReactNode {
  return (
    <>
      <SummaryList
        lines={[
          { name: 'Days', value: <AgreementWords agreement={agreement} /> },
          ...Object.entries(factsByName(agreement, values)).map(([name, value]) => ({
            name,
            value,
          })),
        ]}
      />
      {!agreement.demonstration && agreement.endedOn === null && (
        <Folded text="End this agreement">
          <ActionForm action={end} submit="End the agreement" warning>
            <input type="hidden" name="service" value={service} />
            <input type="hidden" name="agreement" value={agreement.id} />
            <DateField
              name="on"
              legend="Its last day"
              hint="From the day after, nothing is processed under it. It cannot be taken back."
            />
          </ActionForm>
        </Folded>
      )}
    </>
  )
}

type FactName =
  | 'Controller'
  | 'Data-sharing agreement'
  | 'Impact assessment'
  | 'Lawful basis'
  | 'Legal gateway'
  | 'Privacy notice'
  | 'Purposes'
  | 'Fields'
  | 'Digest of the document'

/** What an agreement says beside its days, by name; what is not said is told as that. */
export function factsByName(
  agreement: Agreement,
  values: readonly Entry[],
): Readonly<Record<FactName, ReactNode>> {
  const said = (text: string | null): string => (text === null || text === '' ? 'Not said' : text)
  const named = (code: string): string =>
    values.find((entry) => entry.code === code)?.facts.name ?? code
  return {
    Controller: said(agreement.controller),
    'Data-sharing agreement': said(agreement.reference),
    'Impact assessment': said(agreement.assessment),
    'Lawful basis': said(agreement.lawfulBasis),
    'Legal gateway': said(agreement.gateway),
    'Privacy notice':
      agreement.privacyNotice === '' ? (
        'Not said'
      ) : (
        <a className="govuk-link app-anywhere" href={agreement.privacyNotice}>
          {agreement.privacyNotice}
        </a>
      ),
    Purposes:
      agreement.purposes.length === 0 ? 'Every purpose' : agreement.purposes.map(named).join('; '),
    Fields:
      agreement.fields.length === 0
        ? 'Every field of the standard'
        : agreement.fields.map(fieldLabel).join(', '),
    'Digest of the document':
      agreement.documentDigest === '' ? (
        'Not said'
      ) : (
        <span className="app-anywhere">{agreement.documentDigest}</span>
      ),
  }
}

/** The form for a further agreement. */
export function AddAgreement({
  service,
  values,
}: {
  readonly service: string
  readonly values: readonly Entry[]
}): ReactNode {
  const inUse = (list: string): readonly Entry[] =>
    values.filter(({ facts }) => facts.list === list && (facts.closedAfter ?? '') === '')
  const choices = (list: string): readonly { value: string; text: string }[] => [
    { value: '', text: 'Not said' },
    ...inUse(list).map(({ code, facts }) => ({ value: code, text: facts.name ?? code })),
  ]
  return (
    <ActionForm action={add} submit="Add the agreement">
      <input type="hidden" name="service" value={service} />
      <DateField name="from" legend="First day" hint="For example, 1 4 2025" />
      <DateField name="to" legend="Last day" hint="Leave it empty if there is no end yet." />
      <TextField
        name="controller"
        label="Controller"
        hint="Who decides about the data: usually the organisation."
        autoComplete="off"
      />
      <TextField
        name="reference"
        label="Reference of the data-sharing agreement"
        autoComplete="off"
      />
      <TextField name="assessment" label="Reference of the impact assessment" autoComplete="off" />
      <SelectField name="lawfulBasis" label="Lawful basis" choices={choices('lawful-basis')} />
      <SelectField name="gateway" label="Legal gateway" choices={choices('gateway')} />
      <TextField
        name="privacyNotice"
        label="Address of the privacy notice"
        hint="It begins with https://"
        autoComplete="off"
      />
      <fieldset className="govuk-fieldset">
        <legend className="govuk-fieldset__legend govuk-fieldset__legend--s">Purposes</legend>
        <div className="govuk-hint">
          Leave all unticked for every purpose. If any is ticked, counting people must be.
        </div>
        {inUse('purpose').map(({ code, facts }) => (
          <CheckboxField key={code} name={`purpose-${code}`} label={facts.name ?? code} />
        ))}
      </fieldset>
      <Folded text="It covers some fields only">
        <p className="govuk-body">
          Tick every field that may be processed. A column of another field cannot be matched. If
          none is ticked, all are covered.
        </p>
        {ANY_FIELDS.map(({ name, label }) => (
          <CheckboxField key={name} name={`field-${name}`} label={label} />
        ))}
      </Folded>
      <FileField
        name="document"
        label="Signed document"
        hint="Up to 2 MB. Its digest is kept, so that the document can be told from another; the document is not."
      />
      <TextField
        name="digest"
        label="Or its SHA-256 digest"
        hint="64 hexadecimal digits"
        autoComplete="off"
      />
    </ActionForm>
  )
}
