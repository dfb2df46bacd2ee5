import { fail, redirect, type RequestEvent } from '@sveltejs/kit';
import { dayInBeijing } from '#lib/domain/day.ts';
import { FOLLOW_UP_STATES } from '#lib/domain/follow-up-state.ts';
import type { OrganisationKind } from '#lib/domain/parties.ts';
import { answerDays } from '#lib/domain/trend/follow-up.ts';
import { TREND_METRICS } from '#lib/domain/trend/trend-metric.ts';
import { asked, notFoundIn, TABLE_KEYS } from '#lib/forms/asked.ts';
import { problemsOf } from '#lib/forms/channel.ts';
import { AnswerFollowUpForm, FollowUpRemarkForm, QuestionForm } from '#lib/forms/follow-up.ts';
import { readForm } from '#lib/forms/read-form.ts';
import { m } from '#lib/paraglide/messages.js';
import type { Actor } from '#lib/server/actor.ts';
import { notFound, requireActor } from '#lib/server/access.ts';
import { acceptFollowUp } from '#lib/server/acts/trend/accept-follow-up.ts';
import { answerFollowUp } from '#lib/server/acts/trend/answer-follow-up.ts';
import { askFollowUpAgain } from '#lib/server/acts/trend/ask-follow-up-again.ts';
import { passOnFollowUp } from '#lib/server/acts/trend/pass-on-follow-up.ts';
import { withdrawFollowUp } from '#lib/server/acts/trend/withdraw-follow-up.ts';
import { refused } from '#lib/server/answer.ts';
import { followUpsForExport, followUpsList, type FollowUpsQuery, type ListedFollowUp } from '#lib/server/reads/office/follow-ups-list.ts';
import { followUpOf } from '#lib/server/reads/office/shown-follow-up.ts';
import { instantKey, turnAsked, turnTexts } from '#lib/server/reads/page.ts';
import { figureFormat } from '#lib/server/sheets/figure-format.ts';
import { countColumn, dayColumn, figureCell, instantColumn, textColumn, yearColumn } from '#lib/server/sheets/sheet-column.ts';
import type { Decision } from '#lib/domain/refusal.ts';
import { followUpComparisonWord, followUpStateMark } from '#lib/words/follow-up-words.ts';
import { fieldLabel, unitOf } from '#lib/words/form-words.ts';
import { formatNumber } from '#lib/words/format.ts';
import { placeName } from '#lib/words/place-words.ts';
import { bracketed } from '#lib/words/punctuation.ts';
import { basisWord, categoryWord } from '#lib/words/words.ts';
import type { ExportedTable } from './list-export.ts';
import { recordOf } from './record-address.ts';

/** The list an address asks for: q, state, metric, year, basis, class, region, after, before. */
export function followUpsQueryOf(params: URLSearchParams): { readonly query: FollowUpsQuery; readonly ignored: readonly string[] } {
	const of = asked(params);
	const query: FollowUpsQuery = {
		q: of.search('q'),
		state: of.oneOf('state', [...FOLLOW_UP_STATES, 'mine', 'overdue']),
		metric: of.oneOf(
			'metric',
			TREND_METRICS.map(({ id }) => id)
		),
		year: of.year('year'),
		basis: of.oneOf('basis', ['final', 'forecast']),
		category: of.classOf('class'),
		channelId: of.channel('region'),
		...turnAsked(of, instantKey)
	};
	return { query, ignored: of.ignored([...TABLE_KEYS, 'asked']) };
}

/** What the list shows behind each of its three doors; the scope of who asks makes the difference. */
export async function followUpsPage(event: RequestEvent, kinds: readonly OrganisationKind[]) {
	const actor = requireActor(event, kinds);
	const { query, ignored } = followUpsQueryOf(event.url.searchParams);
	const now = event.locals.now();
	const found = await followUpsList(actor, query, now);
	const unknownYear = query.year !== null && !found.years.includes(query.year) ? ['year'] : [];
	return {
		...found,
		...turnTexts(found),
		state: query.state,
		ignored: [...ignored, ...unknownYear, ...notFoundIn({ channelId: query.channelId }, { channels: found.channels })],
		now
	};
}

type Found = Awaited<ReturnType<typeof followUpsForExport>>;
type Exported = { readonly query: FollowUpsQuery; readonly params: URLSearchParams; readonly ignored: readonly string[] };

