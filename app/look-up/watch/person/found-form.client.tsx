'use client'

import type { ReactNode } from 'react'
import { addresses } from '#core/addresses/portal-addresses.ts'
import { ShowingForm } from '../../../components/action-form.client.tsx'
import { DataTable } from '../../../components/data-table.tsx'
import { Moment } from '../../../components/moment.tsx'
import { findOfPerson } from './actions.ts'

/** Identifiers, which give way to who looked that person up. */
export function FoundForm({ children }: { readonly children: ReactNode }): ReactNode {
  return (
    <ShowingForm
      action={findOfPerson}
      submit="Find who looked them up"
      shown={(lines) => <Found lines={lines} />}
    >
      {children}
    </ShowingForm>
  )
}

function Found({ lines }: { readonly lines: readonly string[] }): ReactNode {
  return (
    <>
      <h1 className="govuk-heading-l">Who looked them up</h1>
      {lines.length === 0 ? (
        <p className="govuk-body">Nobody looked up a person with these identifiers.</p>
      ) : (
        <DataTable
          caption="Look-ups, newest first"
          columns={['Look-up', 'Who asked', 'When']}
          rows={lines.map((line) => {
            const [reference = '', by = '', organisation = '', at = ''] = line.split('\t')
            return {
              key: reference,
              cells: [
                <a key="one" className="govuk-link" href={addresses.watchedLookUp(reference)}>
                  {reference}
                </a>,
                `${by}, ${organisation}`,
                <Moment key="at" at={new Date(at)} />,
              ],
            }
          })}
        />
      )}
      <p className="govuk-body">
        <a className="govuk-link" href={addresses.lookUpsOfPerson}>
          Look for somebody else
        </a>
      </p>
    </>
  )
}
