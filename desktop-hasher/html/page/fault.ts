import { element, paragraph } from './element.ts'
import { WorkerFailed } from './hasher-client.ts'

/**
 * Says that something failed that nobody foresaw. What failed is named by its place in this
 * program: its words may quote a cell.
 */
export function showFault(main: HTMLElement, error: unknown): void {
  if (document.getElementById('fault') !== null) return
  const at = error instanceof WorkerFailed ? error.at : placeOf(error)
  document.title = 'Something failed – Count Once hasher'
  const heading = element(
    'h1',
    { class: 'govuk-heading-l', id: 'fault', tabindex: -1 },
    'Something failed, and the fault is ours',
  )
  main.replaceChildren(
    heading,
    paragraph('No hashed file is finished. Nothing left this computer, and nothing is kept.'),
    paragraph(
      'Close this page, open it again and choose your file again. If it happens again, save your file as CSV and try that, or use another browser (Microsoft Edge, Google Chrome, Firefox).',
    ),
    paragraph(
      `If you report it, quote: ${at === '' ? 'page' : at}. It holds nothing of your file.`,
    ),
  )
  heading.focus()
}

function placeOf(error: unknown): string {
  return error instanceof Error ? (/:([0-9]+:[0-9]+)/.exec(error.stack ?? '')?.[1] ?? '') : ''
}
