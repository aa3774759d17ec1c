import { headerWords } from './code-key.ts'
import type { FieldWords } from './use-headers.ts'

/**
 * What services in Wales write above their columns. “Enw’r plentyn” and “Enw y plentyn” say whose a
 * column is after its word, so that each stands with the article as well.
 */
const WORDS: readonly FieldWords[] = [
  [
    'client_ref',
    'cyfeirnod cleient, rhif cleient, cyfeirnod y cleient, rhif achos, cyfeirnod',
    'rhif cyfeirnod, cyf',
    'rhif',
  ],
  ['first_name', 'enw cyntaf, enwau cyntaf, enw bedydd', '', ''],
  ['last_name', 'cyfenw, enw olaf, enw teuluol', '', ''],
  ['date_of_birth', 'dyddiad geni, dyddiad genedigaeth, ganwyd', '', ''],
  ['gender', 'rhyw, rhywedd', '', ''],
  ['nhs_number', 'rhif gig, rhif y gig', '', ''],
  ['email', 'ebost, e bost, cyfeiriad ebost, cyfeiriad e bost', '', ''],
  [
    'mobile',
    'ffon symudol, rhif ffon symudol, rhif symudol, symudol',
    'ffon, rhif ffon, rhif cyswllt',
    '',
  ],
  ['postcode', 'cod post', '', 'cyfeiriad'],
  ['ethnicity', 'ethnigrwydd, grwp ethnig, cefndir ethnig', '', ''],
  ['main_language', 'prif iaith, iaith gyntaf, iaith y cartref, mamiaith, iaith', '', ''],
  ['send_or_disability', 'anabledd, ady, anghenion dysgu ychwanegol', '', ''],
  ['referral_date', 'dyddiad atgyfeirio', '', ''],
  ['start_date', 'dyddiad dechrau, dyddiad cychwyn, dyddiad cofrestru', '', ''],
  ['end_date', 'dyddiad gorffen, dyddiad gadael, dyddiad cau', '', ''],
  ['referral_source', 'ffynhonnell atgyfeirio, atgyfeiriwyd gan', '', ''],
  ['status', 'statws', '', ''],
  [
    'contacts',
    'nifer sesiynau, nifer o sesiynau, sesiynau a fynychwyd, nifer ymweliadau, nifer o ymweliadau, nifer cysylltiadau, nifer o gysylltiadau',
    'sesiynau, ymweliadau, cysylltiadau',
    '',
  ],
  ['last_contact_date', 'dyddiad cyswllt diwethaf, cyswllt diwethaf, ymweliad diwethaf', '', ''],
  ['contact_date', 'dyddiad cyswllt, dyddiad sesiwn, dyddiad y sesiwn, dyddiad ymweliad', '', ''],
  ['attended', '', 'mynychwyd, presennol, yn bresennol', ''],
]

export const WELSH_WORDS: readonly FieldWords[] = WORDS.map(([field, known, ifConfirmed, weak]) => [
  field,
  withArticle(known),
  withArticle(ifConfirmed),
  weak,
])

/** Welsh headings of a whole name. */
export const WELSH_NAMES = withArticle('enw, enw llawn')

function withArticle(listed: string): string {
  const phrases = listed.split(', ').filter((phrase) => phrase !== '')
  return phrases.flatMap((phrase) => [phrase, `${phrase}r`, `${phrase} y`]).join(', ')
}

/**
 * Whether a heading is the Welsh word for gender: below it B is benyw (female) or bachgen (boy), G
 * is gwryw (male) and M is merch (girl).
 */
export function isWelshGender(heading: string): boolean {
  return headerWords(heading).some((word) => word === 'rhyw' || word === 'rhywedd')
}
