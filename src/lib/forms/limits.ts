/**
 * How long a text may be, in characters, for the form that checks it and the field that counts it. In a file of their own: a component that took
 * its number from a form would bring the whole of the checking library into the browser.
 */
export const REMARK_MAX = 1_000;
/** Why more time is asked for, or why a report cannot be filed. */
export const REASON_MAX = 2_000;
export const LATE_REASON_MAX = 500;
/** Where a day of the working calendar is announced. */
export const SOURCE_MAX = 300;
export const CALL_REMARK_MAX = 500;
export const SPOKE_TO_MAX = 60;
export const REMINDER_REMARK_MAX = 300;
/** What an enterprise is answered, as the database takes it. */
export const ANSWER_MAX = 2_000;
/** What stands in an official letter: an office that signs, to whom it goes, whom to ask. */
export const LETTER_OFFICE_MAX = 40;
export const LETTER_ADDRESSEES_MAX = 300;
export const LETTER_CONTACT_MAX = 80;
