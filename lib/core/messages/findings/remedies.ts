/** How findings of several columns are fixed. */

/** An identifier that a row need not have. */
export const EMPTY_IS_FINE = 'Add it if you have it; the row is accepted without it.'

/** A sign that stands where a letter was. */
export const CHARACTER_MEND =
  'A character was lost before the file reached us, often by opening and saving it in another program. Type the value again in your own system and export once more.'
