import type { Metadata } from 'next'
import { redirect } from 'next/navigation'
import type { ReactNode } from 'react'
import { PEOPLE_FIELDS, type FieldSubject, type PeopleField } from '#core/dataset/fields.ts'
import { FURTHER_ANSWERS } from '#core/mapping/column-choices.ts'
import { readMatching, type MatchView } from '#server/journey/match-columns.ts'
import { ActionForm } from '../../../components/action-form.client.tsx'
import { BackLink } from '../../../components/notices.tsx'
import { requireStepOf } from '../../../guards/require-journey.ts'
import { stepPath, uploadPath } from '../../../journey-paths.ts'
import { SelectAnswer } from '../../answer-fields.client.tsx'
import { StepFields } from '../../step-fields.tsx'
import { StepHeading } from '../../step-heading.tsx'
import { match } from './actions.ts'
import { ColumnFields, type AnswerGroup } from './column-fields.client.tsx'

export const metadata: Metadata = { title: 'Match your columns' }

/** One line for each column of the file: what it is, or that it is not used. */
export default async function MatchPage({
  params,
}: {
  readonly params: Promise<{ reference: string }>
}): Promise<ReactNode> {
  const { actor, store, journey } = await requireStepOf(params, 'match')
  const view = await readMatching(store, actor, journey.reference)
  if (!view.ok) redirect(uploadPath(journey.service, journey.quarter, 'file-gone'))
  const unused = view.columns.filter(({ answer }) => answer === '' || answer === 'none').length
  return (
    <>
      <BackLink href={stepPath(journey.reference, 'read')} />
      <ActionForm action={match} submit="Continue">
        <StepFields journey={journey} />
        <StepHeading journey={journey}>Match your columns</StepHeading>
        <p className="govuk-body">
          Say what each column of your file is. What you choose is remembered for next quarter.
        </p>
        <p className="govuk-inset-text">
          A column that you do not use is dropped before anything is stored.
          {unused > 0 && ' Notes, names of staff and anything else we do not ask for belong there.'}
        </p>
        <SelectAnswer
          name="shape"
          label="What is each row of the file?"
          initial={view.shape}
          choices={SHAPES}
        />
        <SelectAnswer
          name="role"
          label="Who are the people in it?"
          hint="For a file that has no column that says so."
          initial={view.role}
          choices={ROLES}
        />
        <h2 className="govuk-heading-m">Columns</h2>
        <ColumnFields
          columns={view.columns.map((column) => {
            const { heading, answer, samples, suggestion, isUnusedBefore } = column
            return {
              heading,
              answer,
              samples,
              reason: isUnusedBefore ? 'not used last time' : (suggestion?.reason ?? ''),
              certainty: isUnusedBefore ? 'certain' : (suggestion?.certainty ?? ''),
            }
          })}
          groups={answerGroups(view)}
        />
        <NotProvided view={view} />
      </ActionForm>
    </>
  )
}

const SHAPES = [
  { value: 'person', text: 'One person' },
  { value: 'child-and-carer', text: 'A child and their carer' },
  { value: 'contacts', text: 'One contact with a person' },
]

const ROLES = [
  { value: '', text: 'Tell by their age, or by a column' },
  { value: 'child', text: 'All are children' },
  { value: 'parent', text: 'All are parents' },
  { value: 'adult', text: 'All are adults' },
]

const SUBJECTS: readonly (readonly [string, (field: PeopleField) => boolean])[] = [
  ['The person', isOf('all', 'identifier')],
  ['The child’s carer', ({ for: subject }) => subject === 'child' || subject === 'carer'],
  ['About the person', isOf('all', 'code')],
  [
    'Use of the service',
    ({ for: subject, kind }) => subject === 'all' && (kind === 'date' || kind === 'integer'),
  ],
  ['The contact', ({ for: subject }) => subject === 'contact'],
]

function isOf(subject: FieldSubject, kind: PeopleField['kind']): (field: PeopleField) => boolean {
  return (field) => field.for === subject && field.kind === kind
}

/** Every field and, last, what a column may be besides; an answer in use that is neither is offered too. */
function answerGroups(view: MatchView): AnswerGroup[] {
  const groups = [
    ...SUBJECTS.map(([label, belongs]) => ({
      label,
      answers: PEOPLE_FIELDS.filter(belongs).map(({ name, label: text }) => ({
        value: `field:${name}`,
        text,
      })),
    })),
    { label: 'Several at once', answers: [...FURTHER_ANSWERS] },
  ]
  const offered = new Set(groups.flatMap(({ answers }) => answers.map(({ value }) => value)))
  const further = view.columns
    .map(({ answer }) => answer)
    .filter((answer) => answer.includes(':') && !offered.has(answer))
  for (const answer of new Set(further)) {
    const names = (answer.split(':')[1] ?? '').split(',')
    const text = names
      .map((name) => PEOPLE_FIELDS.find((field) => field.name === name)?.label ?? name)
      .join(' and ')
    groups.at(-1)?.answers.push({ value: answer, text })
  }
  return groups
}

/** What no column gives: to go on is to say that it is not provided. */
function NotProvided({ view }: { readonly view: MatchView }): ReactNode {
  const given = new Set(
    view.columns.flatMap(({ answer }) => (answer.split(':')[1] ?? '').split(',')),
  )
  const missing = PEOPLE_FIELDS.filter(
    ({ name, for: subject }) => (subject === 'all' || subject === 'child') && !given.has(name),
  )
  if (missing.length === 0) return null
  return (
    <details className="govuk-details">
      <summary className="govuk-details__summary">
        <span className="govuk-details__summary-text">
          What no column gives yet: {missing.length}
        </span>
      </summary>
      <div className="govuk-details__text">
        <p className="govuk-body">
          Choose it above if a column holds it. If you go on without, it counts as not provided.
        </p>
        <ul className="govuk-list govuk-list--bullet">
          {missing.map(({ name, label, description }) => (
            <li key={name}>
              <strong>{label}</strong>: {description}
            </li>
          ))}
        </ul>
      </div>
    </details>
  )
}
