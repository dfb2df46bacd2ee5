import { notFound } from '#lib/server/access.ts';
import { config } from '#lib/server/config.ts';
import { isDemonstration } from '#lib/server/reads/person/frame.ts';
import { readId } from '#lib/server/reads/page.ts';
import { keptMails } from '#lib/server/reads/person/mailbox.ts';
import type { PageServerLoad } from './$types';

/** Everybody's mail, links included: there only while this is a demonstration without mail server, and for everybody then. */
export const load: PageServerLoad = async (event) => {
	if (!isDemonstration() || config().smtpUrl !== undefined) notFound(event);
	return keptMails(readId(event.url.searchParams.get('before')));
};
