import { checkSignedFile, type CheckedFile } from '#core/disclosure/signed-release.ts'
import { signedFileWords, toldLines } from '#core/messages/releases/signed-file-words.ts'
import { element, paragraph } from '../html/page/element.ts'
import { fileField, textField } from '../html/page/fields.ts'
import type { Problem } from '#core/forms/error-summary.ts'
import { stepForm, textGiven } from '../html/page/form.ts'
import { notice, summaryList, warning } from '../html/page/parts.ts'
import { showFigures } from './show-figures.ts'
import { verifySignature } from './verify-signature.ts'

/** A file of signed figures is some hundred kilobytes; nobody means one of more. */
const LARGEST = 64 * 1024 * 1024
const KEY = /^[A-Za-z0-9_-]{43}$/

/** Starts the page: choose a file, give the key that was noted, read what it came to. */
export function startVerifier(): void {
  const main = document.getElementById('main-content')
  if (main === null) throw new Error('the page has no main part')
  const result = element('div', { id: 'result' })
  main.replaceChildren(
    element('h1', { class: 'govuk-heading-l' }, 'Check signed figures'),
    paragraph(
      'A release of Count Once is signed by its programme. This page tells you whether a file that you were sent is what was signed. The file is read on this computer and goes nowhere.',
    ),
    stepForm({
      submit: 'Check',
      fields: [
        fileField({
          id: 'file',
          label: 'Signed figures',
          hint: 'The file ends in .signed.json',
          accept: '.json',
        }),
        textField({
          id: 'key',
          label: 'The programme’s key (optional)',
          hint: '43 letters and digits, from somebody you trust or from the programme’s own page, not from whoever sent you the file',
        }),
      ],
      send: async (given) => {
        result.replaceChildren()
        const problems = await check(given, result)
        return problems
      },
    }),
    result,
  )
}

async function check(given: FormData, result: HTMLElement): Promise<readonly Problem[]> {
  const file = given.get('file')
  const noted = textGiven(given, 'key').trim()
  if (!(file instanceof File) || file.size === 0) {
    return [{ field: 'file', message: 'Choose the file of signed figures' }]
  }
  if (file.size > LARGEST) {
    return [{ field: 'file', message: 'This file is too large to be signed figures' }]
  }
  if (noted !== '' && !KEY.test(noted)) {
    return [{ field: 'key', message: 'The key must be 43 letters, digits, dashes or underscores' }]
  }
  try {
    const checked = await checkSignedFile(
      await file.text(),
      noted === '' ? undefined : noted,
      verifySignature,
    )
    show(checked, noted !== '', result)
    return []
  } catch {
    return [
      {
        field: 'file',
        message: 'This browser cannot check signatures',
        hint: 'Open this page in a current Edge, Chrome, Firefox or Safari.',
      },
    ]
  }
}

function show(checked: CheckedFile, hasKey: boolean, result: HTMLElement): void {
  const { outcome, key = '', told } = checked
  const { title, text } = signedFileWords(outcome)
  const heading = element('h2', { class: 'govuk-heading-m', tabindex: -1 }, title)
  const isGenuine = outcome === 'genuine'
  result.replaceChildren(
    ...(isGenuine ? [heading, paragraph(text)] : [heading, warning(text)]),
    ...(isGenuine && !hasKey
      ? [
          notice(
            'One more thing',
            paragraph(
              'You gave no key, so this shows that the file fits the key in it, and not whose key that is. Compare the key below with the one that the programme publishes.',
            ),
          ),
        ]
      : []),
    ...(told === undefined || !isGenuine
      ? []
      : [summaryList(toldLines(told, key)), showFigures(told.text)]),
  )
  heading.focus()
}
