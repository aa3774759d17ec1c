import { wordsOf } from '#core/messages/words-of.ts'
import { counted, numberWords } from '#core/messages/reading/reading-words.ts'
import type { Child } from '../page/element.ts'
import { element, fragment, paragraph } from '../page/element.ts'
import { fileField, passphraseField, real } from '../page/fields.ts'
import { errorSummary, type Problem } from '#core/forms/error-summary.ts'
import { stepForm, textGiven } from '../page/form.ts'
import { forget } from '../page/journey.ts'
import { bridgeLines, button, details, statusTag, summaryList, warning } from '../page/parts.ts'
import { refusalOf, stepHeading, twoThirds, type Step, type StepContext } from '../page/step.ts'

/** Runs the published vectors, then opens the key. Without either nothing can continue. */
export const keyStep: Step = (context) => {
  const { journey } = context
  if (journey.selfTest === undefined) void runSelfTest(context)
  return twoThirds(
    stepHeading(journey, 'key', journey.key === undefined ? 'Open your key' : 'Your key'),
    bodyOf(context),
  )
}

async function runSelfTest(context: StepContext): Promise<void> {
  const told = await context.hasher.call('selfTest', null)
  if (!told.ok) return
  context.journey.selfTest = told
  context.again(told.failed > 0 ? 'self-test' : undefined)
}

function bodyOf(context: StepContext): Node {
  const { selfTest, key } = context.journey
  if (selfTest === undefined)
    return element(
      'p',
      { class: 'govuk-body', role: 'status' },
      'Running the self-test: every published example, on this computer.',
    )
  if (selfTest.failed > 0 || selfTest.passed === 0) return selfTestFailed(context)
  return key === undefined ? openForm(context) : opened(context)
}

function selfTestFailed({ journey: { selfTest } }: StepContext): Node {
  const { title, fix } = wordsOf('hasher-self-test')
  const failed = counted(selfTest?.failed ?? 0, 'check', 'checks')
  const hint = `${fix} ${failed} failed, ${numberWords(selfTest?.passed ?? 0)} passed.`
  const summary = real(errorSummary([{ message: title, hint }], 'This page refuses to work'))
  summary.id = 'self-test'
  return summary
}

function selfTestLine({ journey: { selfTest } }: StepContext): Child {
  return fragment(
    statusTag('green', 'Passed'),
    ` ${numberWords(selfTest?.passed ?? 0)} of ${numberWords(selfTest?.passed ?? 0)} published examples`,
  )
}

function openForm(context: StepContext): Node {
  return fragment(
    paragraph(
      'This page turns your list into a file in which every name, number, date of birth and address is replaced by a keyed pseudonym. It works on this computer alone and can send nothing.',
    ),
    summaryList([{ name: 'Self-test', value: selfTestLine(context) }]),
    stepForm({
      submit: 'Open the key',
      fields: [
        fileField({
          id: 'key-file',
          label: 'Key file',
          hint: 'The file that the programme sent you; its name usually ends in .key.',
        }),
        passphraseField({
          id: 'passphrase',
          label: 'Passphrase',
          hint: 'It came another way than the key file. It is forgotten as soon as the key is open.',
        }),
        fileField({
          id: 'area-file',
          label: 'Area file (if you have one)',
          hint: 'It came with the key file. It holds the lists of services, and finds the ward and deprivation decile of a postcode.',
        }),
      ],
      send: (given) => open(context, given),
    }),
    details(
      'What this page does not do',
      paragraph(
        'It makes no connection, stores nothing in the browser and installs nothing. Close it and everything in it is gone: the key, your file and what you chose. Only what you save stays.',
      ),
    ),
  )
}

