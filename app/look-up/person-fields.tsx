import type { ReactNode } from 'react'
import { RadioField } from '../components/choice-fields.client.tsx'
import { DateField } from '../components/date-field.client.tsx'
import { TextField } from '../components/text-field.client.tsx'

/** Who somebody is, as a practitioner types it; of all of it nothing is kept. */
export function PersonFields(): ReactNode {
  return (
    <>
      <TextField name="firstName" label="First name" autoComplete="off" />
      <TextField name="lastName" label="Last name" autoComplete="off" />
      <DateField name="birth" legend="Date of birth" hint="For example, 27 3 2019" />
      <RadioField
        name="gender"
        legend="Gender"
        choices={[
          { value: 'F', text: 'Female' },
          { value: 'M', text: 'Male' },
          { value: '', text: 'Not known, or not asked' },
        ]}
      />
      <TextField
        name="nhsNumber"
        label="NHS number"
        hint="10 digits, for example 943 476 5919"
        autoComplete="off"
        inputMode="numeric"
        width={20}
      />
      <TextField name="postcode" label="Postcode" autoComplete="off" width={10} />
      <TextField
        name="email"
        label="Email address"
        hint="Their own, or of a child that of a parent or carer"
        type="email"
        autoComplete="off"
      />
      <TextField
        name="mobile"
        label="Mobile number"
        hint="Their own, or of a child that of a parent or carer"
        autoComplete="off"
        width={20}
      />
    </>
  )
}
