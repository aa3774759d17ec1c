'use client'

import { Button, PasswordInput, Radios, ServiceNavigation, createAll } from 'govuk-frontend'
import { useEffect } from 'react'

/** Brings GOV.UK Frontend's scripts to life once the page has been taken over by React; without them all works too. */
export function GovukScripts(): null {
  useEffect(() => {
    document.body.classList.add('js-enabled', 'govuk-frontend-supported')
    createAll(ServiceNavigation)
    createAll(PasswordInput)
    createAll(Radios)
    createAll(Button, { preventDoubleClick: true })
  }, [])
  return null
}