async function open(context: StepContext, given: FormData): Promise<readonly Problem[]> {
  const { journey, hasher } = context
  const file = given.get('key-file')
  const area = given.get('area-file')
  const passphrase = textGiven(given, 'passphrase')
  const problems: Problem[] = []
  if (!isChosen(file)) problems.push({ field: 'key-file', message: 'Choose your key file.' })
  if (passphrase === '')
    problems.push({ field: 'passphrase', message: 'Type the passphrase of the key file.' })
  if (problems.length > 0 || !isChosen(file)) return problems
  forget(journey, 'key')
  const key = await hasher.call('openKey', { file, passphrase })
  clearPassphrase('passphrase')
  if (!key.ok)
    return [refusalOf(key, key.code === 'key-file-passphrase' ? 'passphrase' : 'key-file')]
  if (isChosen(area)) {
    const told = await hasher.call('openArea', { file: area })
    if (!told.ok) return [refusalOf(told, 'area-file')]
    journey.area = told
  }
  journey.key = key
  context.again()
  return []
}

/**
 * For the quarter after the source key was replaced, in which the same rows come under both keys.
 */
function bridgeForm(context: StepContext): Node {
  return details(
    'In a bridge quarter: open the old key as well',
    paragraph(
      'When the programme has replaced its key, it asks for one quarter under both. Two hashed files are made then, each with its manifest.',
    ),
    stepForm({
      submit: 'Open the old key',
      kind: 'secondary',
      fields: [
        fileField({
          id: 'old-key-file',
          label: 'Old key file',
          hint: 'The key file that you used until now.',
        }),
        passphraseField({ id: 'old-passphrase', label: 'Passphrase of the old key' }),
      ],
      send: (given) => openBridge(context, given),
    }),
  )
}

async function openBridge(context: StepContext, given: FormData): Promise<readonly Problem[]> {
  const file = given.get('old-key-file')
  const passphrase = textGiven(given, 'old-passphrase')
  const problems: Problem[] = []
  if (!isChosen(file)) problems.push({ field: 'old-key-file', message: 'Choose the old key file.' })
  if (passphrase === '')
    problems.push({ field: 'old-passphrase', message: 'Type the passphrase of the old key file.' })
  if (problems.length > 0 || !isChosen(file)) return problems
  forget(context.journey, 'check')
  // The worker does one thing at a time: nobody goes on while it opens the key.
  const onwards = document.getElementById('onwards')
  onwards?.toggleAttribute('inert', true)
  const key = await context.hasher
    .call('openBridgeKey', { file, passphrase })
    .finally(() => onwards?.toggleAttribute('inert', false))
  clearPassphrase('old-passphrase')
  if (!key.ok)
    return [refusalOf(key, key.code === 'key-file-passphrase' ? 'old-passphrase' : 'old-key-file')]
  context.journey.bridgeKey = key
  context.again()
  return []
}

function clearPassphrase(id: string): void {
  const input = document.getElementById(id)
  if (input instanceof HTMLInputElement) input.value = ''
}

function isChosen(file: FormDataEntryValue | null): file is File {
  return file instanceof File && file.size > 0
}

function opened(context: StepContext): Node {
  const { key, area } = context.journey
  return fragment(
    summaryList([
      { name: 'Self-test', value: selfTestLine(context) },
      { name: 'Key check value', value: element('span', { class: 'app-code' }, key?.check) },
      ...bridgeLines(context.journey),
      {
        name: 'Made for',
        value:
          key?.live === true
            ? statusTag('blue', 'Real people')
            : statusTag('yellow', 'Demonstration and training'),
      },
      {
        name: 'Area file',
        value:
          area === undefined
            ? 'None: wards and deciles stay blank, and you type the codes of your service'
            : `${area.programme}: ${counted(area.services.length, 'service', 'services')}, ${counted(area.postcodes, 'postcode', 'postcodes')}`,
      },
    ]),
    paragraph(
      'Compare the key check value with the one that the programme told you. If they differ, stop: the programme could not match your file.',
    ),
    key?.live === false &&
      warning('This key is for demonstrations. Do not use it for real people.'),
    context.journey.bridgeKey === undefined && bridgeForm(context),
    element(
      'div',
      { class: 'govuk-button-group', id: 'onwards' },
      button('Continue', 'primary', () => {
        context.go('service')
      }),
      button('Open another key', 'secondary', () => {
        forget(context.journey, 'key')
        context.again()
      }),
    ),
  )
}
