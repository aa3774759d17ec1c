import type { DisclosureSettings } from '#core/disclosure/settings.ts'
import {
  POSSIBLE_MATCH_MEANS,
  UNCERTAIN_RECORD_MEANS,
} from '#core/messages/linkage/linkage-words.ts'

/** A part of the method, for a page or a sheet. */
export interface MethodSection {
  readonly heading: string
  readonly paragraphs: readonly string[]
}

/** How figures come about, for those who have to defend them and those who read them. */
export function methodSections({
  threshold,
  base,
}: Pick<DisclosureSettings, 'threshold' | 'base'>): readonly MethodSection[] {
  return [
    {
      heading: 'One person, counted once',
      paragraphs: [
        'Every service sends a file each quarter. The same child may be in the files of a children’s centre, a health visitor and a speech therapist, under three client references. Count Once works out which records are the same person and counts that person once. So the figures of services add up to more than the total: somebody who used two services is in both.',
        'Somebody is reached in a quarter when a service had at least one contact with them that they attended. A service that has no contacts to count says so, and then somebody who was enrolled and active in the quarter is reached. Somebody on a waiting list, or who declined, is not.',
        'Somebody who is a child to one service and a parent to another is among children and among adults, and once among people. A family is the children and the carers that the services’ own files connect.',
        'Somebody is counted at the place of their first contact in the year, or of their first contact of all where everything since the start is counted. So the wards, those outside and those whose address is not known add up to everywhere.',
      ],
    },
    {
      heading: 'How records are matched',
      paragraphs: [
        'Records are joined when their evidence agrees: the same NHS number, the same client of the same service, or the same name, date of birth and a further detail. They are kept apart when something contradicts it: two different NHS numbers, another date of birth, twins. A mobile number alone joins nobody, and an email address that many people share counts for nothing.',
        'Count Once does not guess. Where the evidence points both ways, the records stay apart until a person settles them.',
        POSSIBLE_MATCH_MEANS,
        UNCERTAIN_RECORD_MEANS,
      ],
    },
    {
      heading: 'How sure the figures are',
      paragraphs: [
        'No matching is perfect, so every figure of people has two bounds. “At most” counts as one only the records that are certainly one person. “At least” also counts as one all those that may be. The true number lies between them, as far as the files are right; a figure is given with its bounds or in words such as “between about 1,240 and 1,265”.',
        'Where a service had sent no file there is no figure, which is not the same as nobody.',
      ],
    },
    {
      heading: 'What is hidden, and why',
      paragraphs: [
        `Figures leave Count Once only as part of a release: a frozen set of tables that never changes afterwards. In it ${threshold} people or fewer are hidden, and all other figures are rounded to the nearest ${base}, so that nobody can be recognised. Totals are counted first and then rounded; they are not sums of rounded figures.`,
        'Some figures are hidden although they are larger, because together with the others they would reveal a small one. Shares are worked out from the figures as they are shown.',
      ],
    },
    {
      heading: 'What is never stored',
      paragraphs: [
        'Names, dates of birth, NHS numbers, addresses, postcodes, emails, phone numbers and client references. Each is replaced by a keyed pseudonym, which cannot be turned back without keys that are kept apart, and the file is erased. What stays is the month of birth of a child or the year of an adult, gender, ethnicity, ward, and what the service did. That is still personal data and is protected as such.',
      ],
    },
  ]
}
