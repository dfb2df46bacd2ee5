import { LAST_YEAR } from './data.ts';
import type { Ready } from './prepare.ts';

/** Goals of the bench, as shares of the floor's requests per second. */
export const HALF_OF_FLOOR = 0.5;

/** A page that is read, with what the floor is asked beside it. */
export type Page = {
	name: string;
	cookie: (ready: Ready) => string | undefined;
	/** The n-th request of a round. */
	path: (index: number, firms: number) => string;
	floor: (index: number, firms: number) => string;
	/** A text that only a right page holds. */
	holds: string;
	goal: number | undefined;
	/** Bytes of script, compressed; undefined: no budget of its own. */
	scriptBudget: number | undefined;
};

const firmOf = (index: number, firms: number) => String(1 + ((index * 7_919) % firms));

export const PAGES: readonly Page[] = [
	{
		name: 'list of 50 (ministry)',
		cookie: ({ mofcom }) => mofcom,
		path: () => `/ministry/reports?year=${LAST_YEAR}&class=mfg&sort=name`,
		floor: () => `/list?year=${LAST_YEAR}&category=manufacturing`,
		holds: '<table',
		goal: HALF_OF_FLOOR,
		scriptBudget: 60_000
	},
	{
		name: 'one enterprise, 10 years',
		cookie: ({ mofcom }) => mofcom,
		path: (index, firms) => `/ministry/enterprises/${firmOf(index, firms)}`,
		floor: (index, firms) => `/enterprise?id=${firmOf(index, firms)}`,
		holds: '<table',
		goal: HALF_OF_FLOOR,
		scriptBudget: undefined
	},
	{
		name: 'list of a province',
		cookie: ({ commerce }) => commerce,
		path: () => `/channel/reports?year=${LAST_YEAR}`,
		floor: () => `/list?year=${LAST_YEAR}&category=manufacturing`,
		holds: '<table',
		goal: undefined,
		scriptBudget: 60_000
	},
	{
		name: 'board of a province',
		cookie: ({ commerce }) => commerce,
		path: () => `/channel/chase?year=${LAST_YEAR}`,
		floor: () => `/board?year=${LAST_YEAR}&channel=440000`,
		holds: '<table',
		goal: undefined,
		scriptBudget: 60_000
	},
	{
		name: 'overview (ministry), floor: kept counts',
		cookie: ({ mofcom }) => mofcom,
		path: () => `/ministry/progress?year=${LAST_YEAR}`,
		floor: () => `/overview?year=${LAST_YEAR}`,
		holds: '<table',
		goal: undefined,
		scriptBudget: 60_000
	},
	{
		name: 'overview (ministry), floor: counting rows',
		cookie: ({ mofcom }) => mofcom,
		path: () => `/ministry/progress?year=${LAST_YEAR}`,
		floor: () => `/overview?year=${LAST_YEAR}&live=1`,
		holds: '<table',
		goal: undefined,
		scriptBudget: undefined
	},
	{
		name: 'what enterprises ask for (ministry)',
		cookie: ({ mofcom }) => mofcom,
		path: () => `/ministry/needs?year=${LAST_YEAR}`,
		floor: () => `/list?year=${LAST_YEAR}&category=manufacturing`,
		holds: '<table',
		goal: undefined,
		scriptBudget: 60_000
	},
	{
		name: 'workbench (ministry)',
		cookie: ({ mofcom }) => mofcom,
		path: () => '/ministry/home',
		floor: () => `/overview?year=${LAST_YEAR}`,
		holds: '<table',
		goal: undefined,
		scriptBudget: undefined
	},
	{
		name: 'register, first page',
		cookie: () => undefined,
		path: () => '/enterprises',
		floor: () => '/register',
		holds: '<table',
		goal: undefined,
		scriptBudget: 0
	}
];
