/** 催办函: of a department to its enterprises, and of a ministry to the channels. It names who, since when, until when and whose the late days are. */
import { heldCounts, type HeldCounts, type LetterLine, type LetterYear } from '#lib/domain/chase/official-letter.ts';
import type { Day } from '#lib/domain/day.ts';
import type { OfficialPaper, PaperBlock, PaperColumn } from '#lib/domain/official-paper.ts';
import type { Category, ChannelKind } from '#lib/domain/parties.ts';
import { m } from '#lib/paraglide/messages.js';
import { categoryWord } from '#lib/words/words.ts';
import { formatNumber } from '#lib/words/format.ts';
import { addresseesOf, scopeText, type AddressedChannel } from './letter-channels.ts';
import {
	basisText,
	dateCell,
	dateText,
	headings,
	instantText,
	joined,
	lateCell,
	lateText,
	ownerWord,
	paperOf,
	paragraph,
	partsText,
	ZH,
	type LetterFrame
} from './letter-words.ts';

/** So many enterprises are addressed by name; more are addressed together, and named in the list. */
const ADDRESSED_BY_NAME = 4;

const column = (header: string, width: number, align: PaperColumn['align'] = 'centre'): PaperColumn => ({ header, width, align });

const stateWord = { not_started: m.letter_state_not_started, draft: m.letter_state_draft, returned: m.letter_state_returned } as const;
type WithEnterprise = keyof typeof stateWord;
const stateOf = ({ state }: Pick<LetterLine, 'state'>): WithEnterprise => (state === 'not_started' || state === 'returned' ? state : 'draft');

export interface EnterprisesLetter {
	readonly year: LetterYear;
	/** The enterprises' date at this channel. */
	readonly channelDueOn: Day;
	readonly channelKind: ChannelKind;
	/** All of them with their enterprises. */
	readonly lines: readonly LetterLine[];
	readonly now: Date;
}

/** A department, or both of a province, to the enterprises that have not submitted. */
export function enterprisesLetter(frame: LetterFrame, { year, channelDueOn, channelKind, lines, now }: EnterprisesLetter): OfficialPaper {
	const heading = headings();
	const channel = channelKind === 'province' ? m.letter_channel_province({}, ZH) : m.letter_channel_group({}, ZH);
	const firms = [...new Set(lines.map(({ enterpriseName }) => enterpriseName))];
	const pastOwn = lines.filter(({ daysPastOwn }) => daysPastOwn > 0).length;
	const states = (['not_started', 'draft', 'returned'] as const).map(
		(state) => [stateWord[state]({}, ZH), lines.filter((line) => stateOf(line) === state).length] as const
	);
	const annex = m.letter_annex_enterprises({ year: year.year }, ZH);
	return paperOf(frame, {
		title: m.letter_title_urging({ year: year.year }, ZH),
		addressees: enterprisesAddressed(lines),
		text: [
			heading(m.letter_heading_basis),
			paragraph(basisText(year), m.letter_due_channel({ channel, date: dateText(channelDueOn) }, ZH)),
			heading(m.letter_heading_standing),
			paragraph(
				m.letter_standing_enterprises(
					{ at: instantText(now), firms: formatNumber(firms.length), count: formatNumber(lines.length), year: year.year, channel, parts: partsText(states) },
					ZH
				),
				pastOwn > 0 ? m.letter_past_own({ count: formatNumber(pastOwn) }, ZH) : '',
				lateText(lines)
			),
			heading(m.letter_heading_ask),
			paragraph(m.letter_ask_enterprises({}, ZH), m.letter_decides_nothing({}, ZH)),
			paragraph(m.letter_close_urging({}, ZH))
		],
		annexes: [
			{
				title: annex,
				blocks: [
					{
						kind: 'table',
						totalled: false,
						notes: [m.letter_note_clocks({}, ZH)],
						columns: [
							column(m.letter_column_no({}, ZH), 7),
							column(m.letter_column_enterprise({}, ZH), 26, 'left'),
							column(m.letter_column_category({}, ZH), 12),
							column(m.letter_column_state({}, ZH), 11),
							column(m.letter_column_since({}, ZH), 11),
							column(m.letter_column_due({}, ZH), 11),
							column(m.letter_column_late({}, ZH), 22, 'left')
						],
						rows: lines.map((line, index) => [
							String(index + 1),
							line.enterpriseName,
							categoryWord[line.category]({}, ZH),
							stateWord[stateOf(line)]({}, ZH),
							dateCell(line.sinceOn, year.year),
							dateCell(line.ownDueOn, year.year),
							lateCell(line)
						])
					}
				]
			}
		]
	});
}

