import { LEAVE_OUT_REASONS } from '#core/messages/findings/answer-reasons.ts'
import { KIND_WORDS } from '#core/messages/submissions/kind-words.ts'
import { quarterWords } from '#core/standard/quarter.ts'
import { counted, numberWords } from '#core/messages/reading/reading-words.ts'
import { element, paragraph } from '../page/element.ts'
import { textField } from '../page/fields.ts'
import type { Problem } from '#core/forms/error-summary.ts'
import { stepForm, textGiven } from '../page/form.ts'
import { taskOf, type Journey, type MadeFile } from '../page/journey.ts'
import { bridgeLines, button, summaryList } from '../page/parts.ts'
import { progressLine } from '../page/progress.ts'
import {
  canChoosePlace,
  chooseTarget,
  pieceTarget,
  type CsvTarget,
  type SavedCsv,
} from '../page/save-files.ts'
import type { WrittenTold } from '../worker/protocol.ts'
import {
  backLink,
  refusalOf,
  stepHeading,
  twoThirds,
  type Step,
  type StepContext,
} from '../page/step.ts'

/** The last look before the hashed file is made, and the making of it. */
export const makeStep: Step = (context) => {
  const { journey } = context
  const { service, check, key, file, leaveOutReason } = journey
  const chooses = canChoosePlace()
  return twoThirds(
    backLink(context, 'check'),
    stepHeading(journey, 'make'),
    summaryList([
      { name: 'File', value: file?.name ?? '' },
      { name: 'Provider', value: service?.provider ?? '' },
      { name: 'Service', value: service?.service ?? '' },
      {
        name: 'Quarter',
        value: service === undefined ? '' : `${quarterWords(service.quarter)} (${service.quarter})`,
      },
      { name: 'Kind', value: KIND_WORDS[service?.kind ?? 'people'] },
      {
        name: 'Rows',
        value: `${numberWords(check?.rows.accepted ?? 0)} of ${numberWords(check?.rows.read ?? 0)}, which give ${counted(check?.records ?? 0, 'record', 'records')}`,
      },
      ...(leaveOutReason === undefined
        ? []
        : [
            {
              name: 'Left out',
              value: `${counted(check?.rows.rejected ?? 0, 'row', 'rows')}: ${LEAVE_OUT_REASONS[leaveOutReason]}`,
            },
          ]),
      { name: 'Key check value', value: element('span', { class: 'app-code' }, key?.check) },
      ...bridgeLines(journey),
    ]),
    stepForm({
      submit: chooses ? 'Choose where to save it, and make it' : 'Make the hashed file',
      fields: [
        chooses
          ? paragraph(
              'You are asked for a folder and a name. The file is written there as it is made, so that even a very large one needs little memory.',
            )
          : textField({
              id: 'file-name',
              label: 'Name of the hashed file',
              hint: 'Without .csv. Do not put names of people in it.',
              value: suggestedName(journey),
              width: 20,
            }),
        element('div', { id: 'progress' }),
      ],
      send: (given) => make(context, given),
    }),
  )
}

function suggestedName({ service }: Journey): string {
  const kind = service === undefined || service.kind === 'people' ? '' : `-${service.kind}`
  return `${service?.service ?? 'file'}-${service?.quarter ?? ''}${kind}-hashed`
}

async function make(context: StepContext, given: FormData): Promise<readonly Problem[]> {
  const target = await targetOf(context.journey, given)
  if (target === undefined) return []
  if ('message' in target) return [target]
  const { journey, hasher } = context
  const bridgeTarget = pieceTarget('')
  const progress = progressLine('Making the hashed file', journey.reading?.overview.rows)
  const stop = button('Stop', 'warning', () => {
    hasher.cancel()
  })
  const place = document.getElementById('progress')
  place?.replaceChildren(progress.line, stop)
  stop.focus()
  const told = await hasher
    .call(
      'hash',
      {
        ...taskOf(journey),
        leaveOut: journey.leaveOutReason !== undefined,
        confirm: journey.confirmed.size > 0,
      },
      { progress: progress.tell, writers: { own: target, bridge: bridgeTarget } },
    )
    .catch(async (error: unknown) => {
      await target.discard().catch(() => undefined)
      // A full disk, or a file that went away, is told as what it is.
      if (error instanceof DOMException) return couldNotWrite()
      throw error
    })
  place?.replaceChildren()
  if ('message' in told) return [told]
  if (!told.ok) {
    await target.discard()
    return [refusalOf(told)]
  }
  const csv = await target.finish()
  const own = { ...told.own, csv }
  journey.made = {
    own,
    bridge: told.bridge && (await finishBridge(told.bridge, bridgeTarget, csv)),
  }
  context.go('save')
  return []
}

/** The file made with the old key is kept until it is saved beside the other. */
async function finishBridge(
  written: WrittenTold,
  target: CsvTarget,
  { name, place }: SavedCsv,
): Promise<MadeFile> {
  return { ...written, csv: { ...(await target.finish()), name: `${name}.bridge`, place } }
}

async function targetOf(
  journey: Journey,
  given: FormData,
): Promise<CsvTarget | Problem | undefined> {
  if (canChoosePlace()) return chooseTarget(suggestedName(journey))
  const name = textGiven(given, 'file-name').trim()
  if (!/^[\w][\w .()-]{0,99}$/u.test(name))
    return {
      field: 'file-name',
      message: 'Give the file a name.',
      hint: 'Letters, digits, spaces, full stops, hyphens and underscores.',
    }
  return pieceTarget(name.replace(/[.]csv$/i, ''))
}

function couldNotWrite(): Problem {
  return {
    field: '',
    message: 'The hashed file could not be written.',
    hint: 'None of it was kept. Check that there is room on the disk and that the folder can be written to, and try again.',
  }
}
