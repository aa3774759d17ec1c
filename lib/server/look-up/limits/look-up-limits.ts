/** How often a practitioner may look people up: enough for a day's work, and for nobody who only looks. */

/** Look-ups of one practitioner within 24 hours. */
export const MOST_IN_A_DAY = 50

/** As many within 24 hours are told to who watches over look-ups. */
export const VOLUME_ALARM_AT = 20

/** As many under one case reference, of one practitioner in 30 days, are told too: a family has fewer. */
export const CASE_ALARM_AT = 12
export const CASE_DAYS = 30

/** After so many in a row that found nobody, each more waits. */
export const WRONG_TRIES = 5
/** How long it waits, in milliseconds, and how long such a row is remembered. */
export const WAITS = 60_000
export const REMEMBERED = 15 * 60_000

/** How long an answer is shown to who asked, in milliseconds. */
export const SHOWN_FOR = 30 * 60_000

/** Sources that must be complete before anybody is looked up. */
export const LEAST_SOURCES = 3
