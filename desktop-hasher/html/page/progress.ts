import { numberWords } from '#core/messages/reading/reading-words.ts'
import { element } from './element.ts'

/** How often what is read aloud may change, in milliseconds. */
const ALOUD_EVERY = 5_000

/** A line that says how far something is; `total` makes it a bar. */
export function progressLine(
  what: string,
  total?: number,
): {
  readonly line: HTMLElement
  readonly tell: (rows: number, reading: number) => void
} {
  const bar = element('progress', {
    class: 'app-progress',
    max: total ?? 1,
    'aria-label': what,
  })
  const shown = element('span', { 'aria-hidden': 'true' }, `${what}…`)
  const aloud = element('span', { class: 'govuk-visually-hidden', role: 'status' }, `${what}.`)
  let lastAloud = performance.now()
  return {
    line: element('p', { class: 'govuk-body app-progress-line' }, bar, element('br'), shown, aloud),
    tell(rows, reading) {
      const turn = reading > 1 ? ` (reading ${reading})` : ''
      const text = `${what}${turn}: ${numberWords(rows)}${total === undefined ? '' : ` of ${numberWords(total)}`} rows`
      if (total !== undefined) bar.value = Math.min(rows, total)
      shown.textContent = text
      const now = performance.now()
      if (now - lastAloud < ALOUD_EVERY) return
      lastAloud = now
      aloud.textContent = text
    },
  }
}
