'use client'

import { unstable_isUnrecognizedActionError } from 'next/navigation'
import {
  createContext,
  use,
  useActionState,
  useEffect,
  useMemo,
  useRef,
  useState,
  type ReactNode,
} from 'react'
import { ErrorSummary } from './error-summary.tsx'
import { FRESH, type FormAction, type FormState } from '../guards/form-state.ts'
import { useKeptValues } from './kept-values.client.tsx'
import { useSignedOut } from './signed-out.client.ts'

const Sent = createContext<FormState>(FRESH)

/** What the form around this field last came to. */
export function useSent(): FormState {
  return use(Sent)
}

/**
 * What was sent for a field, and what is wrong with it, if anything; `id` where it is not its name.
 */
export function useSentField(
  name: string,
  id = name,
): { readonly value: string | undefined; readonly error: string | undefined } {
  const { errors, values } = useSent()
  return { value: values[name], error: errors.find(({ field }) => field === id)?.message }
}

/**
 * A form with a server action behind it, and the summary of errors above it. Works as a plain post
 * without JavaScript; with it, the page stays and the summary takes the focus. Where no answer of
 * the portal comes, because the connection is lost or a load balancer answers in its place, nothing
 * that was filled in is lost.
 */
export function ActionForm(form: FormParts): ReactNode {
  return <ShowingForm {...form} shown={() => null} />
}

interface FormParts {
  readonly action: FormAction
  /** The words of its button; left out where what is in it has buttons of its own. */
  readonly submit?: string
  readonly warning?: boolean
  readonly secondary?: boolean
  readonly children?: ReactNode
}

/** The same, which gives way to something that is shown once. */
export function ShowingForm({
  action,
  submit,
  warning = false,
  secondary = false,
  children,
  shown,
}: FormParts & {
  readonly shown: (lines: readonly string[]) => ReactNode
}): ReactNode {
  // Without script the server's own action is the form's address: it is guarded only once script
  // runs.
  const [isAlive, setIsAlive] = useState(false)
  useEffect(() => {
    setIsAlive(true)
  }, [])
  const guarded = useMemo(() => keepingWhatWasTyped(action), [action])
  const kept = useKeptValues()
  const first = useMemo(() => ({ ...FRESH, values: kept }), [kept])
  const [state, send, pending] = useActionState(isAlive ? guarded : action, first)
  const summary = useRef<HTMLDivElement>(null)
  useSignedOut(state)
  useEffect(() => {
    if (state.errors.length === 0) return
    summary.current?.focus()
    if (!document.title.startsWith('Error: ')) document.title = `Error: ${document.title}`
  }, [state])
  if (state.shown !== undefined) return shown(state.shown)
  const kind = warning ? ' govuk-button--warning' : secondary ? ' govuk-button--secondary' : ''
  return (
    <form
      action={send}
      noValidate
      onSubmit={(event) => {
        // A double click sends once.
        if (pending) event.preventDefault()
      }}
    >
      {state.errors.length > 0 && <ErrorSummary problems={state.errors} ref={summary} />}
      <Sent value={state}>{children}</Sent>
      {submit !== undefined && (
        <button
          type="submit"
          className={`govuk-button${kind}`}

          aria-disabled={pending}
        >
          {submit}
        </button>
      )}
    </form>
  )
}

const NOT_KEPT = /password|code|passkey|made/i

/**
 * The action, but that no answer of ours, and that of a session that has ended, is told beside the
 * form instead of in place of the page.
 */
function keepingWhatWasTyped(action: FormAction): FormAction {
  return async (state, form) => {
    try {
      const next = await action(state, form)
      return next.isSignedOut === true ? { ...next, values: typedIn(form) } : next
    } catch (error) {
      const problem = unansweredProblem(error)
      if (problem === undefined) throw error
      return { errors: [{ field: '', ...problem }], values: typedIn(form) }
    }
  }
}

function typedIn(form: FormData): FormState['values'] {
  const typed = [...form].filter(
    (entry): entry is [string, string] =>
      typeof entry[1] === 'string' && !NOT_KEPT.test(entry[0]) && !entry[0].startsWith('$'),
  )
  return Object.fromEntries(typed)
}

/**
 * What to say where the portal gave no answer; undefined for what it did answer, which is Next's to
 * handle.
 */
function unansweredProblem(error: unknown): { message: string; hint: string } | undefined {
  // What a browser throws when an address cannot be reached.
  if (error instanceof TypeError)
    return {
      message: 'The connection was lost, so this may not have been done.',
      hint: 'What you filled in is still here. Check your connection and press the button again.',
    }
  // Redirects, refusals and faults of the portal carry a digest; the page of a load balancer does
  // not.
  const isAnswer =
    !(error instanceof Error) || 'digest' in error || unstable_isUnrecognizedActionError(error)
  return isAnswer
    ? undefined
    : {
        message: 'The service did not answer, so this may not have been done.',
        hint: 'What you filled in is still here. Wait a minute, then press the button again.',
      }
}
