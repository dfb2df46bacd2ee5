import { forward } from '#lib/domain/report/annual-report.ts';
import { reasonOfOffice, type TypedReason } from '#lib/domain/report/late-reason.ts';
import { refuse, type Decision } from '#lib/domain/refusal.ts';
import type { Actor } from '#lib/server/actor.ts';
import { addLateReason, spansToExplain } from '#lib/server/store/report/late-reason.ts';
import { takeOverNeeds } from '#lib/server/store/report/need.ts';
import { onReports, saveMove } from '#lib/server/store/report/on-report.ts';
import { queueReportNotices } from '#lib/server/letters/report-notice.ts';

export interface ForwardInput {
	/** The reports with the version on the official's screen. */
	readonly reports: readonly { readonly id: string; readonly version: number }[];
	readonly letterNo: string;
	/** As typed. */
	readonly letterOn: string;
	readonly remark: string;
	/** Why the channel kept what it forwards late: said once, kept with each report that has late days of the channel. */
	readonly late?: TypedReason;
}

/**
 * 方案第十一条: the channel forwards one or many reports to both ministries, with one covering letter; all of them or none. Refused with
 * the reports and departments while an opinion on a current version is missing. What
 * the reports ask for (方案第十二条) goes with them. The first forwarding fixes for good whether a report was on time.
 */
export function forwardAnnualReports(actor: Actor, input: ForwardInput): Promise<Decision<{ forwardingId: string; count: number; late: number }>> {
	const versionOf = new Map(input.reports.map(({ id, version }) => [id, version]));
	return onReports(actor, 'forward', [...versionOf.keys()], async (db, reports, now) => {
		const [first] = reports;
		if (!first || reports.length !== versionOf.size || actor.channelId === null) return refuse({ code: 'not_found' });
		const years = new Set(reports.map((report) => report.case.year.year));
		if (years.size > 1) return refuse({ code: 'invalid_input', fields: { reports: 'several_years' } });
		const decided = forward(
			reports.map((report) => ({ reportId: report.id, version: versionOf.get(report.id) ?? 0, report: report.case })),
			{ number: input.letterNo, on: input.letterOn },
			now
		);
		if (!decided.ok) return decided;
		const spans = await spansToExplain(db, reports, 'channel', now);
		const late = reasonOfOffice(spans.size > 0 && input.late ? input.late : { code: '', text: '' });
		if (!late.ok) return late;
		const letterNo = input.letterNo.trim();
		const [forwarding] = await db.sql<{ id: string }[]>`
			insert into forwarding (channel_id, year, letter_no, letter_on, remark, forwarded_at, person_id, person_name, org_kind)
			values (${actor.channelId}, ${first.case.year.year}, ${letterNo}, ${decided.letterOn}::date, ${input.remark.trim() || null}, ${now}, ${actor.personId},
				${actor.personName}, ${actor.orgKind})
			returning id`;
		if (!forwarding) throw new Error('the forwarding was not stored');
		for (const report of reports) {
			const moved = decided.forwarded.find(({ reportId }) => reportId === report.id);
			if (!moved) throw new Error(`report ${report.id} was decided without an answer`);
			const version = report.case.currentVersion;
			await db.sql`insert into forwarding_item (forwarding_id, report_id, version_no) values (${forwarding.id}::bigint, ${report.id}::bigint, ${version})`;
			await db.sql`update annual_report_version set forwarded_at = ${now} where report_id = ${report.id}::bigint and no = ${version}`;
			const span = spans.get(report.id);
			const said = span && late.given ? { ...span, reasonCode: late.given.code, reason: late.given.text } : null;
			if (span && late.given) await addLateReason(db, report, 'channel', span, late.given, now);
			await saveMove(db, report, moved.next, {
				act: 'forward-annual-reports',
				at: now,
				article: '11',
				versionNo: version,
				detail: { forwardingId: forwarding.id, letterNo, outcome: moved.outcome },
				before: { state: report.case.state },
				after: {
					state: 'forwarded',
					version,
					forwardingId: forwarding.id,
					letterNo,
					letterOn: decided.letterOn,
					outcome: moved.outcome,
					...(said && { late: said })
				}
			});
		}
		await takeOverNeeds(db, reports, now);
		const outcomeOf = new Map(decided.forwarded.map(({ reportId, outcome }) => [reportId, outcome]));
		await queueReportNotices(db, reports, ({ id }) => ({ kind: 'forwarded', letterNo, outcome: outcomeOf.get(id) ?? 'open' }));
		return { ok: true, forwardingId: forwarding.id, count: reports.length, late: decided.forwarded.filter(({ outcome }) => outcome === 'late').length };
	});
}
