import { day, type Day } from '#lib/domain/day.ts';
import type { Department, Ministry } from '#lib/domain/parties.ts';
import type { ExtensionReason } from '#lib/domain/policy.ts';
import type { ExtensionRequest, ExtensionVerdict } from '#lib/domain/report/report-exceptions.ts';

/** A request for more time with everything that was said to it. */
export interface ExtensionOnRecord {
	readonly id: string;
	readonly untilOn: Day;
	readonly reasonCode: ExtensionReason;
	readonly reason: string;
	readonly askedAt: Date;
	readonly personName: string;
	readonly withdrawnAt: Date | null;
	readonly decidedAt: Date | null;
	readonly outcome: ExtensionVerdict | null;
	readonly remarks: readonly { readonly department: Department; readonly remark: string; readonly personName: string; readonly at: Date }[];
	readonly decisions: readonly {
		readonly ministry: Ministry;
		readonly verdict: ExtensionVerdict;
		readonly reason: string | null;
		readonly personId: string;
		readonly personName: string;
		readonly at: Date;
	}[];
}

/** As a page shows it: who signed for a ministry is said by name; the account behind it is nobody's business. */
export type ShownExtension = Omit<ExtensionOnRecord, 'decisions'> & { readonly decisions: readonly Omit<ExtensionOnRecord['decisions'][number], 'personId'>[] };

export function shownExtension(given: ExtensionOnRecord): ShownExtension {
	return { ...given, decisions: given.decisions.map(({ ministry, verdict, reason, personName, at }) => ({ ministry, verdict, reason, personName, at })) };
}

/** As JSON carries it, by the types of its columns; instants come as text, whatever the checker reads from the column. */
export interface ExtensionJson {
	id: string;
	untilOn: string;
	reasonCode: string;
	reason: string;
	askedAt: Date;
	personName: string;
	withdrawnAt: Date | null;
	decidedAt: Date | null;
	outcome: string | null;
	remarks: { department: string; remark: string; personName: string; at: Date }[] | null;
	decisions: { ministry: string; verdict: string; reason: string | null; personId: string; personName: string; at: Date }[] | null;
}

export function extensionOf(row: ExtensionJson): ExtensionOnRecord {
	return {
		id: row.id,
		untilOn: day(row.untilOn),
		reasonCode: row.reasonCode as ExtensionReason,
		reason: row.reason,
		askedAt: new Date(row.askedAt),
		personName: row.personName,
		withdrawnAt: row.withdrawnAt === null ? null : new Date(row.withdrawnAt),
		decidedAt: row.decidedAt === null ? null : new Date(row.decidedAt),
		outcome: row.outcome as ExtensionVerdict | null,
		remarks: (row.remarks ?? []).map((one) => ({
			department: one.department as Department,
			remark: one.remark,
			personName: one.personName,
			at: new Date(one.at)
		})),
		decisions: (row.decisions ?? []).map((one) => ({
			ministry: one.ministry as Ministry,
			verdict: one.verdict as ExtensionVerdict,
			reason: one.reason,
			personId: one.personId,
			personName: one.personName,
			at: new Date(one.at)
		}))
	};
}

/** The request as the rules ask for it. */
export function requestFacts(given: ExtensionOnRecord): ExtensionRequest {
	return {
		untilOn: given.untilOn,
		withdrawnAt: given.withdrawnAt,
		outcome: given.outcome,
		verdicts: Object.fromEntries(given.decisions.map(({ ministry, verdict, personId }) => [ministry, { verdict, personId }]))
	};
}
