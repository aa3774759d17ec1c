import { peopleField, type PeopleFieldName } from '#core/standard/fields.ts'
import { namesCarer } from '#core/standard/header-party.ts'
import type { HeaderLevel, HeaderReading } from '#core/standard/header-reading.ts'
import { RANK, dataReason, type Claim, type ClaimSource } from './claim.ts'
import { judge, type ColumnProfile, type Verdict } from './column-profile.ts'
import { mappedClaims, respectPrevious } from './mapped-claims.ts'

const IDENTITY: ReadonlySet<string> = new Set([
  'first_name',
  'last_name',
  'date_of_birth',
  'nhs_number',
])

/** Every claim of every column. */
export function claimsOfColumns(source: ClaimSource): Claim[] {
  const about = whoTheFileIsAbout(source.readings)
  const fromPrevious =
    source.previous === undefined ? [] : mappedClaims(source, source.previous, 'previous')
  const known = [
    ...fromPrevious,
    ...source.readings.flatMap((reading, column) => [
      ...headerClaims(source, reading, column, about),
      ...nameClaims(source, reading, column, about),
    ]),
    ...birthPartClaims(source, about),
  ]
  for (const other of source.others) known.push(...mappedClaims(source, other, 'other'))
  const claims = distinctClaims(known)
  if (fromPrevious.length > 0) respectPrevious(claims, fromPrevious, source)
  contactsNeedBoth(claims)
  return [...claims, ...dataClaims(source, claims)]
}

/** Who the plain columns describe when some columns name the child or the carer. */
interface About {
  /** Columns name the child: plain columns beside them are less sure. */
  readonly child: boolean
  /** Only carers are described: "Mother's name" is the person's own name. */
  readonly carerOnly: boolean
  /** Some header gives a carer's field of this name. */
  readonly carerFields: ReadonlySet<string>
}

function whoTheFileIsAbout(readings: readonly HeaderReading[]): About {
  let child = false
  let own = false
  let carer = false
  const carerFields = new Set<string>()
  for (const { party, claims, fullName } of readings) {
    const identity =
      fullName !== undefined ||
      claims.some(
        ({ field, level }) => level !== 'weak' && IDENTITY.has(field.replace(/^carer_/, '')),
      )
    if (party === 'child' && claims.length + (fullName === undefined ? 0 : 1) > 0) child = true
    if (party === 'own' && identity) own = true
    if (party === 'carer') {
      if (identity) carer = true
      for (const { field } of claims) carerFields.add(field)
    }
  }
  return { child, carerOnly: carer && !child && !own, carerFields }
}

function headerClaims(
  source: ClaimSource,
  reading: HeaderReading,
  column: number,
  about: About,
): Claim[] {
  if (reading.party === 'other') return []
  const profile = source.profiles[column]
  if (profile === undefined) return []
  const party = reading.party
  return reading.claims.flatMap((claim): Claim[] => {
    const own = about.carerOnly ? peopleField(claim.field.replace(/^carer_/, ''))?.name : undefined
    const field = own ?? claim.field
    const verdict = judge(field, profile)
    const identifier = peopleField(field)?.kind === 'identifier'
    // “No.” over 1, 2, 3 numbers the rows.
    if (field === 'client_ref' && claim.level === 'weak' && profile.countsRows) return []
    if (field === 'postcode' && claim.level !== 'fuzzy' && endsInPostcode(profile))
      return [addressClaim(source, column)]
    let certainty = certaintyOf(claim.level, verdict, identifier)
    if (certainty === undefined) return []
    let reason = reasonOf(claim.level, field, verdict)
    const soften = (why: string) => {
      if (certainty === 'certain') certainty = 'likely'
      reason += `; ${why}`
    }
    if (own !== undefined && own !== claim.field)
      soften('the file describes carers only, so they may be the people served')
    if (isUnclearContact(source, field, party, column, about)) {
      soften('the file is about children, so it may be the carer’s')
    }
    // Who writes the standard's own name means it.
    if (claim.level !== 'exact' && isUnclearCarers(source, field, about)) {
      soften('nothing says that the file is about children, so it may be the person’s own')
    }
    if (field === 'client_ref' && source.childrenFile && namesCarer(source.header[column] ?? '')) {
      soften('the file is about children, and it names a parent')
    }
    if (isOfTheService(source, FEW_VALUES[field], column)) {
      soften(FEW_REASON)
    }
    if (field === 'client_ref' && profile.countsRows && claim.level !== 'exact') {
      if (claim.level !== 'synonym') certainty = 'guess'
      reason += '; its values count the rows, which no reference does'
    }
    const childFirst = party === 'child' ? 15 : 0
    return [
      {
        column,
        field,
        certainty,
        reason,
        rank: RANK[claim.level] + childFirst,
        origin: 'header',
        verdict,
        party,
      },
    ]
  })
}

function endsInPostcode({ address, filled }: ColumnProfile): boolean {
  return filled > 0 && address >= filled * 0.8
}

