import { checkStep } from '../steps/check.ts'
import { columnsStep } from '../steps/columns.ts'
import { fileStep } from '../steps/file.ts'
import { keyStep } from '../steps/key.ts'
import { makeStep } from '../steps/make.ts'
import { readStep } from '../steps/read.ts'
import { shapeStep } from '../steps/shape.ts'
import { saveStep } from '../steps/save.ts'
import { serviceStep } from '../steps/service.ts'
import { valuesStep } from '../steps/values.ts'
import { showFault } from './fault.ts'
import { showKeyInHeader } from './header.ts'
import { startHasher, type HasherClient } from './hasher-client.ts'
import { isReachable, newJourney, STEPS, type StepName } from './journey.ts'
import type { Step, StepContext } from './step.ts'

const DRAW: Readonly<Record<StepName, Step>> = {
  key: keyStep,
  service: serviceStep,
  file: fileStep,
  read: readStep,
  shape: shapeStep,
  columns: columnsStep,
  values: valuesStep,
  check: checkStep,
  make: makeStep,
  save: saveStep,
}

/** Starts the page; `source` is its own script, which the worker runs as well. */
export function startPage(source: string): void {
  const main = document.getElementById('main-content')
  if (main === null) throw new Error('the page has no main part')
  // What fails unforeseen is told wherever it comes from.
  addEventListener('unhandledrejection', ({ reason }) => {
    showFault(main, reason)
  })
  addEventListener('error', ({ error }) => {
    showFault(main, error)
  })
  const journey = newJourney()
  let current: StepName = 'key'
  const show = (name: StepName, focus?: string): void => {
    current = name
    const title = STEPS.find((step) => step.name === name)?.title ?? ''
    document.title = `${title} – Count Once hasher`
    main.replaceChildren(DRAW[name](context))
    showKeyInHeader(journey)
    const target =
      (focus === undefined ? null : document.getElementById(focus)) ?? main.querySelector('h1')
    if (focus === undefined) scrollTo(0, 0)
    target?.focus()
  }
  const context: StepContext = {
    journey,
    hasher: demandHasher(source, main),
    go(name) {
      history.pushState({ step: name }, '')
      show(name)
    },
    again(focus) {
      show(current, focus)
    },
  }
  // The browser's own Back goes a step back; it holds the name of the step and nothing else.
  history.replaceState({ step: 'key' }, '')
  addEventListener('popstate', ({ state }) => {
    const wanted = (state as { step?: StepName } | null)?.step ?? 'key'
    const reachable = STEPS.filter(({ name }) => isReachable(journey, name)).map(({ name }) => name)
    show(reachable.includes(wanted) ? wanted : (reachable.at(-1) ?? 'key'))
  })
  addEventListener('beforeunload', (event) => {
    if (journey.key !== undefined) event.preventDefault()
  })
  show('key')
}

function demandHasher(source: string, main: HTMLElement): HasherClient {
  try {
    return startHasher(source)
  } catch (error) {
    showFault(main, error)
    throw error
  }
}