/** To whom it goes where nobody says otherwise. */
export function enterprisesAddressed(lines: readonly Pick<LetterLine, 'enterpriseName'>[]): string {
	const firms = [...new Set(lines.map(({ enterpriseName }) => enterpriseName))];
	return firms.length <= ADDRESSED_BY_NAME ? joined(firms) : m.letter_to_enterprises({}, ZH);
}

export interface ChannelsLetter {
	readonly year: LetterYear;
	readonly channels: readonly (AddressedChannel & { readonly lines: readonly LetterLine[] })[];
	/** The view the reports were chosen by. */
	readonly scope: { readonly category: Category | null; readonly cohort: number | null };
	/** Reports of these and other channels that await the ministries' word. */
	readonly pending: number;
	readonly now: Date;
}

const HELD = ['enterprise', 'commerce', 'industry', 'departments', 'group', 'channel'] as const;
const heldWord = {
	enterprise: m.letter_held_enterprise,
	commerce: m.letter_held_commerce,
	industry: m.letter_held_industry,
	departments: m.letter_held_departments,
	group: m.letter_held_group,
	channel: m.letter_held_channel
} as const;

/** A ministry, or both, to the channels that owe reports. */
export function channelsLetter(frame: LetterFrame, { year, channels, scope, pending, now }: ChannelsLetter): OfficialPaper {
	const heading = headings();
	const lines = channels.flatMap((channel) => channel.lines);
	const all = heldCounts(lines);
	return paperOf(frame, {
		title: m.letter_title_urging({ year: year.year }, ZH),
		addressees: addresseesOf(channels, false),
		text: [
			heading(m.letter_heading_basis),
			paragraph(basisText(year)),
			heading(m.letter_heading_standing),
			paragraph(
				m.letter_standing_channels(
					{
						at: instantText(now),
						channels: channels.length,
						year: year.year,
						count: formatNumber(all.reports),
						parts: partsText(HELD.map((held) => [heldWord[held]({}, ZH), all[held]] as const))
					},
					ZH
				),
				scopeText(scope),
				lateText(lines),
				pending > 0 ? m.letter_pending_left_out({ count: formatNumber(pending) }, ZH) : ''
			),
			heading(m.letter_heading_ask),
			paragraph(m.letter_ask_channels({}, ZH), m.letter_decides_nothing({}, ZH)),
			paragraph(m.letter_close_urging({}, ZH))
		],
		annexes: [
			{ title: m.letter_annex_channels({ year: year.year }, ZH), blocks: [heldTable(channels, all)] },
			{ title: m.letter_annex_reports({ year: year.year }, ZH), blocks: [reportsTable(channels, year.year)] }
		]
	});
}

/** Only holders that hold something have a column; each row adds up to its first figure, each column to the last row. */
function heldTable(channels: ChannelsLetter['channels'], all: HeldCounts): PaperBlock {
	const shown = HELD.filter((held) => all[held] > 0);
	const width = Math.floor((100 - 20) / (shown.length + 2));
	const cells = (counts: HeldCounts) => [counts.reports, ...shown.map((held) => counts[held]), counts.late].map(formatNumber);
	return {
		kind: 'table',
		totalled: true,
		notes: [m.letter_note_held({}, ZH)],
		columns: [
			column(m.letter_column_channel({}, ZH), 100 - width * (shown.length + 2), 'left'),
			column(m.letter_column_missing({}, ZH), width),
			...shown.map((held) => column(heldWord[held]({}, ZH), width)),
			column(m.letter_column_overdue_now({}, ZH), width)
		],
		rows: [...channels.map((channel) => [channel.name, ...cells(heldCounts(channel.lines))]), [m.letter_total({}, ZH), ...cells(all)]]
	};
}

function reportsTable(channels: ChannelsLetter['channels'], year: number): PaperBlock {
	const rows = channels.flatMap(({ name, lines }) => lines.map((line) => ({ name, line })));
	return {
		kind: 'table',
		totalled: false,
		notes: [m.letter_note_reports({}, ZH)],
		columns: [
			column(m.letter_column_no({}, ZH), 7),
			column(m.letter_column_channel({}, ZH), 12, 'left'),
			column(m.letter_column_enterprise({}, ZH), 23, 'left'),
			column(m.letter_column_category({}, ZH), 11),
			column(m.letter_column_holder({}, ZH), 11),
			column(m.letter_column_since({}, ZH), 11),
			column(m.letter_column_due({}, ZH), 11),
			column(m.letter_column_late({}, ZH), 14, 'left')
		],
		rows: rows.map(({ name, line }, index) => [
			String(index + 1),
			name,
			line.enterpriseName,
			categoryWord[line.category]({}, ZH),
			ownerWord[line.court]({}, ZH),
			dateCell(line.sinceOn, year),
			dateCell(line.ministryDueOn, year),
			lateCell({ ...line, daysPastOwn: 0 })
		])
	};
}
