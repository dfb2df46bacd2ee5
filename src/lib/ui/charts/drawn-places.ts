/** Parts of a page that the server draws and the browser keeps as they came: a picture in the page's data as well would double the page. */
export const DRAWN_PLACES = ['tiles', 'metrics', 'near', 'criteria', 'manufacturing', 'it_outsourcing'] as const;
export type DrawnPlace = (typeof DRAWN_PLACES)[number];

/** What the page has in such a place until the drawing is put there (server/pages/drawn-once.ts). A constant: nothing that anybody typed is ever markup. */
export const placeOf = (place: DrawnPlace): string => `<template data-drawn="${place}"></template>`;
