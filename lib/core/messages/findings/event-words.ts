import type { Words } from '#core/messages/words.ts'

/** The words of what is found about activities and outcomes. */
export const EVENT_WORDS = {
  'activity-ref-missing': {
    title: 'The activity has no reference',
    fix: 'Give each activity a reference of your own, the same on every row about it. It tells which rows are one activity.',
  },
  'activity-date-missing': {
    title: 'The activity has no date',
    fix: 'Give the day of the activity. Without it nobody can tell whether it was in the quarter.',
  },
  'activity-outside-quarter': {
    title: 'The activity is not in this quarter',
    fix: 'It is not counted. Check that you chose the right quarter and exported its activities. Confirm if the file holds other quarters as well.',
  },
  'activity-rows-disagree': {
    title: 'Rows of one activity have different dates or types',
    fix: 'Correct the rows that are wrong, or give each activity a reference of its own.',
  },
  'activity-of-nobody': {
    title: 'The row names nobody and counts nobody',
    fix: 'Give the number of adults and children who came, or one row for each person. Confirm if nobody came.',
  },
  'venue-postcode-unusable': {
    title: 'The postcode of the venue cannot be read',
    fix: 'Check it, or leave it empty: the activity is then in no ward.',
  },
  'heads-unreadable': {
    title: 'The number of people is not a whole number',
    fix: 'Write the number in digits, for example 12, or leave the cell empty.',
  },
  'heads-many': {
    title: 'More than 500 people are counted at one activity',
    fix: 'Check the number. Confirm if so many came.',
  },
  'heads-beside-names': {
    title: 'The row names a person and also counts people',
    fix: 'Put the head count on a row of its own, without a person, and count there only people who are not named: nobody is then counted twice.',
  },
  'heads-repeated': {
    title: 'One activity has two head counts',
    fix: 'Keep one row with the number of all who came and are not named, or give each activity a reference of its own.',
  },
  'attendance-repeated': {
    title: 'The person is at this activity twice',
    fix: 'It is counted once. Nothing need be done.',
  },
  'measure-missing': {
    title: 'Nothing says what the score is of',
    fix: 'Give the code or the name of the instrument as the shared measurement framework has it.',
  },
  'measure-unknown': {
    title: 'The shared measurement framework has no such instrument',
    fix: 'Write the code or the name as the framework has it, or ask the programme to add this other name.',
  },
  'measure-not-of-service': {
    title: 'The framework does not say that this service uses the instrument',
    fix: 'Check the instrument. Confirm if the service uses it, and tell the programme.',
  },
  'measure-retired': {
    title: 'The instrument was no longer in use on the day of the score',
    fix: 'Check the date and the instrument. Confirm if the score was taken with it all the same.',
  },
  'sub-scale-unknown': {
    title: 'The instrument has no such sub-scale',
    fix: 'Write the code or the name of the sub-scale as the framework has it, or leave it empty for the whole score.',
  },
  'time-point-missing': {
    title: 'Nothing says when on the person’s way the score was taken',
    fix: 'Give baseline, follow-up or exit.',
  },
  'time-point-unknown': {
    title: 'The time point is not understood',
    fix: 'Say in the mapping what your word means, or write baseline, follow-up or exit.',
  },
  'time-point-not-of-measure': {
    title: 'The framework does not have the instrument taken at this time point',
    fix: 'Check the instrument and the time point. Confirm if the score was taken then all the same: it is kept, and no change is worked out with it.',
  },
  'completed-by-not-of-measure': {
    title: 'The framework does not have the instrument filled in by such a person',
    fix: 'Check who filled it in, and the instrument. Confirm if it was so all the same.',
  },
  'score-date-missing': {
    title: 'The score has no date',
    fix: 'Give the day on which the score was taken.',
  },
  'score-before-birth': {
    title: 'The score is of the day on which the person was born, or of one before',
    fix: 'The date of birth may stand where the day of the score should. Match the columns again, or correct the date.',
  },
  'score-after-quarter': {
    title: 'The score was taken after the end of the quarter',
    fix: 'Check that you chose the right quarter, and the date. Confirm if the file holds later scores as well.',
  },
  'score-missing': {
    title: 'The row has no score',
    fix: 'Give the score, or delete the row.',
  },
  'row-without-score': {
    title: 'The row has no score in any column',
    fix: 'The person has no score in this file. Nothing need be done.',
  },
  'score-not-a-number': {
    title: 'The score is not a number',
    fix: 'Give the score in digits, for example 42 or 3.5, not in words such as “improved”.',
  },
  'score-outside-scale': {
    title: 'The score is outside the scale of the instrument',
    fix: 'Check the score and the instrument. A code for “not known”, such as 99, is no score: leave the row out.',
  },
  'score-repeated': {
    title: 'The same score is in the file twice',
    fix: 'It is counted once. Nothing need be done.',
  },
  'scores-of-one-time': {
    title: 'One person has two different scores for one time point',
    fix: 'Keep the right one. If one of them is a follow-up, say so in its time point.',
  },
  'follow-up-before-baseline': {
    title: 'The follow-up or exit was before the baseline',
    fix: 'Correct one of the two dates, or the time point.',
  },
} as const satisfies Record<string, Words>