/** Addresses whose last words are a postcode: it alone is taken, unless they are a venue's. */
function addressClaim(source: ClaimSource, column: number): Claim {
  const isVenue = isOfTheService(source, FEW_VALUES.postcode, column)
  return {
    column,
    field: 'postcode',
    certainty: isVenue ? 'likely' : 'certain',
    reason: `addresses that end in a postcode: it alone is used${isVenue ? `; ${FEW_REASON}` : ''}`,
    rank: RANK['if-confirmed'],
    origin: 'header',
    verdict: 'confirmed',
    party: 'split',
  }
}

/**
 * A plain "Email" or "Phone" in a file about children, with no carer's beside it, is as likely the
 * carer's.
 */
function isUnclearContact(
  source: ClaimSource,
  field: string,
  party: string,
  column: number,
  about: About,
): boolean {
  if (
    (field !== 'email' && field !== 'mobile') ||
    party !== 'own' ||
    source.header[column] === field
  )
    return false
  if (about.carerFields.has(`carer_${field}`)) return false
  const hasRole = source.readings.some(({ claims }) =>
    claims.some((claim) => claim.field === 'role' && claim.level !== 'weak'),
  )
  return (source.childrenFile && !hasRole) || about.child
}

/**
 * "Parent/Carer email" is the carer's in a file of children, and the person's own in one of parents:
 * without births or a carer's other columns nothing tells which.
 */
function isUnclearCarers(source: ClaimSource, field: string, about: About): boolean {
  if (field !== 'carer_email' && field !== 'carer_mobile') return false
  if (source.childrenFile || about.child) return false
  return ![...about.carerFields].some((one) => one !== 'carer_email' && one !== 'carer_mobile')
}

/** Enough rows to see that their values are only a few. */
const MANY_ROWS = 12
/** How many different values so many people cannot have. */
const FEW_VALUES: Readonly<Partial<Record<PeopleFieldName, number>>> = {
  email: 3,
  mobile: 3,
  carer_email: 3,
  carer_mobile: 3,
  postcode: 1,
}
const FEW_NAMES = 3
const FEW_REASON = 'the same few values come again and again, so it may be a venue’s or a worker’s'

/** Whether all rows share one or a few values, as they do of a venue, a school or a worker. */
function isOfTheService(source: ClaimSource, most: number | undefined, column: number): boolean {
  const profile = source.profiles[column]
  if (most === undefined || profile === undefined || profile.filled < MANY_ROWS) return false
  const clients = source.readings.flatMap(({ claims }, index) =>
    claims.some((claim) => claim.field === 'client_ref')
      ? (source.profiles[index]?.distinct ?? 0)
      : [],
  )
  // Of contacts, a few clients have many rows.
  return profile.distinct <= most && (clients.length === 0 || Math.max(...clients) >= MANY_ROWS)
}

function certaintyOf(
  level: HeaderLevel,
  verdict: Verdict,
  identifier: boolean,
): Claim['certainty'] | undefined {
  switch (level) {
    case 'exact':
      return verdict === 'contradicted' ? 'likely' : 'certain'
    case 'synonym':
      return verdict === 'contradicted' ? 'guess' : 'certain'
    case 'if-confirmed':
      if (verdict === 'contradicted') return undefined
      return verdict === 'confirmed' ? 'certain' : 'guess'
    case 'weak':
      if (verdict === 'contradicted') return undefined
      return verdict === 'confirmed' ? 'likely' : 'guess'
    case 'fuzzy':
      if (verdict === 'contradicted') return undefined
      return verdict === 'confirmed' && !identifier ? 'likely' : 'guess'
  }
}

function reasonOf(level: HeaderLevel, field: PeopleFieldName, verdict: Verdict): string {
  const label = peopleField(field)?.label ?? field
  const header = {
    exact: 'the header is the standard name',
    synonym: `the header is a known name for ${label}`,
    'if-confirmed': `the header can mean ${label}`,
    weak: `the header may mean ${label}`,
    fuzzy: `the header is close to a known name for ${label}`,
  }[level]
  return `${header}; ${dataReason(verdict)}`
}

/**
 * Whole names: split when the values are two words or more; a first name when a surname stands in a
 * column of its own.
 */
