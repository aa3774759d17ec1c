import { preparedByRules } from '#core/area-file/area-file.ts'
import { parseMappingFile } from '#core/mapping/mapping-file.ts'
import type { Mapping } from '#core/mapping/mapping.ts'
import { KIND_WORDS, ROWS_OF_KIND } from '#core/messages/submissions/kind-words.ts'
import type { FileKind } from '#core/standard/further-fields.ts'
import { element, paragraph } from '../page/element.ts'
import { fileField, textField } from '../page/fields.ts'
import type { Problem } from '#core/forms/error-summary.ts'
import { stepForm, textGiven } from '../page/form.ts'
import { forget } from '../page/journey.ts'
import { details } from '../page/parts.ts'
import { progressLine } from '../page/progress.ts'
import {
  backLink,
  refusalOf,
  stepHeading,
  twoThirds,
  type Step,
  type StepContext,
} from '../page/step.ts'

const MAPPING_BYTES = 4_000_000

/** Chooses the file, and a mapping that was saved before. */
export const fileStep: Step = (context) =>
  twoThirds(
    backLink(context, 'service'),
    stepHeading(context.journey, 'file'),
    paragraph(ROWS_OF_KIND[context.journey.service?.kind ?? 'people']),
    stepForm({
      submit: 'Read the file',
      fields: [
        fileField({
          id: 'file',
          label: 'Your file',
          hint: 'An Excel workbook (.xlsx), an OpenDocument spreadsheet (.ods) or a CSV file. Your own column names are fine: you match them on the next pages.',
          accept: '.csv,.tsv,.txt,.xlsx,.ods',
        }),
        fileField({
          id: 'mapping-file',
          label: 'Mapping saved before (if you have one)',
          hint: 'The file that you saved when you matched these columns last time.',
          accept: '.json',
        }),
        details(
          'If we cannot find your column headings',
          textField({
            id: 'header-row',
            label: 'Row of the headings',
            hint: 'The row number in the file, counted from its top. Leave it empty and we will find it.',
            width: 5,
          }),
        ),
        element('div', { id: 'progress' }),
      ],
      send: (given) => choose(context, given),
    }),
    details(
      'What happens to your file',
      paragraph(
        'It is read where it lies, piece by piece, and never changed. Columns that you do not match are never looked at again. What you see of it here has identifiers masked.',
      ),
    ),
  )

async function choose(context: StepContext, given: FormData): Promise<readonly Problem[]> {
  const { journey } = context
  const file = given.get('file')
  if (!(file instanceof File) || file.name === '')
    return [{ field: 'file', message: 'Choose the file of this quarter.' }]
  const saved = given.get('mapping-file')
  const kind = journey.service?.kind ?? 'people'
  const isGiven = saved instanceof File && saved.name !== ''
  const loaded = isGiven ? await loadMapping(saved, kind) : undefined
  if (loaded?.ok === false) return [loaded.problem]
  const row = textGiven(given, 'header-row').trim()
  if (row !== '' && !/^[1-9][0-9]{0,6}$/.test(row))
    return [{ field: 'header-row', message: 'The row of the headings is a whole number from 1.' }]
  const headerRow = row === '' ? {} : { headerRow: Number(row) }
  forget(journey, 'file')
  if (loaded !== undefined) journey.loaded = loaded.mapping
  // The rules of an area file fill the gaps of a service's files of people.
  const preparation = preparedByRules(
    kind === 'people' ? journey.area?.rules : undefined,
    journey.service?.service ?? '',
    loaded?.mapping.preparation,
  )
  journey.choices = {
    ...readingChoices(loaded?.mapping),
    ...headerRow,
    ...(preparation === undefined ? {} : { preparation }),
  }
  const problem = await readAgain(context, file)
  if (problem !== undefined) return [problem]
  context.go('read')
  return []
}

/** Reads a file as it is chosen to be read; a problem when it cannot be. */
export async function readAgain(context: StepContext, file: File): Promise<Problem | undefined> {
  const { journey, hasher } = context
  if (journey.service === undefined) throw new Error('no service was chosen')
  const progress = progressLine('Reading your file')
  document.getElementById('progress')?.replaceChildren(progress.line)
  const told = await hasher.call(
    'readFile',
    {
      file,
      choices: journey.choices,
      quarter: journey.service.quarter,
      kind: journey.service.kind,
    },
    { progress: progress.tell },
  )
  document.getElementById('progress')?.replaceChildren()
  if (!told.ok) return refusalOf(told, 'file')
  forget(journey, 'reading')
  journey.file = file
  journey.reading = told
  return undefined
}

async function loadMapping(
  file: File,
  kind: FileKind,
): Promise<
  | { readonly ok: true; readonly mapping: Mapping }
  | { readonly ok: false; readonly problem: Problem }
> {
  const text = file.size > MAPPING_BYTES ? '' : await file.text()
  const read = parseMappingFile(text)
  if (read.ok && (read.mapping.kind ?? 'people') === kind) return read
  if (read.ok)
    return {
      ok: false,
      problem: {
        field: 'mapping-file',
        message: `This mapping is for another kind of file: ${KIND_WORDS[read.mapping.kind ?? 'people'].toLowerCase()}.`,
        hint: 'Choose the mapping that you saved for this kind of file, or go back and say what the file holds.',
      },
    }
  return {
    ok: false,
    problem: {
      field: 'mapping-file',
      message: 'This is not a saved mapping.',
      hint: 'Choose the .json file that you saved on the page “Match your columns”, unchanged, or continue without it.',
    },
  }
}

function readingChoices(mapping: Mapping | undefined): StepContext['journey']['choices'] {
  const { sheet, headerRow, encoding, separator } = mapping ?? { columns: {} }
  return {
    ...(sheet === undefined ? {} : { sheet }),
    ...(headerRow === undefined ? {} : { headerRow }),
    ...(encoding === undefined ? {} : { encoding }),
    ...(separator === undefined ? {} : { separator }),
  }
}
