'use client'

import { useRouter } from 'next/navigation'
import { useEffect, useState, type ReactNode } from 'react'
import { beginWait } from './waited.client.ts'

/** How far a job is, in words. */
export interface ProgressWords {
  readonly text: string
  /** Of how many hundred; null where that is not known. */
  readonly percent: number | null
  /** Nothing more will change by itself. */
  readonly isOver: boolean
}

const FIRST_LOOK_MS = 400
const LOOKS_APART_MS = 1500

/**
 * Watches a job and shows the page anew once it is over; without JavaScript there is a link to look
 * again.
 */
export function WatchProgress({
  path,
  initial,
}: {
  readonly path: string
  readonly initial: ProgressWords
}): ReactNode {
  const [words, setWords] = useState(initial)
  const router = useRouter()
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined
    let isGone = false
    beginWait()
    const look = async (): Promise<void> => {
      const seen = await fetchWords(path)
      if (isGone) return
      if (seen !== undefined) setWords(seen)
      if (seen?.isOver === true) router.refresh()
      timer = setTimeout(() => void look(), LOOKS_APART_MS)
    }
    timer = setTimeout(() => void look(), FIRST_LOOK_MS)
    return () => {
      isGone = true
      clearTimeout(timer)
    }
  }, [path, router])
  return (
    <div role="status" aria-live="polite">
      <p className="govuk-body-l">{words.text}</p>
      {words.percent !== null && (
        <progress className="app-progress" max={100} value={words.percent} aria-label="Progress" />
      )}
    </div>
  )
}

async function fetchWords(path: string): Promise<ProgressWords | undefined> {
  try {
    const response = await fetch(path, { headers: { accept: 'application/json' } })
    return response.ok ? ((await response.json()) as ProgressWords) : undefined
  } catch {
    // The connection may be back at the next look.
    return undefined
  }
}
