import { COURTS, type Court } from '#lib/domain/court.ts';
import { CATEGORIES } from '#lib/domain/parties.ts';
import { REPORT_STATES, type ReportState } from '#lib/domain/report-state.ts';
import { CHANNEL_REPORT_SORTS, type ChannelReportsQuery, type Place } from '#lib/server/reads/channel-reports.ts';

/** The list an address asks for. What is unknown or makes no sense is left out and named, never refused. */
export function listQueryOf(params: URLSearchParams): { readonly query: ChannelReportsQuery; readonly ignored: readonly string[] } {
	const ignored: string[] = [];
	const given = (name: string): string | null => {
		const text = params.get(name);
		return text === null || text === '' ? null : text;
	};
	const oneOf = <T extends string>(name: string, allowed: readonly T[]): T | null => {
		const text = given(name);
		const found = allowed.find((value) => value === text) ?? null;
		if (text !== null && found === null) ignored.push(name);
		return found;
	};
	const yearOf = (name: string): number | null => {
		const text = given(name);
		if (text === null) return null;
		if (/^2\d{3}$/.test(text)) return Number(text);
		ignored.push(name);
		return null;
	};
	const states = params.getAll('state').flatMap((text) => text.split(',')).filter((text) => text !== '');
	if (states.some((state) => !REPORT_STATES.some((known) => known === state))) ignored.push('state');
	const sort = given('sort') ?? '-flags';
	const field = sort.replace(/^-/, '');
	const known = CHANNEL_REPORT_SORTS.find((value) => value === field);
	if (!known) ignored.push('sort');
	const q = given('q')?.replace(/\p{Cc}/gu, '').trim() ?? '';
	if (q.length > 100) ignored.push('q');
	const place = (name: string): Place | null => {
		const text = given(name);
		if (text === null) return null;
		const found = /^([1-9]\d{0,17})~([^\u0000]*)$/su.exec(text);
		if (found && found[1] && found[2] !== undefined && found[2].length <= 300) return { id: found[1], key: found[2] };
		ignored.push(name);
		return null;
	};
	const before = place('before');
	return {
		query: {
			year: yearOf('year'),
			court: oneOf<Court>('court', COURTS),
			states: states.filter((state): state is ReportState => REPORT_STATES.some((one) => one === state)),
			category: oneOf('category', CATEGORIES),
			cohort: yearOf('cohort'),
			q: q.length > 100 ? '' : q,
			sort: known ?? 'flags',
			descending: known ? sort.startsWith('-') : true,
			after: before ? null : place('after'),
			before
		},
		ignored
	};
}

/** A place in the list as it stands in an address. */
export function placeText(place: Place): string {
	return `${place.id}~${place.key}`;
}
