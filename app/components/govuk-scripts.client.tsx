'use client'

import { FileUpload } from 'govuk-frontend/dist/govuk/components/file-upload/file-upload.mjs'
import { PasswordInput } from 'govuk-frontend/dist/govuk/components/password-input/password-input.mjs'
import { ServiceNavigation } from 'govuk-frontend/dist/govuk/components/service-navigation/service-navigation.mjs'
import { usePathname } from 'next/navigation'
import { useEffect } from 'react'

/**
 * The components that pages have, each from its own file: the package's front door brings all of
 * them along.
 */
const COMPONENTS = [
  { module: 'govuk-service-navigation', start: (root: Element) => new ServiceNavigation(root) },
  { module: 'govuk-file-upload', start: (root: Element) => new FileUpload(root) },
  { module: 'govuk-password-input', start: (root: Element) => new PasswordInput(root) },
] as const

/**
 * Brings GOV.UK Frontend's scripts to life once the page has been taken over by React; without them
 * all works too.
 */
export function GovukScripts(): null {
  // A form that leads to another page may bring elements along that were not there before.
  const path = usePathname()
  useEffect(() => {
    document.body.classList.add('js-enabled', 'govuk-frontend-supported')
    for (const { module, start } of COMPONENTS) {
      // Begun already: an element is not begun twice.
      const fresh = `[data-module="${module}"]:not([data-${module}-init])`
      document.querySelectorAll(fresh).forEach((root) => {
        try {
          start(root)
        } catch {
          // It refuses a page whose stylesheet did not come, and the page does without it.
        }
      })
    }
  }, [path])
  useEffect(() => {
    document.addEventListener('keydown', pressWithSpace)
    return () => {
      document.removeEventListener('keydown', pressWithSpace)
    }
  }, [])
  return null
}

/** A link that looks like a button, and is called one, is pressed by Space as well. */
function pressWithSpace(event: KeyboardEvent): void {
  const { target } = event
  if (event.key !== ' ' || !(target instanceof HTMLAnchorElement)) return
  if (target.getAttribute('role') !== 'button') return
  event.preventDefault()
  target.click()
}
