/**
 * How often what a service writes down differs from what is true, for the bench of linkage quality
 * alone: fixed, so that runs can be compared, and apart from the demonstration's.
 *
 * Sources, by the letter beside a rate. A: Harron and others 2017, Utilising identifier error
 * variation in linkage of large administrative data sources (BMC Med Res Methodol 17:23): sex and
 * date of birth of 0.11 % of hospital records differ from the register. B: Generating synthetic
 * identifiers (IJPDS 2023, the ALSPAC cohort): between two collections 18 % of surnames and 12 % of
 * forenames differ, changes and short forms included. C: CUREd (Med Decis Making 2022): 0.3 % of
 * in-patient, 2 % of emergency and 86 % of ambulance records have no NHS number. D: Millett and
 * others 2005: 40 % are not registered anew six months after moving. E: Hagger-Johnson and others
 * 2015 (BMJ Open 5:e008118): missing values and errors are commoner for infants and for Asian, Black
 * and other ethnic groups. F: Damerau 1964: four typing errors in five are one letter left out,
 * added, replaced or swapped. Where no letter stands, nothing published fits services like these
 * and the rate is an assumption.
 */
export interface SlipRates {
  /** One letter mistyped, as one of F. B's differences without short forms and marriages. */
  readonly mistypedFirstName: number
  readonly mistypedLastName: number
  /** A short form or another spelling, where there is one. B. */
  readonly shortForm: number
  /** One of two surnames left out. */
  readonly oneSurname: number
  /** First and last name in each other's place: anybody, and where the family name comes first. */
  readonly reversedName: number
  readonly reversedFamilyFirst: number
  /** A name from another script in another spelling. E. */
  readonly transliterated: number
  /** Day and month swapped, another day, another month or year. A, tripled for desks without a register. */
  readonly swappedBirth: number
  readonly mistypedDay: number
  readonly mistypedMonth: number
  /** 01/01/1900 for an adult who gave none. */
  readonly placeholderBirth: number
  readonly noBirthOfCarer: number
  readonly genderUnknown: number
  /** A. */
  readonly wrongGender: number
  /** A letter of a postcode mistyped, and none given. */
  readonly mistypedPostcode: number
  readonly noPostcode: number
  readonly noEmail: number
  readonly noMobile: number
  readonly mistypedEmail: number
  readonly mistypedMobile: number
  /** No NHS number: a trust's own system, and any other service that asks. C. */
  readonly noNhsNumberInTrust: number
  readonly noNhsNumber: number
  /** A digit mistyped, which the check digit tells; somebody else's; the mother's on her baby. */
  readonly mistypedNhsNumber: number
  readonly wrongNhsNumber: number
  readonly mothersNhsNumber: number
  /** "Baby" for a child under six weeks. E. */
  readonly unnamedNewborn: number
  /** What changed in life and is not noticed within the quarter. D. */
  readonly outOfDate: number
  /** Somebody registered a second time under a new reference, in a quarter. */
  readonly registeredTwice: number
}

/** Usual rates. */
export const USUAL: SlipRates = {
  mistypedFirstName: 0.009,
  mistypedLastName: 0.012,
  shortForm: 0.25,
  oneSurname: 0.18,
  reversedName: 0.002,
  reversedFamilyFirst: 0.02,
  transliterated: 0.04,
  swappedBirth: 0.003,
  mistypedDay: 0.003,
  mistypedMonth: 0.001,
  placeholderBirth: 0.005,
  noBirthOfCarer: 0.1,
  genderUnknown: 0.01,
  wrongGender: 0.0011,
  mistypedPostcode: 0.006,
  noPostcode: 0.02,
  noEmail: 0.12,
  noMobile: 0.09,
  mistypedEmail: 0.01,
  mistypedMobile: 0.008,
  noNhsNumberInTrust: 0.01,
  noNhsNumber: 0.14,
  mistypedNhsNumber: 0.01,
  wrongNhsNumber: 0.0006,
  mothersNhsNumber: 0.0008,
  unnamedNewborn: 0.2,
  outOfDate: 0.4,
  registeredTwice: 0.012,
}

/**
 * Rates for populations that nothing was calibrated on: more typing errors, fewer short forms, more
 * swapped dates, half the NHS numbers missing outside trusts.
 */
export const HELD_OUT: SlipRates = {
  ...USUAL,
  mistypedFirstName: 0.013,
  mistypedLastName: 0.009,
  shortForm: 0.15,
  oneSurname: 0.12,
  reversedName: 0.004,
  reversedFamilyFirst: 0.012,
  transliterated: 0.06,
  swappedBirth: 0.006,
  mistypedDay: 0.002,
  mistypedMonth: 0.002,
  noPostcode: 0.06,
  noEmail: 0.3,
  noMobile: 0.05,
  mistypedEmail: 0.005,
  noNhsNumberInTrust: 0.03,
  noNhsNumber: 0.45,
  unnamedNewborn: 0.3,
  outOfDate: 0.25,
  registeredTwice: 0.02,
}

/** Every rate as often again and again; a share of people stays below nine tenths. */
export function timesRates(rates: SlipRates, times: number): SlipRates {
  return Object.fromEntries(
    Object.entries(rates).map(([name, rate]: [string, number]) => [
      name,
      Math.min(0.9, rate * times),
    ]),
  ) as unknown as SlipRates
}
