import { fail, redirect } from '@sveltejs/kit';
import { ENTERPRISE } from '#lib/domain/parties.ts';
import { readForm } from '#lib/forms/read-form.ts';
import { notFound, requireActor } from '#lib/server/access.ts';
import { sendReceipt } from '#lib/server/acts/report/send-receipt.ts';
import { linkTo } from '#lib/server/mail/mail.ts';
import { qrCode } from '#lib/server/files/qr-code.ts';
import { readOwnReport } from '#lib/server/reads/enterprise/filing-report.ts';
import { readReportVersion, versionAsked } from '#lib/server/reads/enterprise/report-version.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
	const actor = requireActor(event, ENTERPRISE);
	const asked = versionAsked(event.url.searchParams.get('version'));
	const found = await readReportVersion(actor, event.params.year, asked ?? null);
	if (found === null) {
		// Nothing was submitted yet: the task list says so. A version that never was is not there.
		const own = (asked ?? null) === null ? await readOwnReport(actor, event.params.year) : null;
		if (own) redirect(307, own.path);
		notFound(event);
	}
	const { content: _, ...version } = found;
	const verify = linkTo(`/verify?receipt=${encodeURIComponent(found.receiptNo)}&hash=${found.contentHash.slice(-6)}`);
	return { version, qr: qrCode(verify), ignored: asked === undefined };
};

export const actions: Actions = {
	send: async (event) => {
		const actor = requireActor(event, ENTERPRISE);
		const own = (await readOwnReport(actor, event.params.year)) ?? notFound(event);
		const form = await readForm(event);
		const [to, version] = [form.text('to'), versionAsked(form.text('version'))];
		if (to === '') return fail(400, { problem: 'nobody' as const });
		const done = await sendReceipt(actor, own.id, version ?? 0, to);
		if (!done.ok) notFound(event);
		return { sent: done.name };
	}
};
