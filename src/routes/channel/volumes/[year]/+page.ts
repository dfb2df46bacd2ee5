/** A book to be read and printed: its thousand rows weigh once, as HTML, and not again as a script's data. */
export const csr = false;