/** The list as `listExport` wants it: questions and answers stand whole in their cells. @param filtersOf the words of what the address asks for */
export function followUpsExport(
	kinds: readonly OrganisationKind[],
	filtersOf: (found: Found, params: URLSearchParams, ignored: readonly string[]) => readonly { readonly label: string; readonly text: string }[]
) {
	return {
		kinds,
		queryOf: followUpsQueryOf,
		read: (actor: Actor, query: FollowUpsQuery, now: Date) => followUpsForExport(actor, query, now),
		table: (found: Found, { query, params, ignored }: Exported): ExportedTable<ListedFollowUp> => ({
			title: m.follow_list(),
			filters: [...(query.state === null ? [] : [{ label: m.follow_column_state(), text: stateText(query.state) }]), ...filtersOf(found, params, ignored)],
			notes: found.more ? [m.sheet_more({ count: formatNumber(found.rows.length) })] : [],
			columns: [
				textColumn<ListedFollowUp>(m.follow_column_enterprise(), (row) => row.enterpriseName),
				textColumn<ListedFollowUp>(m.follow_column_channel(), (row) => placeName(row.channelName)),
				textColumn<ListedFollowUp>(m.follow_column_category(), (row) => categoryWord[row.category]()),
				yearColumn<ListedFollowUp>(m.follow_column_year(), (row) => row.year),
				textColumn<ListedFollowUp>(m.follow_column_metric(), ({ metric }) =>
					unitOf(metric) === '' ? fieldLabel(metric) : fieldLabel(metric) + bracketed(unitOf(metric))
				),
				textColumn<ListedFollowUp>(m.follow_column_basis(), (row) => basisWord[row.basis]()),
				{ header: m.follow_column_value(), cell: ({ metric, value }: ListedFollowUp) => figureCell(value, figureFormat(metric)) },
				textColumn<ListedFollowUp>(m.follow_rule(), (row) => followUpComparisonWord[row.comparison]()),
				countColumn<ListedFollowUp>('n', (row) => row.n),
				textColumn<ListedFollowUp>(m.follow_column_state(), (row) => followUpStateMark[row.state].word()),
				countColumn<ListedFollowUp>(m.follow_column_round(), (row) => row.round),
				dayColumn<ListedFollowUp>(m.follow_column_due(), (row) => row.dueOn),
				instantColumn<ListedFollowUp>(m.follow_column_asked(), (row) => row.askedAt),
				textColumn<ListedFollowUp>(m.follow_column_question(), (row) => row.question),
				textColumn<ListedFollowUp>(m.follow_column_answer(), (row) => row.answer)
			],
			rows: found.rows
		})
	};
}

function stateText(state: NonNullable<FollowUpsQuery['state']>): string {
	return state === 'mine' ? m.follow_tab_mine() : state === 'overdue' ? m.follow_tab_overdue() : followUpStateMark[state].word();
}

/** The page of one case behind each of its three doors: what was asked and said, and the acts of whoever has it. */
export function followUpPage(kinds: readonly OrganisationKind[], path: string) {
	const caseOf = (event: Pick<RequestEvent, 'locals' | 'url' | 'request' | 'params'>) => {
		const { actor, id } = recordOf(event, kinds);
		return { actor, id, here: `${path}/${id}` };
	};
	/** An act that takes a remark and nothing else. */
	const withRemark =
		(act: 'passOn' | 'accept' | 'withdraw', done: string, move: (actor: Actor, id: string, remark: string) => Promise<Decision<object>>) =>
		async (event: RequestEvent) => {
			const { actor, id, here } = caseOf(event);
			const values = (await readForm(event)).texts(['remark']);
			const read = FollowUpRemarkForm.safeParse(values);
			if (!read.success) return fail(400, { act, values, problems: problemsOf(read.error) });
			const moved = await move(actor, id, read.data.remark);
			if (!moved.ok) return refused(event, moved.refusal, { act, values });
			redirect(303, `${here}?done=${done}`);
		};
	return {
		load: async (event: RequestEvent) => {
			const { actor, id } = caseOf(event);
			const now = event.locals.now();
			const found = (await followUpOf(actor, id, now)) ?? notFound(event);
			return { ...found, days: answerDays(dayInBeijing(now)), now };
		},
		passOn: withRemark('passOn', 'passed_on', passOnFollowUp),
		accept: withRemark('accept', 'accepted', acceptFollowUp),
		withdraw: withRemark('withdraw', 'withdrawn', withdrawFollowUp),
		/** Written first, looked at next, sent last: it cannot be changed afterwards. */
		answer: async (event: RequestEvent) => {
			const { actor, id, here } = caseOf(event);
			const form = await readForm(event);
			const [step, values] = [form.text('step'), { answer: form.text('answer') }];
			const kept = { act: 'answer' as const, values };
			if (step === 'edit') return { ...kept, preview: false };
			const read = AnswerFollowUpForm.safeParse(values);
			if (!read.success) return fail(400, { ...kept, problems: problemsOf(read.error) });
			if (step !== 'send') return { ...kept, preview: true };
			const done = await answerFollowUp(actor, id, read.data.answer);
			if (!done.ok) return refused(event, done.refusal, kept);
			redirect(303, `${here}?done=answered`);
		},
		again: async (event: RequestEvent) => {
			const { actor, id, here } = caseOf(event);
			const values = (await readForm(event)).texts(['question', 'answerByOn']);
			const kept = { act: 'again' as const, values };
			const read = QuestionForm.safeParse(values);
			if (!read.success) return fail(400, { ...kept, problems: problemsOf(read.error) });
			const done = await askFollowUpAgain(actor, id, { text: read.data.question, dueOn: read.data.answerByOn });
			if (!done.ok) return refused(event, done.refusal, kept);
			redirect(303, `${here}?done=again`);
		}
	};
}
