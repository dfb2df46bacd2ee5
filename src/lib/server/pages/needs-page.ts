import { fail, redirect, type RequestEvent } from '@sveltejs/kit';
import { NEED_KINDS, NEED_STATES } from '#lib/domain/need-state.ts';
import type { OrganisationKind } from '#lib/domain/parties.ts';
import { needOffice } from '#lib/domain/report/need.ts';
import { asked, notFoundIn, TABLE_KEYS } from '#lib/forms/asked.ts';
import { problemsOf } from '#lib/forms/channel.ts';
import { AnswerNeedForm, PassOnNeedForm } from '#lib/forms/need.ts';
import { readForm } from '#lib/forms/read-form.ts';
import { m } from '#lib/paraglide/messages.js';
import type { Actor } from '#lib/server/actor.ts';
import { notFound, requireActor } from '#lib/server/access.ts';
import { answerNeed } from '#lib/server/acts/report/answer-need.ts';
import { passOnNeed } from '#lib/server/acts/report/pass-on-need.ts';
import { takeUpNeed } from '#lib/server/acts/report/take-up-need.ts';
import { refused } from '#lib/server/answer.ts';
import { needsForExport, needsList, NEED_OWNERS, type ListedNeed, type NeedsQuery } from '#lib/server/reads/office/needs-list.ts';
import { needOfOffice } from '#lib/server/reads/office/shown-need.ts';
import { instantKey, turnAsked, turnTexts } from '#lib/server/reads/page.ts';
import { instantColumn, textColumn, yearColumn } from '#lib/server/sheets/sheet-column.ts';
import { needKindWord, needOfficeText, needStateMark } from '#lib/words/need-words.ts';
import { categoryWord } from '#lib/words/words.ts';
import { formatNumber } from '#lib/words/format.ts';
import type { ExportedTable } from './list-export.ts';
import { recordOf } from './record-address.ts';
import { placeName } from '#lib/words/place-words.ts';

/** The list an address asks for: q, state, kind, year, class, region, owner, after, before. */
export function needsQueryOf(params: URLSearchParams): { readonly query: NeedsQuery; readonly ignored: readonly string[] } {
	const of = asked(params);
	const query: NeedsQuery = {
		q: of.search('q'),
		state: of.oneOf('state', [...NEED_STATES, 'mine']),
		kind: of.oneOf('kind', NEED_KINDS),
		year: of.year('year'),
		category: of.classOf('class'),
		channelId: of.channel('region'),
		owner: of.oneOf('owner', NEED_OWNERS),
		...turnAsked(of, instantKey)
	};
	return { query, ignored: of.ignored(TABLE_KEYS) };
}

/** What /ministry/needs and /channel/needs show; the scope of who asks makes the difference. */
export async function needsPage(event: RequestEvent, kinds: readonly OrganisationKind[]) {
	const actor = requireActor(event, kinds);
	const { query, ignored } = needsQueryOf(event.url.searchParams);
	const found = await needsList(actor, query);
	const unknownYear = query.year !== null && !found.years.includes(query.year) ? ['year'] : [];
	return {
		...found,
		...turnTexts(found),
		state: query.state,
		ignored: [...ignored, ...unknownYear, ...notFoundIn({ channelId: query.channelId }, { channels: found.channels })],
		now: event.locals.now()
	};
}

type Found = Awaited<ReturnType<typeof needsForExport>>;
type Exported = { readonly query: NeedsQuery; readonly params: URLSearchParams; readonly ignored: readonly string[] };

