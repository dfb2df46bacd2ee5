import { fail, redirect } from '@sveltejs/kit';
import { ENTERPRISE } from '#lib/domain/parties.ts';
import { formFor, fieldsOf, keysOf } from '#lib/domain/form/annual-report-form.ts';
import { whyUnsavable } from '#lib/domain/form/number-reading.ts';
import { readShownVersions } from '#lib/forms/filing-answers.ts';
import { readForm } from '#lib/forms/read-form.ts';
import { notFound, requireActor } from '#lib/server/access.ts';
import { answerReturnComment } from '#lib/server/acts/report/answer-return-comment.ts';
import { saveAnswers } from '#lib/server/acts/report/save-answers.ts';
import { refusedInWords } from '#lib/server/answer.ts';
import { ownReport } from '#lib/server/pages/own-report.ts';
import { readFilingSection } from '#lib/server/reads/enterprise/filing-section.ts';
import type { Actions, PageServerLoad, RequestEvent } from './$types';

export const load: PageServerLoad = async (event) => {
	const actor = requireActor(event, ENTERPRISE);
	const now = event.locals.now();
	const filing = (await readFilingSection(actor, event.params.year, event.params.section, now)) ?? notFound(event);
	if (filing.section === 'attachments') redirect(303, `${filing.head.path}/files`);
	// Nobody has begun: the task list says how, and begins with what is known.
	if (filing.head.state === 'not_started') redirect(303, filing.head.path);
	return { filing, now };
};

/** The whole section as a plain form posts it: a box that is missing was not shown and stays as it is. */
async function save(event: RequestEvent) {
	const actor = requireActor(event, ENTERPRISE);
	const filing = (await readFilingSection(actor, event.params.year, event.params.section, event.locals.now())) ?? notFound(event);
	const { head, section, boxes } = filing;
	const posted = await readForm(event);
	const shown = readShownVersions(posted.text('shown'));
	const form = formFor(head.formVersion, head.category);
	const keys =
		form === null
			? []
			: fieldsOf(form, section)
					.filter((field) => !field.shownOnly)
					.flatMap(keysOf);
	const explained = Object.keys(posted.fields)
		.filter((key) => key.startsWith('explain:'))
		.slice(0, 100);
	const changes = [...keys, ...explained].flatMap((key) => {
		// A browser sends line ends as CRLF; what was not touched must not look changed.
		const typed = posted.has(key) ? posted.text(key).replace(/\r\n/g, '\n') : null;
		return typed === null || typed === (boxes[key]?.typed ?? '') ? [] : [{ key, typed, baseVersion: shown[key] ?? 0 }];
	});
	const values = Object.fromEntries(changes.map(({ key, typed }) => [key, typed]));
	const refused = changes.flatMap(({ key, typed }) => {
		const code = whyUnsavable(typed);
		return code === null ? [] : [{ key, code }];
	});
	const done = await saveAnswers(
		actor,
		head.reportId,
		changes.filter(({ typed }) => whyUnsavable(typed) === null)
	);
	if (!done.ok) return refusedInWords(event, done.refusal, { values });
	if (refused.length > 0 || done.conflicts.length > 0) return fail(400, { unsavable: refused, conflicts: done.conflicts, values });
	const next = posted.text('next');
	if (form?.sections.some((known) => known === next)) redirect(303, `${head.path}/${next === 'attachments' ? 'files' : next}`);
	if (next === 'check') redirect(303, `${head.path}/check`);
	return { savedAt: done.savedAt };
}

export const actions: Actions = {
	save,
	/** Answers one remark of the return (domain.md 2: the resubmission answers each). */
	answer: async (event) => {
		const { actor, report } = await ownReport(event);
		const posted = await readForm(event);
		const [commentId, answer] = [posted.text('comment'), posted.text('answer')];
		if (!/^\d{1,18}$/.test(commentId)) notFound(event);
		const code = whyUnsavable(answer) ?? (answer.length > 2_000 ? 'text_too_long' : null);
		if (code !== null) return fail(400, { answered: commentId, answer, problem: code });
		const done = await answerReturnComment(actor, report.id, commentId, answer);
		if (!done.ok) return refusedInWords(event, done.refusal, { answered: commentId, answer });
		return { answered: commentId, answer };
	}
};
