'use client'

import { useRouter } from 'next/navigation'
import { useEffect } from 'react'
import { arriveAtHeading } from '../components/arrive-at-heading.client.tsx'

const EVERY_MS = 2_000

/**
 * Reads the page again every two seconds while it stands there; without JavaScript a person does. Once
 * it is gone, what was waited for is on the page, and its heading has the focus.
 */
export function KeepFresh(): null {
  const router = useRouter()
  useEffect(() => {
    const timer = setInterval(() => {
      router.refresh()
    }, EVERY_MS)
    return () => {
      clearInterval(timer)
      requestAnimationFrame(arriveAtHeading)
    }
  }, [router])
  return null
}
