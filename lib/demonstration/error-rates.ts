/**
 * How often what a service writes differs from what is true. No published rates exist for these
 * services; the figures are assumptions, chosen in the range that data-linkage papers report for
 * administrative health and social-care data (missing NHS numbers and typing errors in names of one
 * to a few per cent), and are one table so that they can be changed.
 */
export const ERROR_RATES = {
  /** NHS number left blank by a service that asks for it; fewer in a trust's own system. */
  noNhsNumber: 0.12,
  noNhsNumberInTrust: 0.01,
  /** One digit mistyped, which the check digit tells. */
  wrongNhsDigit: 0.01,
  /** The mother's number on her baby. */
  mothersNhsNumber: 0.0008,
  noEmail: 0.12,
  noMobile: 0.09,
  noPostcode: 0.02,
  noBirthOfCarer: 0.1,
  /** A letter left out, doubled, swapped or replaced. */
  mistypedFirstName: 0.008,
  mistypedLastName: 0.012,
  nickname: 0.25,
  /** One of two surnames left out. */
  oneSurname: 0.18,
  /** Day and month swapped, where both are 12 or less. */
  swappedBirth: 0.003,
  /** Another day of the same month. */
  mistypedBirth: 0.004,
  /** 01/01/1900 for an adult who gave none. */
  placeholderBirth: 0.006,
  /** O for 0 or I for 1 in a postcode, which can be fixed. */
  misreadPostcode: 0.01,
  /** "Baby" for a newborn under six weeks. */
  unnamedNewborn: 0.2,
  genderUnknown: 0.01,
  /** What an earlier quarter's record keeps although it changed. */
  outOfDate: 0.4,
  /** Somebody registered a second time, under a new reference. */
  registeredTwice: 0.012,
  /** A row written twice. */
  repeatedRow: 0.004,
  blankRow: 0.003,
} as const
