'use client'

import { useEffect, useRef, type ReactNode } from 'react'
import { endWait } from './waited.client.ts'

/**
 * What a page says first once a job that was waited for on it is over. The page changes under who
 * waits: the focus goes here, so that a screen reader reads it out and Tab continues from it. A
 * page that was opened anew keeps its focus.
 */
export function Arrival({
  className,
  children,
}: {
  readonly className?: string
  readonly children: ReactNode
}): ReactNode {
  const place = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (endWait()) place.current?.focus()
  }, [])
  return (
    <div
      ref={place}
      tabIndex={-1}
      className={`app-arrival${className === undefined ? '' : ` ${className}`}`}
    >
      {children}
    </div>
  )
}
