import type { ReactNode } from 'react'
import { SEPARATOR_WORDS } from '#core/filling/rule-form.ts'
import { DERIVATIONS, FILLING_LIMITS, type RuleKind } from '#core/filling/rules.ts'
import { DERIVATION_WORDS } from '#core/messages/preparation/rule-words.ts'
import type { Journey } from '#server/intake/journey/read-journey.ts'
import { ActionForm } from '../../../components/action-form.client.tsx'
import { AreaAnswer, RadioAnswer, SelectAnswer, TextAnswer } from '../../answer-fields.client.tsx'
import { StepFields } from '../../step-fields.tsx'
import { addRule } from './actions.ts'

interface RuleFormProps {
  readonly kind: RuleKind
  readonly headings: readonly string[]
}

/** The fields that each kind of rule has beside its column, in the order of the page. */
const FIELDS: Readonly<Record<RuleKind, readonly ((props: RuleFormProps) => ReactNode)[]>> = {
  default: [Value, Target, When],
  'look-up': [From, Words, Target, When],
  'take-from': [From, Target, When],
  derive: [From, What, Target, When],
  split: [From, Separator, Part, Target, When],
  join: [From, Further, Separator, Target, When],
  translate: [Own, Words],
  'copy-above': [Own],
}

/** A form that adds a rule of a kind. */
export function AddRule({
  journey,
  ...props
}: RuleFormProps & { readonly journey: Journey }): ReactNode {
  return (
    <ActionForm action={addRule} submit="Add the rule">
      <StepFields journey={journey} />
      <input type="hidden" name="kind" value={props.kind} />
      {FIELDS[props.kind].map((Field) => (
        <Field key={Field.name} {...props} />
      ))}
    </ActionForm>
  )
}

/** A choice of a column of the file, and of none. */
function ColumnAnswer(props: {
  readonly name: string
  readonly label: string
  readonly headings: readonly string[]
  readonly none?: string
}): ReactNode {
  const { name, label, headings, none = 'Choose a column' } = props
  const choices = [{ value: '', text: none }, ...headings.map((value) => ({ value, text: value }))]
  return <SelectAnswer name={name} label={label} initial="" choices={choices} />
}

function Target({ headings }: RuleFormProps): ReactNode {
  return (
    <>
      <ColumnAnswer
        name="column"
        label="Which column does it fill?"
        headings={headings}
        none="A new column"
      />
      <TextAnswer
        name="added"
        label="Heading of the new column"
        hint="Leave it empty if you chose a column of the file."
        initial=""
      />
    </>
  )
}

function Own({ headings }: RuleFormProps): ReactNode {
  return <ColumnAnswer name="column" label="Which column?" headings={headings} />
}

function When(): ReactNode {
  return (
    <RadioAnswer
      name="when"
      legend="Where does it fill the column?"
      initial="blank"
      choices={[
        { value: 'blank', text: 'Only where the cell is blank' },
        {
          value: 'always',
          text: 'In every row, in place of what is there',
          hint: 'Not for names, dates of birth, numbers, addresses or references.',
        },
      ]}
    />
  )
}

function From({ headings }: RuleFormProps): ReactNode {
  return <ColumnAnswer name="from" label="Which column is it taken from?" headings={headings} />
}

function Further({ headings }: RuleFormProps): ReactNode {
  return (
    <>
      <ColumnAnswer name="from2" label="The second column" headings={headings} />
      <ColumnAnswer
        name="from3"
        label="The third column (optional)"
        headings={headings}
        none="None"
      />
    </>
  )
}

function Value(): ReactNode {
  return (
    <TextAnswer
      name="value"
      label="What is put in?"
      hint="The same in every row. Do not type anything about one person."
      initial=""
    />
  )
}

function Words({ kind }: RuleFormProps): ReactNode {
  return (
    <AreaAnswer
      name="words"
      label="Words"
      hint={
        kind === 'translate'
          ? 'A line for each word and what it becomes, such as: N/K = Not known. Leave out what is after “=” to empty the cell. Do not type anything about one person.'
          : 'A line for each word and what it stands for, such as: Old Library = SW9 8AA. Do not type anything about one person.'
      }
      initial=""
      rows={8}
      longest={20_000}
    />
  )
}

function What(): ReactNode {
  return (
    <RadioAnswer
      name="what"
      legend="What is found in it?"
      initial=""
      choices={DERIVATIONS.map((value) => ({ value, text: capital(DERIVATION_WORDS[value]) }))}
    />
  )
}

function Separator({ kind }: RuleFormProps): ReactNode {
  return (
    <SelectAnswer
      name="separator"
      label={kind === 'join' ? 'What stands between them?' : 'What separates the parts?'}
      initial={kind === 'join' ? 'space' : 'comma'}
      choices={SEPARATOR_WORDS.filter(({ value }) => kind === 'join' || value !== 'nothing')}
    />
  )
}

function Part(): ReactNode {
  const numbered = Array.from({ length: FILLING_LIMITS.part }, (_, at) => String(at + 1))
  return (
    <SelectAnswer
      name="part"
      label="Which part?"
      initial="1"
      choices={[
        ...numbered.map((value) => ({ value, text: `Part ${value}` })),
        { value: 'last', text: 'The last part' },
      ]}
    />
  )
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}
