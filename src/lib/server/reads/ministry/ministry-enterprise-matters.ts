import type { Category } from '#lib/domain/parties.ts';
import type { FigureBasis } from '#lib/domain/form/figure-metric.ts';
import type { FollowUpState } from '#lib/domain/follow-up-state.ts';
import type { ReportingYear } from '#lib/domain/report/reporting-year.ts';
import type { ExcuseVerdict, ExtensionVerdict } from '#lib/domain/report/report-exceptions.ts';
import type { ActorDb } from '#lib/server/db/door.ts';
import type { ChannelChoice } from '#lib/server/reads/office/channel-choices.ts';

/** What was asked of, by and about an enterprise beside its reports, newest first. */
export interface EnterpriseMatters {
	readonly extensions: readonly {
		readonly id: string;
		readonly year: number;
		readonly category: Category;
		readonly reportId: string;
		readonly askedAt: string;
		readonly untilOn: string;
		readonly outcome: ExtensionVerdict | null;
		readonly withdrawn: boolean;
	}[];
	readonly excuses: readonly {
		readonly id: string;
		readonly year: number;
		readonly category: Category;
		readonly reportId: string;
		readonly declaredAt: string;
		readonly verdict: ExcuseVerdict | null;
		readonly lifted: boolean;
	}[];
	readonly followUps: readonly {
		readonly id: string;
		readonly metric: string;
		readonly year: number;
		readonly basis: FigureBasis;
		readonly category: Category;
		readonly state: FollowUpState;
		readonly dueOn: string;
		readonly askedAt: string;
	}[];
	/** How often its channel has spoken with it, and the last times; what was struck out does not count. */
	readonly contacts: {
		readonly count: number;
		readonly last: readonly {
			readonly id: string;
			readonly at: string;
			readonly year: number;
			readonly means: string;
			readonly outcome: string;
			readonly promisedOn: string | null;
			readonly personName: string;
		}[];
	};
	/** Every year that was opened. */
	readonly years: readonly Pick<ReportingYear, 'year' | 'policyVersion'>[];
	readonly channels: readonly ChannelChoice[];
}

const CONTACTS_SHOWN = 5;

/** One question for all of it, with the years and channels there are. */
export async function enterpriseMatters(db: ActorDb, enterpriseId: string): Promise<EnterpriseMatters> {
	const { sql, within } = db;
	const [row] = await sql<
		{
			extensions: string | null;
			excuses: string | null;
			follow_ups: string | null;
			contacts: string | null;
			contact_count: number | null;
			years: string | null;
			channels: string | null;
		}[]
	>`
			with own as materialized (
				select r.id, r.year, r.category from annual_report r where r.enterprise_id = ${enterpriseId}::bigint and ${within.report}
			)
			select
				(select jsonb_agg(jsonb_build_object('id', x.id::text, 'year', o.year, 'category', o.category, 'reportId', o.id::text, 'askedAt', x.asked_at, 'untilOn',
					x.until_on, 'outcome', x.outcome, 'withdrawn', x.withdrawn_at is not null) order by x.asked_at desc)
					from extension_request x join own o on o.id = x.report_id)::text as extensions,
				(select jsonb_agg(jsonb_build_object('id', x.id::text, 'year', o.year, 'category', o.category, 'reportId', o.id::text, 'declaredAt', x.declared_at,
					'verdict', x.verdict, 'lifted', x.lifted_at is not null) order by x.declared_at desc)
					from report_excuse x join own o on o.id = x.report_id)::text as excuses,
				(select jsonb_agg(jsonb_build_object('id', x.id::text, 'metric', x.metric, 'year', x.year, 'basis', x.basis, 'category', x.category, 'state', x.state,
					'dueOn', x.due_on, 'askedAt', x.asked_at) order by x.asked_at desc)
					from follow_up x join own o on o.id = x.report_id)::text as follow_ups,
				(select jsonb_agg(l.said order by l.at desc) from (
					select x.at, jsonb_build_object('id', x.id::text, 'at', x.at, 'year', o.year, 'means', x.means, 'outcome', x.outcome, 'promisedOn', x.promised_on,
						'personName', x.person_name) as said
					from contact_log x join own o on o.id = x.report_id where x.struck_at is null order by x.at desc limit ${CONTACTS_SHOWN}) l)::text as contacts,
				(select count(*)::int from contact_log x join own o on o.id = x.report_id where x.struck_at is null) as contact_count,
				(select jsonb_agg(jsonb_build_object('year', y.year, 'policyVersion', y.policy_version) order by y.year desc) from reporting_year y)::text as years,
				(select jsonb_agg(jsonb_build_object('id', c.id, 'kind', c.kind, 'name', c.short_zh) order by c.kind desc, c.id) from channel c)::text as channels`;
	const listed = <T>(text: string | null | undefined): readonly T[] => JSON.parse(text ?? '[]') as T[];
	return {
		extensions: listed(row?.extensions),
		excuses: listed(row?.excuses),
		followUps: listed(row?.follow_ups),
		contacts: { count: row?.contact_count ?? 0, last: listed(row?.contacts) },
		years: listed(row?.years),
		channels: listed(row?.channels)
	};
}
