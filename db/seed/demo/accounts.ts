import { startOf } from '#lib/domain/day.ts';
import type { Category, Duty } from '#lib/domain/parties.ts';
import type { DemoEnterprise, DemoOffice, DemoPerson } from './parties.ts';
import type { ReportingYear } from '#lib/domain/report/reporting-year.ts';
import { daysMs, type PlannedRound, type ReportPlan } from './plan.ts';
import type { DemoRegister } from './register.ts';
import { officeOf } from './year-run.ts';

/** Printed at the start; everything behind it is synthetic. */
export const DEMONSTRATION_PASSWORD = 'Yanshi-2026-demo';

/** Somebody who can sign in. */
export interface DemonstrationAccount {
	readonly role: string;
	readonly username: string;
	readonly password: string;
	readonly name: string;
	readonly organisation: string;
}

export interface SeatedAccount extends DemonstrationAccount {
	readonly person: DemoPerson;
}

type Wanted = 'draft' | 'returned' | 'not_started' | 'waiting';

/** The firms somebody signs in for, each with a report of the running year in another state. */
const FIRMS: readonly { readonly prefix: string; readonly channelId: string; readonly category: Category; readonly state: Wanted }[] = [
	{ prefix: 'js-maker', channelId: '320000', category: 'manufacturing', state: 'draft' },
	{ prefix: 'js-it', channelId: '320000', category: 'it_outsourcing', state: 'returned' },
	{ prefix: 'gd-maker', channelId: '440000', category: 'manufacturing', state: 'not_started' },
	{ prefix: 'group-maker', channelId: 'G01', category: 'manufacturing', state: 'waiting' }
];

const OFFICES: readonly { readonly prefix: string; readonly kind: string; readonly channelId: string | null; readonly duties: readonly Duty[] }[] = [
	{ prefix: 'js-commerce', kind: 'commerce', channelId: '320000', duties: ['handler', 'approver', 'reader'] },
	{ prefix: 'js-industry', kind: 'industry', channelId: '320000', duties: ['handler', 'approver', 'reader'] },
	{ prefix: 'gd-commerce', kind: 'commerce', channelId: '440000', duties: ['handler', 'approver', 'reader'] },
	{ prefix: 'gd-industry', kind: 'industry', channelId: '440000', duties: ['handler', 'approver', 'reader'] },
	{ prefix: 'group', kind: 'group', channelId: 'G01', duties: ['handler', 'approver'] },
	{ prefix: 'mofcom', kind: 'mofcom', channelId: null, duties: ['handler', 'approver', 'reader'] },
	{ prefix: 'miit', kind: 'miit', channelId: null, duties: ['handler', 'approver'] }
];

const ROLE: Readonly<Record<Duty, string>> = { handler: '经办人 handler', approver: '审核人 approver', reader: '查阅人 reader' };

/** The firm behind an account: of 2022, with one designation and nothing that happened to it. */
function firmOf(register: DemoRegister, { channelId, category }: (typeof FIRMS)[number]): DemoEnterprise | undefined {
	return register.enterprises.find(
		(firm) =>
			firm.firstChannelId === channelId &&
			firm.events.length === 0 &&
			firm.designations.length === 1 &&
			firm.designations[0]?.category === category &&
			firm.designations[0].cohortYear === 2022
	);
}

export function accountsOf(register: DemoRegister): readonly SeatedAccount[] {
	const account = (username: string, role: string, office: DemoOffice, person: DemoPerson): SeatedAccount => ({
		username,
		role,
		organisation: office.nameZh,
		name: person.name,
		password: DEMONSTRATION_PASSWORD,
		person
	});
	const firms = FIRMS.flatMap((wanted) => {
		const office = firmOf(register, wanted)?.office;
		if (!office) return [];
		return [
			account(`${wanted.prefix}-filer`, '填报人 filer', office, office.handler),
			account(`${wanted.prefix}-approver`, ROLE.approver, office, office.approver)
		];
	});
	const offices = OFFICES.flatMap(({ prefix, kind, channelId, duties }) => {
		const office = officeOf(register, kind, channelId);
		return duties.flatMap((duty) => {
			const person = office[duty];
			return person ? [account(`${prefix}-${duty}`, ROLE[duty], office, person)] : [];
		});
	});
	const administration = officeOf(register, 'administration', null);
	const audit = officeOf(register, 'audit', null);
	return [
		...firms,
		...offices,
		account('admin', '系统管理员 administrator', administration, administration.approver),
		account('auditor', '审计员 auditor', audit, audit.approver)
	];
}

/** What the firms behind the accounts find in the year that runs `asOf`: designation → plan. */
export function plansForAccounts(
	register: DemoRegister,
	runningYear: number,
	asOf: number
): ReadonlyMap<number, (plan: ReportPlan, year: ReportingYear) => ReportPlan> {
	const found = new Map<number, (plan: ReportPlan, year: ReportingYear) => ReportPlan>();
	for (const wanted of FIRMS) {
		const designation = firmOf(register, wanted)?.designations[0];
		if (!designation) continue;
		found.set(designation.id, (plan, year) =>
			year.year === runningYear ? planFor(wanted.state, plan, asOf - startOf(year.opensOn).getTime(), asOf) : filedInTime(plan)
		);
	}
	return found;
}

/** Past years of these firms were filed, so that last year's column is full. */
function filedInTime(plan: ReportPlan): ReportPlan {
	if (plan.submitAt !== null && plan.startAt !== null) return plan;
	const startAt = plan.startAt ?? Date.parse('2000-01-01T00:00:00Z');
	return plan.startAt === null ? plan : { ...plan, submitAt: startAt + daysMs(9) };
}

const FAR = 400;

function planFor(state: Wanted, plan: ReportPlan, sinceOpening: number, asOf: number): ReportPlan {
	const ago = (days: number) => asOf - daysMs(days);
	// So soon after the opening nothing can have happened yet.
	if (sinceOpening < daysMs(20)) return { ...plan, startAt: null, submitAt: null };
	const oddities = { ...plan.oddities, slip: null, restatedBy: 0 };
	const plain: PlannedRound | undefined = plan.rounds.at(-1);
	if (!plain) throw new Error('a plan has at least one round');
	switch (state) {
		case 'not_started':
			return { ...plan, startAt: null, submitAt: null };
		case 'draft':
			return { ...plan, oddities, rounds: [plain], startAt: ago(9), submitAt: ago(-9) };
		case 'waiting':
			return {
				...plan,
				oddities,
				startAt: ago(15),
				submitAt: ago(2),
				rounds: [{ ...plain, departments: plain.departments.map((one) => ({ ...one, openAfter: 0.4, notBefore: ago(-FAR) })) }]
			};
		case 'returned':
			return {
				...plan,
				oddities,
				startAt: ago(18),
				submitAt: ago(6),
				rounds: [
					{
						...plain,
						departments: plain.departments.map((one) => ({ ...one, openAfter: 0.6, signAfter: one.department === 'industry' ? 2.4 : 1.7, notBefore: 0 })),
						returned: {
							by: 'industry',
							from: 'submitted',
							reasonCode: 'figure_doubtful',
							comments: [
								{ answerKey: 'ito_executed@final', remark: '承接信息技术外包执行额与统计系统填报数不一致，请核对。' },
								{ answerKey: 'core_products', remark: '请补充核心产品的知识产权情况。' }
							],
							touchedAfter: FAR,
							answeredAfter: FAR + 1
						}
					},
					plain
				]
			};
	}
}
