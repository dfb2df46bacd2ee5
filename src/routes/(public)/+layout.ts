/** Public pages carry no script at all: they are plain pages, fit to be exported to a ministry's own site. */
export const csr = false;
