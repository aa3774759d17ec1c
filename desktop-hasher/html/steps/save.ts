import { counted, numberWords } from '#core/messages/reading/reading-words.ts'
import { kindOfManifest, type Manifest } from '#core/hashed-file/manifest.ts'
import { KIND_WORDS } from '#core/messages/submissions/kind-words.ts'
import { element, fragment, hidden, paragraph } from '../page/element.ts'
import { forget, type MadeFile } from '../page/journey.ts'
import {
  button,
  dataTable,
  details,
  figures,
  headingM,
  statusTag,
  summaryList,
} from '../page/parts.ts'
import { saveBeside } from '../page/save-files.ts'
import { twoThirds, type Step, type StepContext } from '../page/step.ts'

/** The files to save, what they hold in numbers, and what to do next. */
export const saveStep: Step = (context) => {
  const { journey } = context
  if (journey.made === undefined) throw new Error('nothing was made')
  const { own, bridge } = journey.made
  const { manifest } = own
  const kind = kindOfManifest(manifest)
  const count = bridge === undefined ? 'three' : 'six'
  return fragment(
    twoThirds(
      element(
        'div',
        { class: 'govuk-panel govuk-panel--confirmation app-panel' },
        element('h1', { class: 'govuk-panel__title', tabindex: -1 }, 'Hashed file made'),
        element(
          'div',
          { class: 'govuk-panel__body' },
          `${numberWords(manifest.records)} records, without a name, NHS number, date of birth or address`,
        ),
      ),
      headingM(`Save the ${count} files`),
      paragraph('They belong together: keep them in one folder under one name.'),
    ),
    files(context),
    twoThirds(
      headingM('What is in it'),
      figures([
        { name: 'Rows in your file', value: manifest.rows.read },
        { name: 'Accepted', value: manifest.rows.accepted },
        { name: 'Left out', value: manifest.rows.rejected },
        { name: 'Blank', value: manifest.rows.blank },
      ]),
      summaryList([
        { name: 'Records', value: numberWords(manifest.records) },
        { name: 'Family ties', value: numberWords(manifest.family_ties) },
        ...eventsOf(manifest),
        {
          name: 'Self-test',
          value: `${numberWords(manifest.self_test.passed)} passed, ${numberWords(manifest.self_test.failed)} failed`,
        },
        {
          name: 'Key check value',
          value: element('span', { class: 'app-code' }, manifest.source_key_check),
        },
        {
          name: 'SHA-256 of the hashed file',
          value: element('span', { class: 'app-code' }, manifest.csv_sha256),
        },
      ]),
      made(context),
      headingM('What to do next'),
      element(
        'ol',
        { class: 'govuk-list govuk-list--number' },
        element('li', {}, `Save all ${count} files.`),
        element(
          'li',
          {},
          `Sign in to the programme’s portal, choose the same service and quarter, and upload them on the page “Upload your file”${kind === 'people' ? '' : `, as a file of ${KIND_WORDS[kind].toLowerCase()}`}.`,
        ),
        element(
          'li',
          {},
          'Treat the hashed file like the list it came from until it is sent: whoever has the key could find people in it. Delete it when the portal has it.',
        ),
        element('li', {}, 'Close this page. The key and your file are then forgotten.'),
      ),
      button('Make another hashed file', 'secondary', () => {
        forget(journey, 'file')
        context.go('service')
      }),
    ),
  )
}

/** What the file holds beside its records. */
function eventsOf({ events }: Manifest): { readonly name: string; readonly value: string }[] {
  if (events === undefined) return []
  if (events.kind === 'outcomes') return [{ name: 'Scores', value: numberWords(events.scores) }]
  return [
    { name: 'Activities', value: numberWords(events.activities) },
    { name: 'Attendances', value: numberWords(events.attendances) },
    {
      name: 'Counted and not named',
      value: `${counted(events.adults, 'adult', 'adults')}, ${counted(events.children, 'child', 'children')}`,
    },
  ]
}

/** The files with a button each; what is saved is marked so. */
function files(context: StepContext): Node {
  const { made } = context.journey
  if (made === undefined) throw new Error('nothing was made')
  const listed = [
    ...filesOf(made.own, 'The hashed file'),
    ...(made.bridge === undefined ? [] : filesOf(made.bridge, 'The same under the old key')),
  ]
  return dataTable(
    'Files to save',
    ['File', 'What it is', 'Saved'],
    listed.map(({ csv, name, what, content, type }) => {
      const state = element('span', { role: 'status' })
      if (content === undefined) state.append(statusTag('green', 'Saved'))
      return [
        element('span', { class: 'app-file-name' }, name),
        what,
        element(
          'span',
          { class: 'app-save' },
          content !== undefined &&
            button(['Save', hidden(` ${name}`)], 'secondary', () => {
              void saveBeside(csv, name, type, content).then((isSaved) => {
                if (isSaved) state.replaceChildren(statusTag('green', 'Saved'))
              })
            }),
          state,
        ),
      ]
    }),
    true,
  )
}

/** A hashed file, its manifest and its signature. */
function filesOf({ csv, manifestBytes, hmacBytes }: MadeFile, what: string) {
  return [
    { csv, name: `${csv.name}.csv`, what, content: csv.content, type: 'text/csv' },
    {
      csv,
      name: `${csv.name}.manifest.json`,
      what: 'Its counts and digest',
      content: new Blob([manifestBytes]),
      type: 'application/json',
    },
    {
      csv,
      name: `${csv.name}.manifest.hmac`,
      what: 'What proves that nobody changed it',
      content: new Blob([hmacBytes]),
      type: 'text/plain',
    },
  ]
}

/** How many pseudonyms of each kind were made, and why the rest are blank. */
function made({ journey }: StepContext): Node {
  const columns = Object.entries(journey.made?.own.manifest.columns ?? {})
  return details(
    'Pseudonyms made, by column',
    dataTable(
      'Pseudonyms made',
      ['Column', 'Made', 'Blank'],
      columns.map(([column, { made: count, blank }]) => [
        element('span', { class: 'app-file-name' }, column.replace(/_pseudonym$/, '')),
        numberWords(count),
        Object.entries(blank)
          .map(([code, records]) => `${code} ${numberWords(records)}`)
          .join(', ') || '0',
      ]),
    ),
  )
}
