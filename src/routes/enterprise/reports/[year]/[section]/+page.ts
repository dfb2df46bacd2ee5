import { formFor } from '#lib/domain/form/annual-report-form.ts';
import type { PageLoad } from './$types';

/** Remarks and the reason of a lock are sent only where there are some: few pages have them, and every page counts its bytes. */
export const load: PageLoad = async ({ data }) => {
	const { head } = data.filing;
	const Remarks = head.returned && head.state === 'returned' ? (await import('#lib/ui/filing/ReturnRemarks.svelte')).default : null;
	const Beside = head.returned ? (await import('#lib/ui/filing/RemarkBeside.svelte')).default : null;
	const Locked = head.lock ? (await import('#lib/ui/filing/LockNotice.svelte')).default : null;
	const Fields = formFor(head.formVersion, head.category)?.fields.some((field) => field.row !== undefined && field.section === data.filing.section)
		? (await import('#lib/ui/filing/FieldRevenueTable.svelte')).default
		: null;
	return { ...data, Remarks, Beside, Locked, Fields };
};
