import type { ReactNode } from 'react'
import { readReturnPath } from '../guards/return-path.ts'

/** Carries on where somebody was before they signed in. */
export function ReturnField({ to }: { readonly to: unknown }): ReactNode {
  const path = readReturnPath(to)
  return path === undefined ? null : <input type="hidden" name="to" value={path} />
}