/** The list as `listExport` wants it: what is asked for and answered stands whole in its cell. @param filtersOf the words of what the address asks for */
export function needsExport(
	kinds: readonly OrganisationKind[],
	filtersOf: (found: Found, params: URLSearchParams, ignored: readonly string[]) => readonly { readonly label: string; readonly text: string }[]
) {
	return {
		kinds,
		queryOf: needsQueryOf,
		read: (actor: Actor, query: NeedsQuery) => needsForExport(actor, query),
		table: (found: Found, { query, params, ignored }: Exported): ExportedTable<ListedNeed> => ({
			title: m.need_list(),
			filters: [
				...(query.state === null
					? []
					: [{ label: m.need_column_state(), text: query.state === 'mine' ? m.need_tab_mine() : needStateMark[query.state].word() }]),
				...filtersOf(found, params, ignored)
			],
			notes: found.more ? [m.sheet_more({ count: formatNumber(found.rows.length) })] : [],
			columns: [
				textColumn<ListedNeed>(m.need_column_enterprise(), (row) => row.enterpriseName),
				textColumn<ListedNeed>(m.need_column_channel(), (row) => placeName(row.channelName)),
				textColumn<ListedNeed>(m.need_column_category(), (row) => categoryWord[row.category]()),
				yearColumn<ListedNeed>(m.need_column_year(), (row) => row.year),
				textColumn<ListedNeed>(m.need_column_kind(), (row) => needKindWord[row.kind]()),
				textColumn<ListedNeed>(m.need_column_text(), (row) => row.text),
				instantColumn<ListedNeed>(m.need_column_said(), (row) => row.saidAt),
				textColumn<ListedNeed>(m.need_column_state(), (row) => needStateMark[row.state].word()),
				textColumn<ListedNeed>(m.need_column_owner(), needOfficeText),
				textColumn<ListedNeed>(m.need_column_answer(), (row) => row.answer)
			],
			rows: found.rows
		})
	};
}

/** The page of one need as a ministry and a channel have it: what is asked for, and taking it up, passing it on, answering it. */
export function needPage(kinds: readonly OrganisationKind[], path: string) {
	const needOf = (event: Pick<RequestEvent, 'locals' | 'url' | 'request' | 'params'>) => {
		const { actor, id } = recordOf(event, kinds);
		return { actor, id, here: `${path}/${id}` };
	};
	return {
		load: async (event: RequestEvent) => {
			const { actor, id } = needOf(event);
			const found = (await needOfOffice(actor, id)) ?? notFound(event);
			return { ...found, office: needOffice(actor.orgKind) ?? notFound(event) };
		},
		takeUp: async (event: RequestEvent) => {
			const { actor, id, here } = needOf(event);
			const done = await takeUpNeed(actor, id);
			if (!done.ok) return refused(event, done.refusal, { act: 'takeUp' as const });
			redirect(303, `${here}?done=taken_up`);
		},
		passOn: async (event: RequestEvent) => {
			const { actor, id, here } = needOf(event);
			const values = (await readForm(event)).texts(['to', 'remark']);
			const read = PassOnNeedForm.safeParse(values);
			if (!read.success) return fail(400, { act: 'passOn' as const, values, problems: problemsOf(read.error) });
			const done = await passOnNeed(actor, id, read.data.to, read.data.remark);
			if (!done.ok) return refused(event, done.refusal, { act: 'passOn' as const, values });
			redirect(303, `${here}?done=passed_on`);
		},
		/** Written first, looked at next, sent last: what the enterprise reads is shown before it is told. */
		answer: async (event: RequestEvent) => {
			const { actor, id, here } = needOf(event);
			const form = await readForm(event);
			const [step, values] = [form.text('step'), { answer: form.text('answer') }];
			const kept = { act: 'answer' as const, values };
			if (step === 'edit') return { ...kept, preview: false };
			const read = AnswerNeedForm.safeParse({ version: form.text('version'), ...values });
			if (!read.success) return fail(400, { ...kept, problems: problemsOf(read.error) });
			if (step !== 'send') return { ...kept, preview: true };
			const done = await answerNeed(actor, id, { text: read.data.answer, versionNo: read.data.version });
			if (!done.ok) return refused(event, done.refusal, kept);
			redirect(303, `${here}?done=answered`);
		}
	};
}
