import type { Duty, OrganisationKind } from '#lib/domain/parties.ts';
import type { PageMark } from './page-mark.ts';

/** Who acts, for which organisation, in which request. The hook makes it from the session; everything below trusts it. */
export type Actor = {
	personId: string;
	/** As written into the journal. */
	personName: string;
	/** Text of a bigint. */
	orgId: string;
	orgKind: OrganisationKind;
	duty: Duty;
	/** The province or group an enterprise reports through and an office answers for; null where there is none. */
	channelId: string | null;
	/** Text of a bigint; null unless orgKind is enterprise. */
	enterpriseId: string | null;
	requestId: string;
	/** Network address of the person's machine, for the journal. */
	address: string;
	/** Where the request comes from, if it writes: acts refuse what was sent from somebody else's page. */
	page?: PageMark;
};
