/** What the corner of exceptions is given. */
import type { Day } from '#lib/domain/day.ts';
import type { Department, Ministry, OrganisationKind } from '#lib/domain/parties.ts';
import type { ExcuseReason, ExtensionReason } from '#lib/domain/policy.ts';
import type { ExcuseVerdict, ExtensionVerdict, RequestState } from '#lib/domain/report/report-exceptions.ts';

export interface ShownRequest {
	readonly id: string;
	readonly untilOn: Day;
	readonly reasonCode: ExtensionReason;
	readonly reason: string;
	readonly askedAt: Date;
	readonly personName: string;
	readonly decidedAt: Date | null;
	readonly state: RequestState;
	readonly remarks: readonly { readonly department: Department; readonly remark: string; readonly personName: string; readonly at: Date }[];
	readonly decisions: readonly {
		readonly ministry: Ministry;
		readonly verdict: ExtensionVerdict;
		readonly reason: string | null;
		readonly personName: string;
		readonly at: Date;
	}[];
}

export interface ShownExceptions {
	readonly requests: readonly ShownRequest[];
	readonly excuse: {
		/** Null = it waits for a ministry to confirm it. */
		readonly verdict: ExcuseVerdict | null;
		readonly decidedBy: Ministry | null;
		readonly decisionReason: string | null;
		readonly reasonCode: ExcuseReason;
		readonly remark: string;
		readonly declaredBy: OrganisationKind;
		readonly personName: string;
		readonly at: Date;
	} | null;
	readonly reopenings: readonly { readonly reason: string; readonly ministry: Ministry; readonly personName: string; readonly at: Date }[];
	readonly moves: readonly string[];
}
