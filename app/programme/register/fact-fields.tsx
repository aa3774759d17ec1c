import type { ReactNode } from 'react'
import {
  REGISTER_REASONS,
  VALUE_LISTS,
  type RegisterFact,
  type RegisterKind,
} from '#core/messages/register/register-words.ts'
import { FACTS_OF, isFixed, SOURCE_FACTS } from '#server/programme/register/entries.ts'
import { CheckboxField, RadioField, SelectField } from '../../components/choice-fields.client.tsx'
import { DateField } from '../../components/date-field.client.tsx'
import { TextAreaField, TextField } from '../../components/text-field.client.tsx'
import type { RegisterChoices } from './read-choices.ts'

/** The fields of an entry of a kind; of one that is there, without what is fixed. */
export function FactFields({
  kind,
  isNew,
  choices,
}: {
  readonly kind: RegisterKind
  readonly isNew: boolean
  readonly choices: RegisterChoices
}): ReactNode {
  const facts = FACTS_OF[kind] as readonly RegisterFact[]
  const shown = facts.filter((fact) =>
    isNew
      ? fact !== 'closedAfter' && fact !== 'mergedInto' && !SOURCE_FACTS.includes(fact)
      : !isFixed(fact) && (choices.isLookUp || !SOURCE_FACTS.includes(fact)),
  )
  return (
    <>
      {shown.map((fact) => (
        <FactField key={fact} fact={fact} choices={choices} />
      ))}
      {kind !== 'quarter' && kind !== 'programme' && (
        <SelectField
          name="from"
          label="From which quarter is it so?"
          hint="It holds for the whole of that quarter. Quarters before it stay as they are."
          choices={choices.from}
        />
      )}
      <SelectField
        name="reason"
        label="Why?"
        choices={[
          { value: '', text: 'Choose a reason' },
          ...Object.entries(REGISTER_REASONS)
            .filter(([code]) => code !== 'imported')
            .map(([value, text]) => ({ value, text })),
        ]}
      />
    </>
  )
}

function FactField({
  fact,
  choices,
}: {
  readonly fact: RegisterFact
  readonly choices: RegisterChoices
}): ReactNode {
  switch (fact) {
    case 'name':
      return <TextField name="name" label="Name" autoComplete="off" />
    case 'strand':
      return (
        <SelectField
          name="strand"
          label="Strand"
          hint="It cannot be changed later: figures of all quarters are grouped by it."
          choices={choices.strands}
        />
      )
    case 'provider':
      return (
        <SelectField
          name="provider"
          label="Organisation"
          hint="It cannot be changed later. If another organisation takes the service over, close this one and add another."
          choices={choices.providers}
        />
      )
    // Said once, in a register file, and changed by two people.
    case 'sourceKind':
    case 'rules':
      return null
    case 'area':
      return (
        <TextField
          name="area"
          label="Where do its data cover people?"
          hint="For example, the name of the borough. Practitioners read it."
          autoComplete="off"
        />
      )
    case 'noRecord':
      return (
        <TextAreaField
          name="noRecord"
          label="What does it mean that there is no record?"
          hint="Practitioners read it beside “no records found”. Say who is not covered. Name no person."
          rows={3}
          longest={500}
        />
      )
    case 'reachedBy':
      // Nobody is counted in a look-up; what its file said stays.
      return choices.isLookUp ? null : (
        <RadioField
          name="reachedBy"
          legend="Who counts as reached?"
          choices={[
            { value: 'contacts', text: 'People with an attended contact' },
            { value: 'active-enrolment', text: 'People enrolled in the quarter' },
          ]}
        />
      )
    case 'acceptsClear':
      return (
        <CheckboxField
          name="acceptsClear"
          label="A program may send its files as they are"
          hint={
            choices.isLookUp
              ? 'Otherwise no program can send its feed.'
              : 'Otherwise programs send files that were hashed at source only.'
          }
        />
      )
    case 'reminder':
      return (
        <TextAreaField
          name="reminder"
          label="What its reminders say in its own words (optional)"
          hint="For example, which report its file is made with. Name no person."
          rows={3}
          longest={300}
        />
      )
    case 'gss':
      return (
        <TextAreaField
          name="gss"
          label="Codes of the Office for National Statistics"
          hint="One a line, with the years for which it holds if you know them: E05000416 2010 to 2022"
          rows={3}
          longest={1000}
        />
      )
    case 'tile':
      return (
        <TextField
          name="tile"
          label="Where does it stand on the map of tiles? (optional)"
          hint="Column and row: 2,1 is the second column of the first row. Wards without a place stand below the others."
          width={10}
          autoComplete="off"
        />
      )
    case 'splitFrom':
      return (
        <SelectField
          name="splitFrom"
          label="Was it part of another ward before?"
          hint="Files of earlier quarters, also those that come late, are counted in that ward."
          choices={[{ value: '', text: 'No' }, ...choices.wards]}
        />
      )
    case 'closedAfter':
      return (
        <SelectField
          name="closedAfter"
          label="Is it closed?"
          hint="Choose the last quarter in which it is used. Nothing of earlier quarters changes."
          choices={[{ value: '', text: 'No, it is in use' }, ...choices.last]}
        />
      )
    case 'mergedInto':
      return (
        <SelectField
          name="mergedInto"
          label="Does another service go on with its work?"
          choices={[{ value: '', text: 'No' }, ...choices.services]}
        />
      )
    case 'list':
      return (
        <SelectField
          name="list"
          label="List"
          choices={Object.entries(VALUE_LISTS).map(([value, text]) => ({ value, text }))}
        />
      )
    case 'deadline':
      return <DateField name="deadline" legend="Deadline for files" hint="For example, 30 7 2025" />
    case 'begins':
      return <DateField name="begins" legend="First day" hint="For example, 1 4 2025" />
    case 'ends':
      return (
        <DateField
          name="ends"
          legend="Last day"
          hint="For example, 31 3 2030. Every quarter of which there is a file or a release must lie within."
        />
      )
    case 'closed':
      return (
        <CheckboxField
          name="closed"
          label="The quarter is closed"
          hint="No file is taken for it any more, but of services that have an extension."
        />
      )
  }
}
