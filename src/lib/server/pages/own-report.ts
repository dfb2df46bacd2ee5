import { redirect, type RequestEvent } from '@sveltejs/kit';
import { ENTERPRISE } from '#lib/domain/parties.ts';
import { notFound, requireActor } from '#lib/server/access.ts';
import { readOwnReport } from '#lib/server/reads/enterprise/filing-report.ts';
import { readReportVersion, versionAsked } from '#lib/server/reads/enterprise/report-version.ts';

type Asked = Pick<RequestEvent, 'locals' | 'url' | 'request'> & { readonly params: { readonly year: string } };

/** Which of its own reports an enterprise's address names; somebody else's is not there. */
export async function ownReport(event: Asked) {
	const actor = requireActor(event, ENTERPRISE);
	return { actor, report: (await readOwnReport(actor, event.params.year)) ?? notFound(event) };
}

/** The version that receipt and print show. Before any was submitted the task list says so; a version that never was is not there. */
export async function ownVersion(event: Asked) {
	const actor = requireActor(event, ENTERPRISE);
	const asked = versionAsked(event.url.searchParams.get('version'));
	const found = await readReportVersion(actor, event.params.year, asked ?? null);
	if (found) return { found, ignored: asked === undefined };
	const own = (asked ?? null) === null ? await readOwnReport(actor, event.params.year) : null;
	if (own) redirect(303, own.path);
	notFound(event);
}
