import type { Content, ServiceHabit } from '#demonstration/service-habit.ts'
import { SERVICE_HABITS } from '#demonstration/service-habits.ts'

/**
 * The services of a population: whom each works with, what it asks for, and how it keeps its
 * clients.
 */

export interface QualityService {
  readonly habit: ServiceHabit
  /** An NHS trust, whose own system knows nearly every NHS number. */
  readonly isTrust: boolean
  /** Types everybody afresh each quarter from its own forms, instead of keeping them. */
  readonly retypes: boolean
  /** How many times as often it mistypes as usual. */
  readonly carelessness: number
}

type Asked = readonly Content[]

const BASIC: Asked = ['first_name', 'last_name', 'date_of_birth', 'gender']
const PERSON: Asked = [...BASIC, 'email', 'mobile', 'postcode']
const CHILD: Asked = [...BASIC, 'carer_email', 'carer_mobile', 'postcode']

function service(
  like: string,
  code: string,
  asked: Asked,
  rest: Partial<Omit<QualityService, 'habit'>> &
    Partial<Pick<ServiceHabit, 'uptake' | 'months'>> = {},
): QualityService {
  const pattern = SERVICE_HABITS.find(({ service: known }) => known === like)
  if (pattern === undefined) throw new Error(`No service is like ${like}.`)
  const { isTrust = false, retypes = false, carelessness = 1, ...changed } = rest
  const columns = ([...asked, 'contacts'] as const).map((content) => [content, content] as const)
  const shape = asked.includes('carer_first_name') ? 'child-and-carer' : 'person'
  return {
    habit: { ...pattern, ...changed, service: code, provider: code, shape, columns },
    isTrust,
    retypes,
    carelessness,
  }
}

const CARER: Asked = [
  ...(['carer_first_name', 'carer_last_name', 'carer_date_of_birth', 'carer_gender'] as const),
  ...(['carer_email', 'carer_mobile'] as const),
]

/** Ten services as a programme has them: three of trusts, two without a postcode or contact. */
export const USUAL_SERVICES: readonly QualityService[] = [
  service('caseload-midwifery', 'midwifery', [...PERSON, 'nhs_number'], { isTrust: true }),
  service('baby-steps', 'baby-group', [...BASIC, ...CARER, 'nhs_number', 'postcode'], {
    carelessness: 1.3,
  }),
  service('family-nutrition', 'nutrition', [...CHILD, 'nhs_number']),
  service(
    'speech-and-language-therapy-chattertime',
    'speech',
    [...BASIC, 'nhs_number', 'postcode'],
    {
      isTrust: true,
    },
  ),
  service('doorstep-library', 'library', ['first_name', 'last_name', 'date_of_birth'], {
    retypes: true,
    carelessness: 1.5,
  }),
  service('och', 'housing', PERSON, { uptake: 0.15 }),
  service('natural-thinkers', 'outdoors', [...BASIC, 'carer_email', 'postcode'], { retypes: true }),
  service('fnp', 'young-mothers', [...PERSON, 'nhs_number'], { isTrust: true }),
  service('parent-champions', 'champions', PERSON, { uptake: 0.15 }),
  service(
    'pairs-together-time',
    'together',
    [...BASIC, ...CARER, 'nhs_number', 'carer_nhs_number', 'postcode'],
    {
      carelessness: 0.7,
    },
  ),
]

/**
 * Other services of other habits: fewer that ask for NHS numbers, more that type afresh, smaller
 * and larger ones.
 */
export const HELD_OUT_SERVICES: readonly QualityService[] = [
  service('fnp', 'visitors', [...PERSON, 'nhs_number'], { isTrust: true, uptake: 0.5 }),
  service('caseload-midwifery', 'maternity', [...BASIC, 'mobile', 'postcode', 'nhs_number'], {
    isTrust: true,
    uptake: 0.35,
    retypes: true,
  }),
  service('family-nutrition', 'cooking', CHILD, { uptake: 0.35, carelessness: 1.4 }),
  service('natural-thinkers', 'forest', [...BASIC, 'carer_mobile', 'postcode', 'nhs_number'], {
    uptake: 0.2,
  }),
  service('doorstep-library', 'stories', [...BASIC, 'postcode'], { uptake: 0.2 }),
  service('baby-steps', 'first-steps', [...BASIC, ...CARER, 'nhs_number', 'carer_nhs_number'], {
    uptake: 0.25,
    retypes: true,
  }),
  service('och', 'advice', [...PERSON, 'nhs_number'], { uptake: 0.3, carelessness: 0.8 }),
  service('speech-and-language-therapy-chattertime', 'talking', [...CHILD, 'nhs_number'], {
    isTrust: true,
    uptake: 0.3,
  }),
]
