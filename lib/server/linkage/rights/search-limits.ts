/** How often officers may look for people: enough for those who ask, and for nobody who only looks. */

/** Searches for one request, ever: another spelling, another address. */
export const MOST_OF_A_REQUEST = 10

/** Searches of one officer within 24 hours, whatever for. */
export const MOST_IN_A_DAY = 30

/** As many within 24 hours are told to everybody else who watches over the programme. */
export const ALARM_AT = 12
