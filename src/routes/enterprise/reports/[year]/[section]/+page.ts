import type { PageLoad } from './$types';

/** Remarks and the reason of a lock are sent only where there are some: few pages have them, and every page counts its bytes. */
export const load: PageLoad = async ({ data }) => {
	const { head } = data.filing;
	const Remarks = head.returned && head.state === 'returned' ? (await import('#lib/ui/filing/ReturnRemarks.svelte')).default : null;
	const Locked = head.lock ? (await import('#lib/ui/filing/LockNotice.svelte')).default : null;
	return { ...data, Remarks, Locked };
};
