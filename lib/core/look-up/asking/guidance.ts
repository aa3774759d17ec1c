/** What a practitioner reads, and says to have read, before the first look-up. A change is another version. */

/** The version that must have been read. */
export const GUIDANCE_VERSION = 1

/** The guidance, a heading and what it says. */
export const GUIDANCE: readonly { readonly heading: string; readonly points: readonly string[] }[] =
  [
    {
      heading: 'What look-up is for',
      points: [
        'It tells you which services are involved with the person in front of you now, and whom to phone there.',
        'It starts a conversation. It decides nothing, and it replaces no referral, consent or assessment.',
      ],
    },
    {
      heading: 'Whom you may look up',
      points: [
        'Look up only people you are working with, under the case reference of that work.',
        'Never look up yourself, your family, friends, neighbours or colleagues. If you must work with one of them, hand the case over.',
        'Tell people, where it is safe, that you look up who else is involved with them.',
      ],
    },
    {
      heading: 'What an answer means',
      points: [
        '“No records found” is not “not known”. The source says beside it what no record can mean.',
        'An answer shows involvement on the day the source names. Phone to learn what is so today.',
        'Two people shown apart are two records that what you entered leads to. Do not treat them as one.',
      ],
    },
    {
      heading: 'What is recorded',
      points: [
        'Every look-up is recorded: who asked, when, for what and for which case, what was shown and what you opened.',
        'What you type about the person is not kept. Whoever looked somebody up can be found all the same.',
        'Your look-up manager checks samples. Misuse is a disciplinary matter, and may be an offence under section 170 of the Data Protection Act 2018.',
      ],
    },
  ]
