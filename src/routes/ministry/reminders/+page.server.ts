import { redirect } from '@sveltejs/kit';
import { MINISTRIES } from '#lib/domain/parties.ts';
import { addDays, dayInBeijing, parseDay, type Day } from '#lib/domain/day.ts';
import { ladderOf, type LadderStep } from '#lib/domain/chase/reminder-ladder.ts';
import { checkReminderPolicy, type ReminderPolicy } from '#lib/domain/chase/reminder-policy.ts';
import type { WorkingCalendar } from '#lib/domain/working-calendar.ts';
import { asked } from '#lib/forms/asked.ts';
import { readForm } from '#lib/forms/read-form.ts';
import { PARAGRAPH_FIELDS, POLICY_FIELDS, readReminderPolicy } from '#lib/forms/reminder-policy.ts';
import { requireActor } from '#lib/server/access.ts';
import { setReminderPolicy } from '#lib/server/acts/chase/set-reminder-policy.ts';
import { refused } from '#lib/server/answer.ts';
import { listChannels } from '#lib/server/reads/office/channel-choices.ts';
import { ministryReminderPreview } from '#lib/server/reads/ministry/ministry-reminder-preview.ts';
import { ministryReminders } from '#lib/server/reads/ministry/ministry-reminders.ts';
import type { Actions, PageServerLoad, RequestEvent } from './$types';

/** What the ladder comes to for the two dates of a year: the enterprises' at their channel and the channels' at the ministries. */
export interface YearPlan {
	readonly year: number;
	readonly dates: readonly { readonly party: 'enterprise' | 'channel'; readonly dueOn: Day; readonly steps: readonly LadderStep[] }[];
}

function plansOf(years: readonly { year: number; channelDueOn: Day; ministryDueOn: Day }[], policy: ReminderPolicy, calendar: WorkingCalendar): YearPlan[] {
	const stepsOf = (dueOn: Day) => ladderOf(dueOn, policy, addDays(dueOn, -130), addDays(dueOn, 35), calendar);
	return years.map(({ year, channelDueOn, ministryDueOn }) => ({
		year,
		dates: [
			{ party: 'enterprise', dueOn: channelDueOn, steps: stepsOf(channelDueOn) },
			{ party: 'channel', dueOn: ministryDueOn, steps: stepsOf(ministryDueOn) }
		]
	}));
}

/** Lines of a dry run on one page. */
const LINES = 100;

/** The dry run an address asks for: a channel and a day; null when none is asked for. */
async function dryRunOf(actor: Parameters<typeof listChannels>[0], url: URL, today: Day) {
	const channels = await listChannels(actor);
	const given = asked(url.searchParams);
	const askedChannel = given.channel('channel');
	const channelId = askedChannel === null ? null : (channels.find(({ id }) => id === askedChannel)?.id ?? given.drop('channel'));
	const askedDay = given.text('on');
	const on = askedDay === null ? today : (parseDay(askedDay) ?? given.drop('on') ?? today);
	const askedPage = given.text('page');
	const page = askedPage === null ? 1 : /^[1-9]\d{0,4}$/.test(askedPage) ? Number(askedPage) : (given.drop('page') ?? 1);
	const ignored = given.ignored(['saved']);
	if (channelId === null) return { channels, chosen: '', on, ignored, preview: null };
	const { lines, ...counts } = await ministryReminderPreview(actor, channelId, on);
	const pages = Math.max(1, Math.ceil(lines.length / LINES));
	const shown = Math.min(page, pages);
	return { channels, chosen: channelId, on, ignored, preview: { ...counts, page: shown, pages, lines: lines.slice((shown - 1) * LINES, shown * LINES) } };
}

export const load: PageServerLoad = async (event) => {
	const actor = requireActor(event, MINISTRIES);
	const now = event.locals.now();
	const today = dayInBeijing(now);
	const { calendar, ...found } = await ministryReminders(actor, today);
	return {
		...found,
		today,
		dryRun: await dryRunOf(actor, event.url, today),
		plans: plansOf(found.years, found.inForce, calendar),
		unknownYears: [...new Set(found.years.flatMap(({ year }) => [year, year + 1]))].filter((year) => !calendar.has(year)).sort((a, b) => a - b),
		mayDecide: actor.duty === 'approver'
	};
};

async function policyOfForm(event: RequestEvent) {
	const actor = requireActor(event, MINISTRIES);
	const form = await readForm(event);
	const values = Object.fromEntries([...POLICY_FIELDS, ...PARAGRAPH_FIELDS, 'onTheDay', 'basedOn'].map((name) => [name, form.text(name)]));
	return { actor, values, read: readReminderPolicy(values) };
}

const unreadable = { code: 'invalid_input', fields: {} } as const;

export const actions: Actions = {
	/** Shows what the typed policy would come to; nothing is saved. */
	preview: async (event) => {
		const { actor, values, read } = await policyOfForm(event);
		if (!read) return refused(event, unreadable, { values });
		const checked = checkReminderPolicy(read.policy);
		if (!checked.ok) return refused(event, checked.refusal, { values });
		const { years, calendar } = await ministryReminders(actor, dayInBeijing(event.locals.now()));
		return { values, preview: plansOf(years, checked.policy, calendar) };
	},
	save: async (event) => {
		const { actor, values, read } = await policyOfForm(event);
		if (!read) return refused(event, unreadable, { values });
		const basedOn = Number(/^\d{1,6}$/.test(values['basedOn'] ?? '') ? values['basedOn'] : -1);
		const done = await setReminderPolicy(actor, read.policy, read.validFromOn, basedOn);
		if (!done.ok) return refused(event, done.refusal, { values });
		redirect(303, `/ministry/reminders?saved=${done.version}`);
	}
};
