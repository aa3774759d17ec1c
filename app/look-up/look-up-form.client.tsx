'use client'

import { useEffect, type ReactNode } from 'react'
import type { LookUpAnswer } from '#core/look-up/asking/answer.ts'
import { arriveAtHeading } from '../components/arrive-at-heading.client.tsx'
import { ShowingForm } from '../components/action-form.client.tsx'
import { lookUp } from './actions.ts'
import { ClosedView } from './closed-view.client.tsx'

/** The form of a look-up, which gives way to its answer: what was typed is in this browser and nowhere else. */
export function LookUpForm({ children }: { readonly children: ReactNode }): ReactNode {
  return (
    <ShowingForm action={lookUp} submit="Look up" shown={([told = '']) => <Told told={told} />}>
      {children}
    </ShowingForm>
  )
}

function Told({ told }: { readonly told: string }): ReactNode {
  useEffect(() => {
    window.scrollTo(0, 0)
    arriveAtHeading()
  }, [])
  const { answer, typed } = JSON.parse(told) as {
    readonly answer: LookUpAnswer
    readonly typed: Readonly<Record<string, string>>
  }
  return <ClosedView answer={answer} typed={typed} />
}
