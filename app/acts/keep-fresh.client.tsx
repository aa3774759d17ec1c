'use client'

import { useRouter } from 'next/navigation'
import { useEffect } from 'react'

const EVERY_MS = 2_000

/**
 * Reads the page again every two seconds while it stands there; without JavaScript a person does.
 */
export function KeepFresh(): null {
  const router = useRouter()
  useEffect(() => {
    const timer = setInterval(() => {
      router.refresh()
    }, EVERY_MS)
    return () => {
      clearInterval(timer)
    }
  }, [router])
  return null
}
