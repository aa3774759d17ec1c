import { errorSummary, type Problem } from '#core/forms/error-summary.ts'
import { errorClass, errorId } from '#core/forms/fields.ts'
import { element, type Child } from './element.ts'
import { errorLine, real } from './fields.ts'

/** What a form is made of. `send` answers with what is wrong; nothing when it went on. */
export interface FormParts {
  readonly submit: string
  readonly kind?: 'primary' | 'secondary'
  readonly fields: readonly Child[]
  readonly send: (given: FormData) => Promise<readonly Problem[]>
}

/**
 * A form of one step. What is wrong is shown above the page and beside its fields, and the summary
 * takes the focus.
 */
export function stepForm({ submit, kind = 'primary', fields, send }: FormParts): HTMLFormElement {
  const extra = kind === 'primary' ? '' : ' govuk-button--secondary'
  const press = element('button', { type: 'submit', class: `govuk-button${extra}` }, submit)
  const form = element('form', { novalidate: true, autocomplete: 'off' }, ...fields, press)
  let isBusy = false
  form.addEventListener('submit', (event) => {
    event.preventDefault()
    // A double click sends once.
    if (isBusy) return
    isBusy = true
    press.setAttribute('aria-disabled', 'true')
    clearProblems()
    void send(new FormData(form))
      .then((problems) => {
        if (problems.length > 0) showProblems(problems)
      })
      .finally(() => {
        isBusy = false
        press.removeAttribute('aria-disabled')
      })
  })
  return form
}

/** What was typed or chosen in a field; empty where there is none. */
export function textGiven(given: FormData, field: string): string {
  const value = given.get(field)
  return typeof value === 'string' ? value : ''
}

const SUMMARY = 'problem-summary'
const CONTROLS = ['input', 'select', 'file-upload'] as const

/**
 * Shows what is wrong: a summary that has the focus, with a link to each field, and a line in each
 * field's group.
 */
export function showProblems(problems: readonly Problem[]): void {
  clearProblems()
  const main = document.getElementById('main-content')
  const summary = real(
    errorSummary(
      problems.map(({ field = '', ...problem }) => {
        return { ...problem, field: document.getElementById(field) === null ? '' : field }
      }),
    ),
  )
  summary.id = SUMMARY
  for (const link of summary.querySelectorAll('a')) leadToField(link)
  main?.prepend(summary)
  for (const { field = '', message } of problems) showBeside(field, message)
  if (!document.title.startsWith('Error: ')) document.title = `Error: ${document.title}`
  summary.focus()
}

/** Takes away what was shown to be wrong. */
function clearProblems(): void {
  document.getElementById(SUMMARY)?.remove()
  for (const line of document.querySelectorAll('.govuk-error-message')) {
    const control = document.getElementById(line.id.replace(/-error$/, ''))
    const described = (control?.getAttribute('aria-describedby') ?? '')
      .split(' ')
      .filter((id) => id !== '' && id !== line.id)
    if (described.length > 0) control?.setAttribute('aria-describedby', described.join(' '))
    else control?.removeAttribute('aria-describedby')
    line.remove()
  }
  for (const kind of ['form-group', ...CONTROLS] as const)
    for (const marked of document.querySelectorAll(`.${errorClass(kind)}`))
      marked.classList.remove(errorClass(kind))
  document.title = document.title.replace(/^Error: /, '')
}

function showBeside(field: string, message: string): void {
  const control = document.getElementById(field)
  const group = control?.closest('.govuk-form-group')
  if (control === null || group === null || group === undefined) return
  const id = errorId(field)
  if (document.getElementById(id) !== null) return
  group.classList.add(errorClass('form-group'))
  for (const kind of CONTROLS)
    if (control.classList.contains(`govuk-${kind}`)) control.classList.add(errorClass(kind))
  const line = errorLine(field, message)
  const before = control.closest('.govuk-password-input__wrapper, .govuk-checkboxes') ?? control
  before.parentElement?.insertBefore(line, before)
  const described = control.getAttribute('aria-describedby')
  control.setAttribute('aria-describedby', described === null ? id : `${described} ${id}`)
}

function leadToField(link: HTMLAnchorElement): void {
  link.addEventListener('click', (event) => {
    // The page has one address; moving about in it must not change that.
    event.preventDefault()
    const control = document.getElementById(link.hash.slice(1))
    control?.closest('.govuk-form-group')?.scrollIntoView()
    control?.focus()
  })
}
