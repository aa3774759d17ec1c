import type { ReactNode } from 'react'
import { OnScreen } from '../components/on-screen.tsx'
import { SummaryList } from '../components/summary-list.tsx'

const NAMES: Readonly<Record<string, string>> = {
  firstName: 'First name',
  lastName: 'Last name',
  birth: 'Date of birth',
  gender: 'Gender',
  nhsNumber: 'NHS number',
  postcode: 'Postcode',
  email: 'Email address',
  mobile: 'Mobile number',
}

const GENDERS: Readonly<Record<string, string>> = { F: 'Female', M: 'Male' }

/** What was typed, as it was typed and on no paper: nothing here comes from a source. */
export function TypedAsEntered({
  typed,
}: {
  readonly typed: Readonly<Record<string, string>>
}): ReactNode {
  const birth = ['day', 'month', 'year'].map((part) => typed[`birth-${part}`] ?? '').join(' ')
  const told: Readonly<Record<string, string | undefined>> = {
    ...typed,
    birth,
    gender: GENDERS[typed['gender'] ?? ''],
  }
  const lines = Object.entries(NAMES).map(([field, name]) => ({ name, value: told[field] ?? '' }))
  return (
    <OnScreen>
      <h2 className="govuk-heading-m">As you entered</h2>
      <SummaryList lines={lines.filter(({ value }) => value.trim() !== '')} />
    </OnScreen>
  )
}
