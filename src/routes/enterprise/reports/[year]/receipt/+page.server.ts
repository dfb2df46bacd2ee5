import { fail } from '@sveltejs/kit';
import { readForm } from '#lib/forms/read-form.ts';
import { notFound } from '#lib/server/access.ts';
import { sendReceipt } from '#lib/server/acts/report/send-receipt.ts';
import { linkTo } from '#lib/server/mail/mail.ts';
import { qrCode } from '#lib/server/files/qr-code.ts';
import { ownReport, ownVersion } from '#lib/server/pages/own-report.ts';
import { versionAsked } from '#lib/server/reads/enterprise/report-version.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
	const { found, ignored } = await ownVersion(event);
	const { content: _, ...version } = found;
	const verify = linkTo(`/verify?receipt=${encodeURIComponent(found.receiptNo)}&hash=${found.contentHash.slice(-6)}`);
	return { version, qr: qrCode(verify), ignored };
};

export const actions: Actions = {
	send: async (event) => {
		const { actor, report: own } = await ownReport(event);
		const form = await readForm(event);
		const [to, version] = [form.text('to'), versionAsked(form.text('version'))];
		if (to === '') return fail(400, { problem: 'nobody' as const });
		const done = await sendReceipt(actor, own.id, version ?? 0, to);
		if (!done.ok) notFound(event);
		return { sent: done.name };
	}
};