function nameClaims(
  source: ClaimSource,
  reading: HeaderReading,
  column: number,
  about: About,
): Claim[] {
  const profile = source.profiles[column]
  if (reading.fullName === undefined || reading.party === 'other' || profile === undefined)
    return []
  const prefix = reading.party === 'carer' && !about.carerOnly ? 'carer_' : ''
  const first = peopleField(`${prefix}first_name`)?.name ?? 'first_name'
  const last = peopleField(`${prefix}last_name`)?.name ?? 'last_name'
  const surnameElsewhere = source.readings.some(
    (other, index) =>
      index !== column &&
      other.claims.some(
        (claim) => claim.field === last && claim.level !== 'fuzzy' && claim.level !== 'weak',
      ),
  )
  const verdict = judge(first, profile)
  const base = { column, origin: 'header', verdict, rank: RANK['if-confirmed'] } as const
  const several = profile.words >= profile.filled * 0.6 && profile.filled > 0
  if (surnameElsewhere || !several) {
    const certain =
      surnameElsewhere &&
      profile.word >= profile.filled * 0.6 &&
      profile.filled > 0 &&
      verdict === 'confirmed'
    if (verdict === 'contradicted') return []
    const reason = certain
      ? 'a name of one word beside a column of last names'
      : 'a name that may be first or whole'
    return [
      {
        ...base,
        field: first,
        certainty: certain ? 'certain' : 'guess',
        reason,
        party: reading.party,
      },
    ]
  }
  const headed = reading.fullName === 'first-last' ? 'first-name' : 'last-name'
  const firstIs = profile.firstIs === '' ? headed : profile.firstIs
  const isDoubtful = profile.firstIs === '' && ![headed, ''].includes(profile.firstSeems)
  const isLikely =
    (about.carerOnly && reading.party === 'carer') ||
    isDoubtful ||
    isOfTheService(source, FEW_NAMES, column)
  const certainty = isLikely ? 'likely' : 'certain'
  const reason = [
    'whole names in one column: it is split',
    ...(firstIs === headed ? [] : ['its surnames are in capitals and stand the other way round']),
    ...(isDoubtful ? ['its names may stand the other way round'] : []),
  ].join('; ')
  const fields = firstIs === 'first-name' ? [first, last] : [last, first]
  return fields.map((field): Claim => ({ ...base, field, certainty, reason, party: 'split' }))
}

/** Day, month and year of birth in three columns are joined. */
function birthPartClaims(source: ClaimSource, about: About): Claim[] {
  return (['own', 'child', 'carer'] as const).flatMap((party) => {
    const columns = (['day', 'month', 'year'] as const).map((part) =>
      source.readings.findIndex((reading) => reading.party === party && reading.birthPart === part),
    )
    if (columns.some((column) => column < 0)) return []
    const field = party === 'carer' && !about.carerOnly ? 'carer_date_of_birth' : 'date_of_birth'
    return columns.map((column, part): Claim => {
      const reason = 'day, month and year of birth in three columns: they are joined'
      return {
        column,
        field,
        certainty: 'certain',
        reason,
        rank: RANK['if-confirmed'],
        origin: 'header',
        verdict: 'silent',
        party,
        part,
      }
    })
  })
}

/** One claim a column, field and part: the strongest. */
function distinctClaims(claims: readonly Claim[]): Claim[] {
  const best = new Map<string, Claim>()
  for (const claim of claims) {
    const key = `${claim.column} ${claim.field} ${claim.part ?? ''}`
    const found = best.get(key)
    if (found === undefined || claim.rank > found.rank) best.set(key, claim)
  }
  return [...best.values()]
}

/**
 * A row is a contact when it has a contact's date and whether it was attended; alone, neither says
 * so.
 */
function contactsNeedBoth(claims: Claim[]): void {
  const has = (field: PeopleFieldName) =>
    claims.some((claim) => claim.field === field && claim.certainty === 'certain')
  const rowsAreContacts = has('contact_date') && has('attended')
  claims.forEach((claim, index) => {
    const drop = rowsAreContacts
      ? claim.field === 'contacts' && claim.rank <= RANK['if-confirmed']
      : (claim.field === 'contact_date' || claim.field === 'attended') &&
        claim.origin !== 'previous'
    if (drop && claim.certainty === 'certain') {
      const reason = rowsAreContacts
        ? 'each row is one contact'
        : 'contact date and attended are only used together'
      claims[index] = { ...claim, certainty: 'likely', reason: `${claim.reason}; ${reason}` }
    }
  })
}

const DATA_FIELDS: readonly [PeopleFieldName, (profile: ColumnProfile) => number, string][] = [
  [
    'nhs_number',
    (profile) => profile.nhsNumber,
    'the values are ten digits that pass the NHS check',
  ],
  ['email', (profile) => profile.email, 'the values are email addresses'],
  ['mobile', (profile) => profile.mobile, 'the values are mobile numbers'],
  ['postcode', (profile) => profile.postcode, 'the values are postcodes'],
]

/**
 * Columns whose header says nothing, but whose values can only be one kind of identifier: guesses
 * for a person to judge.
 */
function dataClaims(source: ClaimSource, claims: readonly Claim[]): Claim[] {
  const claimed = new Set(claims.map((claim) => claim.column))
  return source.profiles.flatMap((profile, column) => {
    if (claimed.has(column) || profile.filled < 3) return []
    if (source.readings[column]?.party === 'other') return []
    return DATA_FIELDS.flatMap(([field, count, reason]): Claim[] =>
      count(profile) >= profile.filled * 0.8
        ? [
            {
              column,
              field,
              certainty: 'guess',
              reason,
              rank: RANK.data,
              origin: 'data',
              verdict: 'confirmed',
              party: 'own',
            },
          ]
        : [],
    )
  })
}
