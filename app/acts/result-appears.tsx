import type { ReactNode } from 'react'
import { KeepFresh } from './keep-fresh.client.tsx'

/** Says that what a worker was asked for comes onto this page by itself, and has it come. */
export function ResultAppears(): ReactNode {
  return (
    <>
      <p className="govuk-body">The result will appear here. If it does not, refresh the page.</p>
      <KeepFresh />
    </>
  )
}
