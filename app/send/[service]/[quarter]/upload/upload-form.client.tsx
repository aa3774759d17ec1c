'use client'

import { useEffect, useRef, useState, type ReactNode, type SubmitEvent } from 'react'
import { addresses } from '#core/addresses/portal-addresses.ts'
import type { Words } from '#core/messages/words.ts'
import { fileField } from '#core/forms/fields.ts'
import { ErrorSummary, problemOf } from '../../../../components/error-summary.tsx'
import { announceSignedOut } from '../../../../components/signed-out.client.ts'
import { rendered } from '../../../../components/rendered.ts'

/** What may be wrong with an upload before the portal has it all, in words. */
interface UploadProblems {
  readonly missing: Words
  readonly cut: Words
  /** Another than the portal answered, or nobody. */
  readonly unanswered: Words
  readonly signedOut: Words
  readonly tooLarge: Words
  /** Of files that come with their manifest. */
  readonly tooLargeHashed: Words
}

/**
 * Chooses a file and sends it; with JavaScript it shows how far the upload is, without it is a
 * plain form.
 */
export function UploadForm({
  action,
  limit,
  hashedLimit,
  problems,
  hint,
  children,
}: {
  readonly action: string
  /** In bytes. */
  readonly limit: number
  /** Of a file that comes with its manifest. */
  readonly hashedLimit: number
  readonly problems: UploadProblems
  readonly hint: string
  readonly children: ReactNode
}): ReactNode {
  const [percent, setPercent] = useState<number>()
  const [problem, setProblem] = useState<Words>()
  const summary = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (problem !== undefined) summary.current?.focus()
  }, [problem])

  function send(event: SubmitEvent<HTMLFormElement>): void {
    event.preventDefault()
    if (percent !== undefined) return
    const form = new FormData(event.currentTarget)
    const files = form.getAll('file').filter((file) => file instanceof File && file.size > 0)
    const largest = Math.max(...files.map((file) => (file instanceof File ? file.size : 0)))
    if (files.length === 0) {
      setProblem(problems.missing)
      return
    }
    const isHashed = files.length > 1
    if (largest > (isHashed ? hashedLimit : limit)) {
      setProblem(isHashed ? problems.tooLargeHashed : problems.tooLarge)
      return
    }
    setProblem(undefined)
    setPercent(0)
    const request = new XMLHttpRequest()
    const fail = (why: Words): void => {
      setPercent(undefined)
      setProblem(why)
    }
    request.upload.onprogress = ({ loaded, total }) => {
      setPercent(Math.floor((loaded / Math.max(1, total)) * 100))
    }
    request.onerror = () => {
      fail(problems.cut)
    }
    request.onload = () => {
      const path = request.status === 200 ? pathIn(request.responseText) : undefined
      if (path === undefined) fail(problems.unanswered)
      else if (path.startsWith(addresses.signIn)) {
        announceSignedOut()
        fail(problems.signedOut)
      } else window.location.assign(path)
    }
    request.open('POST', action)
    request.setRequestHeader('accept', 'application/json')
    request.send(form)
  }

  return (
    <form action={action} method="post" encType="multipart/form-data" onSubmit={send} noValidate>
      {problem !== undefined && (
        <ErrorSummary problems={[problemOf(problem, 'file')]} ref={summary} />
      )}
      {children}
      {rendered(
        fileField({
          ...{ id: 'file', label: 'Your file', labelSize: 's', hint, error: problem?.title },
          dropZone: { class: 'govuk-file-upload-wrapper', 'data-module': 'govuk-file-upload' },
          input: { multiple: true, accept: '.csv,.tsv,.txt,.xlsx,.ods,.json,.hmac' },
        }),
      )}
      {percent !== undefined && (
        <progress className="app-progress" max={100} value={percent} aria-label="Upload" />
      )}
      <p className={percent === undefined ? undefined : 'govuk-body'} role="status">
        {percent !== undefined && progressWords(percent)}
      </p>
      <button type="submit" className="govuk-button" aria-disabled={percent !== undefined}>
        Upload
      </button>
    </form>
  )
}

/**
 * How far the upload is, by quarters: whoever hears each change of it hears four, not a hundred.
 */
function progressWords(percent: number): string {
  const told = Math.floor(percent / 25) * 25
  if (told === 0) return 'Uploading…'
  return told < 100 ? `${String(told)}% uploaded` : '100% uploaded. Reading your file…'
}

function pathIn(text: string): string | undefined {
  try {
    const answer: unknown = JSON.parse(text)
    const path =
      typeof answer === 'object' && answer !== null && 'path' in answer ? answer.path : undefined
    return typeof path === 'string' && /^\/[a-z]/.test(path) ? path : undefined
  } catch {
    return undefined
  }
}
