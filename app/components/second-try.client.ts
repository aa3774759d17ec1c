'use client'

import { useEffect } from 'react'

const REMEMBERED = 'count-once-second-try'
/** A page that was opened again so short a time ago is not opened once more, in milliseconds. */
const PATIENCE = 30_000

/**
 * Opens the page again, once, where a script of it was not there: while another version is rolled out, a page
 * can come from a portal of one version and its scripts from one of the other.
 */
export function useSecondTry(error: Error): void {
  useEffect(() => {
    if (error.name !== 'ChunkLoadError') return
    const last = Number(sessionStorage.getItem(REMEMBERED) ?? 0)
    if (Date.now() - last < PATIENCE) return
    sessionStorage.setItem(REMEMBERED, String(Date.now()))
    location.reload()
  }, [error])
}
