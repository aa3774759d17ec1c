'use client'

import {
  browserSupportsWebAuthn,
  startAuthentication,
  startRegistration,
  type PublicKeyCredentialCreationOptionsJSON,
  type PublicKeyCredentialRequestOptionsJSON,
} from '@simplewebauthn/browser'
import { useEffect, useRef, useState, type ReactNode } from 'react'

/** What is asked of a passkey: to be made, or to sign for the act that the form is for. */
interface PasskeyWanted {
  /** Where the portal says what it asks. */
  readonly challenge: string
  /** The act, for somebody who is signed in. */
  readonly act?: string
  readonly text: string
}

/**
 * Sends its form with the answer of a passkey in place of a code. Without script, or in a browser
 * that knows no passkeys, there is nothing to see.
 */
export function PasskeyField(wanted: PasskeyWanted): ReactNode {
  return (
    <PasskeyButton
      {...wanted}
      name="passkey"
      ask={async (options) =>
        startAuthentication({ optionsJSON: options as PublicKeyCredentialRequestOptionsJSON })
      }
    />
  )
}

/** Sends its form with a passkey that was just made. */
export function NewPasskeyField(wanted: PasskeyWanted): ReactNode {
  return (
    <PasskeyButton
      {...wanted}
      name="made"
      isMain
      ask={async (options) =>
        startRegistration({ optionsJSON: options as PublicKeyCredentialCreationOptionsJSON })
      }
    />
  )
}

function PasskeyButton({
  challenge,
  act,
  text,
  name,
  isMain = false,
  ask,
}: PasskeyWanted & {
  readonly name: string
  readonly isMain?: boolean
  readonly ask: (options: unknown) => Promise<object>
}): ReactNode {
  const [isKnown, setIsKnown] = useState(false)
  const [problem, setProblem] = useState('')
  const answer = useRef<HTMLInputElement>(null)
  useEffect(() => {
    setIsKnown(browserSupportsWebAuthn() && window.isSecureContext)
  }, [])
  const use = async (): Promise<void> => {
    setProblem('')
    const given = await answered(challenge, act, ask)
    const { current } = answer
    if (current === null) return
    if (given === undefined) {
      setProblem('Your passkey gave no answer. Try again, or use another way.')
      return
    }
    current.value = given
    current.form?.requestSubmit()
    // It serves once: whatever comes of it, the next is asked for anew.
    current.value = ''
  }
  return (
    <>
      <input ref={answer} type="hidden" name={name} defaultValue="" />
      {isKnown && (
        <div className="govuk-form-group">
          <button
            type="button"
            className={`govuk-button${isMain ? '' : ' govuk-button--secondary'}`}
            onClick={() => void use()}
          >
            {text}
          </button>
          <p className="govuk-error-message" role="status">
            {problem}
          </p>
        </div>
      )}
    </>
  )
}

/** What the passkey answers, as text for the form; undefined where it answers nothing. */
async function answered(
  challenge: string,
  act: string | undefined,
  ask: (options: unknown) => Promise<object>,
): Promise<string | undefined> {
  try {
    const response = await fetch(challenge, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(act === undefined ? {} : { act }),
    })
    if (!response.ok) return undefined
    return JSON.stringify(await ask(await response.json()))
  } catch {
    // Cancelled, too late, or not one of the passkeys that were asked for.
    return undefined
  }
}
