'use client'

import { useEffect } from 'react'
import type { FormState } from '../guards/form-state.ts'

/** Told to the window when an answer says that the session is over. */
export const SIGNED_OUT = 'countonce:signed-out'
/** Told to the window when its user has signed in again: what waits may be sent again. */
export const SIGNED_IN_AGAIN = 'countonce:signed-in-again'

/** Has the page say that the session is over; returns what to throw where nothing can be answered. */
export function announceSignedOut(): Error {
  window.dispatchEvent(new Event(SIGNED_OUT))
  return new Error('signed out')
}

/** Has the page say that the session is over when a form's answer says so. */
export function useSignedOut(state: FormState): void {
  useEffect(() => {
    if (state.isSignedOut === true) announceSignedOut()
  }, [state])
}
