/** Shown under somebody else's address: a script would take it for the page that belongs there. */
export const csr = false;
