'use client'

import { createContext, use, useMemo, type ReactNode } from 'react'
import type { FormState } from '../guards/form-state.ts'

const Kept = createContext<FormState['values']>({})

/** What was typed into the page's form before its session was over; nothing on any other page. */
export function useKeptValues(): FormState['values'] {
  return use(Kept)
}

/** Gives the forms of a page what was typed before. */
export function KeptValues({
  values,
  children,
}: {
  readonly values: FormState['values']
  readonly children: ReactNode
}): ReactNode {
  return <Kept value={values}>{children}</Kept>
}

/** Gives the forms within what they begin with, where nothing that was typed before is given back. */
export function InitialValues({
  values,
  children,
}: {
  readonly values: FormState['values']
  readonly children: ReactNode
}): ReactNode {
  const kept = useKeptValues()
  const all = useMemo(() => ({ ...values, ...kept }), [values, kept])
  return <Kept value={all}>{children}</Kept>
}
