import type { ReactNode } from 'react'
import { SUB_SCALE_FORM, TIME_POINT_FORM } from '#core/framework/entry-fields.ts'
import { COMPLETERS, type Framework, type FrameworkPart } from '#core/framework/framework.ts'
import { ENTRY_FIELD_WORDS } from '#core/messages/register/framework-words.ts'
import { COMPLETED_BY } from '#core/standard/further-codes.ts'
import {
  CheckboxField,
  RadioField,
  SelectField,
} from '../../../../components/choice-fields.client.tsx'
import { DateField } from '../../../../components/date-field.client.tsx'
import { TextAreaField, TextField } from '../../../../components/text-field.client.tsx'

interface Known {
  readonly framework: Framework
  readonly services: ReadonlyMap<string, string>
}

/** The fields of an entry of a list; a code is given once. */
export function EntryForm({
  part,
  isNew,
  ...known
}: Known & { readonly part: FrameworkPart; readonly isNew: boolean }): ReactNode {
  const { outcomes, measures } = known.framework
  return (
    <>
      {isNew && (
        <TextField
          name="code"
          label={ENTRY_FIELD_WORDS.code}
          hint="Small letters, digits and hyphens. It cannot be changed later: files and scores name it."
          autoComplete="off"
          width={20}
        />
      )}
      <TextField name="label" label={ENTRY_FIELD_WORDS.label} autoComplete="off" />
      {part === 'measures' && (
        <SelectField name="outcome" label={ENTRY_FIELD_WORDS.outcome} choices={chosen(outcomes)} />
      )}
      {part === 'instruments' && (
        <>
          <SelectField
            name="measure"
            label={ENTRY_FIELD_WORDS.measure}
            choices={chosen(measures)}
          />
          <InstrumentFields {...known} />
        </>
      )}
    </>
  )
}

function chosen(
  entries: readonly { readonly code: string; readonly label: string }[],
): { value: string; text: string }[] {
  return [
    { value: '', text: 'Choose one' },
    ...entries.map(({ code, label }) => ({ value: code, text: label })),
  ]
}

function InstrumentFields({ framework, services }: Known): ReactNode {
  const used = framework.instruments.flatMap((instrument) => instrument.services)
  const offered = new Map([...used.map((code) => [code, code] as const), ...services])
  return (
    <>
      <TextAreaField
        name="words"
        label={ENTRY_FIELD_WORDS.words}
        hint="One a line: what services call it in their files."
        rows={3}
        longest={2000}
      />
      <TextField name="least" label={ENTRY_FIELD_WORDS.least} autoComplete="off" width={10} />
      <TextField name="most" label={ENTRY_FIELD_WORDS.most} autoComplete="off" width={10} />
      <RadioField
        name="better"
        legend={ENTRY_FIELD_WORDS.better}
        choices={[
          { value: 'higher', text: 'A higher score is better' },
          { value: 'lower', text: 'A lower score is better' },
          { value: '', text: 'Neither, or not known' },
        ]}
      />
      <TextField
        name="change"
        label={`${ENTRY_FIELD_WORDS.change} (optional)`}
        hint="The least difference of two scores of one person that is more than chance."
        autoComplete="off"
        width={10}
      />
      <TextField
        name="changeSource"
        label={ENTRY_FIELD_WORDS.changeSource}
        hint="For example, the manual of the instrument and its page."
        autoComplete="off"
      />
      <TextAreaField
        name="subScales"
        label={`${ENTRY_FIELD_WORDS.subScales} (optional)`}
        hint={`${SUB_SCALE_FORM}.`}
        rows={4}
        longest={2000}
      />
      <TextAreaField
        name="timePoints"
        label={`${ENTRY_FIELD_WORDS.timePoints} (optional)`}
        hint={`${TIME_POINT_FORM}. Days of a baseline are from the person’s start with the service, others from the baseline.`}
        rows={3}
        longest={200}
      />
      <Boxes legend={ENTRY_FIELD_WORDS.completedBy}>
        {COMPLETERS.map((code) => (
          <CheckboxField
            key={code}
            name={`by-${code}`}
            label={COMPLETED_BY.codes.find((one) => one.code === code)?.label ?? code}
          />
        ))}
      </Boxes>
      <Boxes legend={ENTRY_FIELD_WORDS.services}>
        {[...offered].map(([code, name]) => (
          <CheckboxField key={code} name={`service-${code}`} label={name} />
        ))}
      </Boxes>
      <TextField
        name="licence"
        label={`${ENTRY_FIELD_WORDS.licence} (optional)`}
        autoComplete="off"
      />
      <DateField
        name="retired"
        legend={`${ENTRY_FIELD_WORDS.retired} (optional)`}
        hint="A later score is to be confirmed by who sends it."
      />
      <CheckboxField name="invented" label={`${ENTRY_FIELD_WORDS.invented}: it measures nothing`} />
    </>
  )
}

function Boxes({
  legend,
  children,
}: {
  readonly legend: string
  readonly children: ReactNode
}): ReactNode {
  return (
    <div className="govuk-form-group">
      <fieldset className="govuk-fieldset">
        <legend className="govuk-fieldset__legend govuk-fieldset__legend--s">{legend}</legend>
        {children}
      </fieldset>
    </div>
  )
}
