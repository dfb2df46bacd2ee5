import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** Small files as offices send them, each standing for a whole kind; all names and codes in them are invented. */
export const caseFile = (name: string): Buffer => readFileSync(caseFilePath(name));
export const caseFilePath = (name: string): string => fileURLToPath(new URL(`./cases/${name}`, import.meta.url));
