import type { ReactNode } from 'react'

/** What is for doing something and not for reading: it is on no paper. */
export function OnScreen({ children }: { readonly children: ReactNode }): ReactNode {
  return <div className="app-no-print">{children}</div>
}
