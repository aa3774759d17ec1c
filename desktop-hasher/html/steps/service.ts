import { isQuarter, quarterAfter, quarterOf, quarterWords } from '#core/standard/quarter.ts'
import { KIND_WORDS } from '#core/messages/submissions/kind-words.ts'
import { wordsOf } from '#core/messages/words-of.ts'
import { FILE_KINDS, readFileKind } from '#core/standard/further-fields.ts'
import { paragraph } from '../page/element.ts'
import type { Choice } from '#core/forms/fields.ts'
import { selectField, textField } from '../page/fields.ts'
import type { Problem } from '#core/forms/error-summary.ts'
import { stepForm, textGiven } from '../page/form.ts'
import { forget, type ChosenService } from '../page/journey.ts'
import { backLink, stepHeading, twoThirds, type Step, type StepContext } from '../page/step.ts'

/** Quarters that are offered, the latest first: a programme runs for ten years and more. */
const QUARTERS = 48
const CODE = /^[a-z0-9-]{1,64}$/

/** Whose file it is, and of which quarter: from the area file's lists, else as typed codes. */
export const serviceStep: Step = (context) => {
  const { journey } = context
  return twoThirds(
    backLink(context, 'key'),
    stepHeading(journey, 'service'),
    stepForm({
      submit: 'Continue',
      fields: [
        ...serviceFields(context),
        selectField({
          id: 'quarter',
          label: 'Quarter',
          hint: 'Financial quarters: the first is April to June.',
          choices: [{ value: '', text: 'Choose a quarter' }, ...quarterChoices()],
          value: journey.service?.quarter ?? '',
        }),
        selectField({
          id: 'kind',
          label: 'What does the file hold?',
          hint: 'Outcomes need the programme’s area file: it says what scores are of.',
          choices: FILE_KINDS.map((kind) => ({ value: kind, text: KIND_WORDS[kind] })),
          value: journey.service?.kind ?? 'people',
        }),
      ],
      send: (given) => Promise.resolve(choose(context, given)),
    }),
  )
}

function serviceFields({ journey: { area, service } }: StepContext): Node[] {
  if (area !== undefined) {
    const names = new Map(area.providers.map(({ code, name }) => [code, name]))
    return [
      selectField({
        id: 'service',
        label: 'Service',
        choices: [
          { value: '', text: 'Choose a service' },
          ...area.services.map(({ code, name, provider }) => ({
            value: code,
            text: `${name} (${names.get(provider) ?? provider})`,
          })),
        ],
        value: service?.service ?? '',
      }),
    ]
  }
  return [
    paragraph(
      'You opened no area file, so type both codes exactly as the programme gave them: they are part of the pseudonym of your client reference.',
    ),
    textField({
      id: 'provider-code',
      label: 'Code of your organisation',
      hint: 'Small letters, digits and hyphens, for example north-trust.',
      value: service?.provider ?? '',
      width: 20,
    }),
    textField({
      id: 'service-code',
      label: 'Code of the service',
      value: service?.service ?? '',
      width: 20,
    }),
  ]
}

function quarterChoices(): Choice[] {
  const today = new Date()
  const day = `${today.getFullYear()}-${String(today.getMonth() + 1).padStart(2, '0')}-01`
  return Array.from({ length: QUARTERS }, (_, back) => {
    const quarter = quarterAfter(quarterOf(day), -back)
    return { value: quarter, text: `${quarterWords(quarter)} (${quarter})` }
  })
}

function choose(context: StepContext, given: FormData): readonly Problem[] {
  const { journey } = context
  const problems: Problem[] = []
  const chosen =
    journey.area === undefined ? typed(given, problems) : listed(context, given, problems)
  const quarter = textGiven(given, 'quarter')
  if (!isQuarter(quarter))
    problems.push({ field: 'quarter', message: 'Choose the quarter that your file is for.' })
  const kind = readFileKind(textGiven(given, 'kind')) ?? 'people'
  if (kind === 'outcomes' && journey.area?.framework === undefined) {
    const { title, fix } = wordsOf('hasher-framework-missing')
    problems.push({ field: 'kind', message: title, hint: fix })
  }
  if (problems.length > 0 || chosen === undefined || !isQuarter(quarter)) return problems
  const service: ChosenService = { ...chosen, quarter, kind }
  if (JSON.stringify(service) !== JSON.stringify(journey.service)) forget(journey, 'reading')
  journey.service = service
  context.go('file')
  return []
}

type Named = Omit<ChosenService, 'quarter' | 'kind'>

function listed({ journey }: StepContext, given: FormData, problems: Problem[]): Named | undefined {
  const wanted = textGiven(given, 'service')
  const found = journey.area?.services.find(({ code }) => code === wanted)
  if (found === undefined) {
    problems.push({ field: 'service', message: 'Choose the service that your file is for.' })
    return undefined
  }
  return { provider: found.provider, service: found.code, name: found.name }
}

function typed(given: FormData, problems: Problem[]): Named {
  const provider = textGiven(given, 'provider-code').trim()
  const service = textGiven(given, 'service-code').trim()
  const hint = 'Only small letters, digits and hyphens, as the programme gave it.'
  if (!CODE.test(provider))
    problems.push({
      field: 'provider-code',
      message: 'Type the code of your organisation.',
      hint,
    })
  if (!CODE.test(service))
    problems.push({ field: 'service-code', message: 'Type the code of the service.', hint })
  return { provider, service, name: service }
}
