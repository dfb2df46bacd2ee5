import { ENTERPRISE } from '#lib/domain/parties.ts';
import { notFound, requireActor } from '#lib/server/access.ts';
import { deliveryLog } from '#lib/server/reads/office/delivery-log.ts';
import { readReportHistory } from '#lib/server/reads/enterprise/report-history.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
	const actor = requireActor(event, ENTERPRISE);
	const { searchParams } = event.url;
	const history = (await readReportHistory(actor, event.params.year, { from: searchParams.get('from'), to: searchParams.get('to') })) ?? notFound(event);
	return { history, deliveries: await deliveryLog(actor, history.own.id) };
};
