/** 通报: the ministries tell the channels how each of them stands, in counts that add up. */
import { honestPermille, standingsOf, type LetterYear } from '#lib/domain/chase/official-letter.ts';
import { dayInBeijing } from '#lib/domain/day.ts';
import { chineseNumeral, type OfficialPaper, type PaperBlock } from '#lib/domain/official-paper.ts';
import type { Category } from '#lib/domain/parties.ts';
import { openOf, rateOf, totalOf, type ProgressCounts } from '#lib/domain/report/progress.ts';
import { m } from '#lib/paraglide/messages.js';
import { formatNumber, formatRate } from '#lib/words/format.ts';
import { addresseesOf, scopeText, type AddressedChannel } from './letter-channels.ts';
import { basisText, headings, instantText, joined, paperOf, paragraph, partsText, ZH, type LetterFrame } from './letter-words.ts';

export interface CircularLetter {
	readonly year: LetterYear;
	readonly channels: readonly (AddressedChannel & { readonly counts: ProgressCounts })[];
	/** Nobody of the view was left out. */
	readonly everyone: boolean;
	readonly scope: { readonly category: Category | null; readonly cohort: number | null };
	readonly now: Date;
}

/** A ministry, or both, to all channels or some. */
export function circularLetter(frame: LetterFrame, { year, channels, everyone, scope, now }: CircularLetter): OfficialPaper {
	const heading = headings();
	const total = totalOf(channels.map(({ counts }) => counts));
	const { complete, missing } = standingsOf(channels);
	const said = { year: year.year, at: instantText(now), channels: channels.length };
	const figures = { expected: formatNumber(total.expected), forwarded: formatNumber(total.forwarded), missing: formatNumber(total.missing) };
	const sub = subheadings();
	return paperOf(frame, {
		title: m.letter_title_circular({ year: year.year }, ZH),
		addressees: addresseesOf(channels, everyone),
		text: [
			heading(m.letter_heading_basis),
			paragraph(basisText(year)),
			heading(m.letter_heading_total),
			paragraph(
				m.letter_total_expected({ ...said, ...figures }, ZH),
				scopeText(scope),
				total.expected > 0 ? m.letter_total_parts({ expected: figures.expected, parts: partsText(partsOf(total)) }, ZH) : '',
				rateSentence(total, year, now),
				total.not_filed + total.not_delivered > 0
					? m.letter_total_closed({ notFiled: formatNumber(total.not_filed), notDelivered: formatNumber(total.not_delivered) }, ZH)
					: '',
				total.excused > 0 ? m.letter_total_excused({ count: formatNumber(total.excused) }, ZH) : ''
			),
			heading(m.letter_heading_channels),
			...(complete.length === 0 ? [] : [sub(m.letter_heading_complete, complete.length), paragraph(`${joined(complete.map(({ name }) => name))}。`)]),
			...(missing.length === 0
				? []
				: [
						sub(m.letter_heading_missing, missing.length),
						paragraph(`${joined(missing.map(({ name, counts }) => m.letter_named({ name, count: formatNumber(counts.missing) }, ZH)))}。`)
					]),
			paragraph(m.letter_see_annex({}, ZH), m.letter_decides_nothing({}, ZH)),
			paragraph(m.letter_close_circular({}, ZH))
		],
		annexes: [{ title: m.letter_annex_standing({ year: year.year }, ZH), blocks: [standingTable(channels, total)] }]
	});
}

function subheadings() {
	let count = 0;
	return (word: (about: { no: string; count: number }, options: typeof ZH) => string, channels: number): PaperBlock => {
		count += 1;
		return { kind: 'heading', level: 2, text: word({ no: chineseNumeral(count), count: channels }, ZH) };
	};
}

/** The parts of what is owed: they add up to it. */
function partsOf(counts: ProgressCounts): (readonly [string, number])[] {
	return [
		[m.letter_column_on_time({}, ZH), counts.on_time],
		[m.letter_column_extended({}, ZH), counts.extended],
		[m.letter_column_overdue({}, ZH), counts.overdue],
		[m.letter_total_open({}, ZH), openOf(counts)],
		[`${m.letter_column_excused({}, ZH)}${m.letter_column_pending({}, ZH)}`, counts.excuse_pending]
	];
}

/** The share with its parts; before the date there is none of on time. */
function rateSentence(counts: ProgressCounts, year: LetterYear, now: Date): string {
	const { kind, part, whole } = rateOf(counts, year, dayInBeijing(now));
	const permille = honestPermille(part, whole);
	if (permille === null) return '';
	const said = { rate: formatRate(permille / 1000), part: formatNumber(part), whole: formatNumber(whole) };
	return kind === 'on_time' ? m.letter_total_rate_on_time(said, ZH) : m.letter_total_rate_so_far(said, ZH);
}

/** What is zero everywhere has no column. */
function standingTable(channels: CircularLetter['channels'], total: ProgressCounts): PaperBlock {
	const always: readonly (readonly [string, (counts: ProgressCounts) => number])[] = [
		[m.letter_column_expected({}, ZH), ({ expected }) => expected],
		[m.letter_column_forwarded({}, ZH), ({ forwarded }) => forwarded],
		[m.letter_column_missing({}, ZH), ({ missing }) => missing],
		[m.letter_column_on_time({}, ZH), ({ on_time }) => on_time],
		[m.letter_column_overdue({}, ZH), ({ overdue }) => overdue]
	];
	const where: readonly (readonly [string, (counts: ProgressCounts) => number])[] = [
		[m.letter_column_extended({}, ZH), ({ extended }) => extended],
		[m.letter_column_open({}, ZH), openOf],
		[m.letter_column_pending({}, ZH), ({ excuse_pending }) => excuse_pending],
		[m.letter_column_excused({}, ZH), ({ excused }) => excused],
		[m.letter_column_not_filed({}, ZH), ({ not_filed }) => not_filed],
		[m.letter_column_not_delivered({}, ZH), ({ not_delivered }) => not_delivered]
	];
	const shown = [...always, ...where.filter(([, of]) => of(total) > 0)];
	const width = Math.floor((100 - 20) / shown.length);
	const cells = (counts: ProgressCounts) => shown.map(([, of]) => formatNumber(of(counts)));
	return {
		kind: 'table',
		totalled: true,
		notes: [m.letter_note_standing({}, ZH)],
		columns: [
			{ header: m.letter_column_channel({}, ZH), width: 100 - width * shown.length, align: 'left' },
			...shown.map(([header]) => ({ header, width, align: 'centre' as const }))
		],
		rows: [...channels.map(({ name, counts }) => [name, ...cells(counts)]), [m.letter_total({}, ZH), ...cells(total)]]
	};
}
