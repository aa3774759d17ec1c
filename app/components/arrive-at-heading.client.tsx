'use client'

import { usePathname, useSearchParams } from 'next/navigation'
import { useEffect, useRef } from 'react'

/**
 * Puts the focus on the heading of a page that an action led to: such a page takes the place of the
 * one before without being loaded, and who does not see it would hear nothing, with the focus where
 * a button used to be. A page that was loaded, and one that puts the focus somewhere itself, keep
 * theirs.
 */
export function ArriveAtHeading(): null {
  const path = usePathname()
  // One page may show what was asked for in place of the form that asked.
  const address = `${path}?${useSearchParams().toString()}`
  const before = useRef(address)
  useEffect(() => {
    if (before.current === address) return
    before.current = address
    arriveAtHeading()
  }, [address])
  return null
}

/** Puts the focus on the page's heading, where nothing else of the page has it. */
export function arriveAtHeading(): void {
  const main = document.getElementById('main-content')
  const heading = main?.querySelector('h1')
  if (heading == null || main?.contains(document.activeElement) === true) return
  heading.tabIndex = -1
  heading.classList.add('app-arrival')
  heading.focus({ preventScroll: true })
}
