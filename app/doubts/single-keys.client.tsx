'use client'

import { useEffect, useRef, useState, type ReactNode } from 'react'

/**
 * Lets a reviewer answer by single keys, with the focus anywhere within: a letter leads to an answer, a
 * number chooses its reason, Enter sends, K skips. Nothing of it is needed: without script, or with
 * the keys turned off, the same is done as in any form. Keys of who types into a field, and those with
 * Ctrl, Alt or Meta, are left alone. Source: WCAG 2.2, 2.1.4 Character Key Shortcuts.
 */
export function SingleKeys({
  of,
  letters,
  children,
}: {
  /** What is looked at: with another the focus goes to its heading. */
  readonly of: string
  /** What the letters lead to, for the legend. */
  readonly letters: readonly { readonly letter: string; readonly text: string }[]
  readonly children: ReactNode
}): ReactNode {
  const place = useRef<HTMLDivElement>(null)
  const [isOn, setIsOn] = useState<boolean>()
  // Before the heading has the focus: who sees that may press a key.
  useEffect(() => {
    const within = place.current
    const take = (event: KeyboardEvent): void => {
      if (within === null || !areOn()) return
      if (event.ctrlKey || event.altKey || event.metaKey || isTyping(event.target)) return
      if (pressed(within, event.key)) event.preventDefault()
    }
    within?.addEventListener('keydown', take)
    return () => {
      within?.removeEventListener('keydown', take)
    }
  }, [])
  useEffect(() => {
    setIsOn(areOn())
  }, [])
  useEffect(() => {
    const heading = place.current?.querySelector('h1')
    if (heading == null) return
    heading.tabIndex = -1
    heading.classList.add('app-arrival')
    heading.focus({ preventScroll: true })
  }, [of])
  return (
    <div ref={place}>
      {children}
      {isOn !== undefined && (
        <div className="govuk-inset-text">
          <h2 className="govuk-heading-s">Single keys</h2>
          <ul className="govuk-list app-keys">
            {letters.map(({ letter, text }) => (
              <li key={letter}>
                <kbd className="app-key">{letter}</kbd> {text}
              </li>
            ))}
            <li>
              <kbd className="app-key">1</kbd> to <kbd className="app-key">9</kbd> a reason of the
              answer
            </li>
            <li>
              <kbd className="app-key">Enter</kbd> send
            </li>
            <li>
              <kbd className="app-key">K</kbd> skip
            </li>
          </ul>
          <button
            type="button"
            className="govuk-button govuk-button--secondary govuk-!-margin-bottom-0"
            aria-pressed={isOn}
            onClick={() => {
              localStorage.setItem(KEPT, isOn ? 'off' : 'on')
              setIsOn(!isOn)
            }}
          >
            {isOn ? 'Turn single keys off' : 'Turn single keys on'}
          </button>
        </div>
      )}
    </div>
  )
}

const KEPT = 'countonce.single-keys'

/** Whether this browser's reviewer has left the keys on. */
function areOn(): boolean {
  return localStorage.getItem(KEPT) !== 'off'
}

function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false
  if (target instanceof HTMLInputElement) return target.type !== 'radio'
  return target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement
}

/** Does what a key stands for; false where it stands for nothing. */
function pressed(within: HTMLElement, key: string): boolean {
  if (key === 'Enter') {
    // On a link or a button it is theirs.
    if (document.activeElement?.matches('a, button, summary') === true) return false
    const chosen = within.querySelector<HTMLInputElement>('[data-answer] input:checked')
    if (chosen?.form == null) return false
    chosen.form.requestSubmit()
    return true
  }
  if (/^[1-9]$/.test(key)) {
    const group = document.activeElement?.closest('[data-answer]')
    const radio = group?.querySelector<HTMLInputElement>(`[data-reason="${key}"]`)
    return radio == null ? false : choose(radio)
  }
  const letter = key.toUpperCase()
  if (letter === 'K') {
    const skip = within.querySelector<HTMLAnchorElement>('[data-skip]')
    skip?.click()
    return skip !== null
  }
  if (!/^[A-Z]$/.test(letter)) return false
  const radio = within.querySelector<HTMLInputElement>(
    `[data-answer="${letter}"] [data-reason="1"]`,
  )
  return radio === null ? false : choose(radio)
}

function choose(radio: HTMLInputElement): true {
  radio.focus()
  radio.checked = true
  return true
}
