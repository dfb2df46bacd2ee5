/** The nine kinds of organisation that have people signing in. */
export type OrgKind = 'enterprise' | 'commerce' | 'industry' | 'group' | 'mofcom' | 'miit' | 'expert_pool' | 'administration' | 'audit';

/** What a person may do in the organisation: handle, approve, or only read. In an enterprise the handler is 填报人; the approver is 审核人 everywhere. */
export type Duty = 'handler' | 'approver' | 'reader';

/** Who acts, for which organisation, in which request. The hook makes it from the session; everything below trusts it. */
export type Actor = {
	personId: string;
	/** As written into the journal. */
	personName: string;
	/** Text of a bigint. */
	orgId: string;
	orgKind: OrgKind;
	duty: Duty;
	/** The province or group an enterprise reports through and an office answers for; null where there is none. */
	channelId: string | null;
	/** Text of a bigint; null unless orgKind is enterprise. */
	enterpriseId: string | null;
	requestId: string;
	/** Network address of the person's machine, for the journal. */
	address: string;
};
