/** domain.md 1, quality.md 6: duties are separate, and one table says whose each act is. */
import { describe, expect, test } from 'vitest';
import { ACTS, dutyRefusal, type Act } from '#lib/domain/duties.ts';
import { DEPARTMENTS, DUTIES, isDepartment, isMinistry, MINISTRIES, ORGANISATION_KINDS, type Duty, type OrganisationKind } from '#lib/domain/parties.ts';

const may = (kind: OrganisationKind, duty: Duty, act: Act) => dutyRefusal({ kind, duty }, act) === null;
const kindsOf = (act: Act) => ORGANISATION_KINDS.filter((kind) => DUTIES.some((duty) => may(kind, duty, act)));
const ofOffices: readonly Act[] = ['invitePerson', 'cancelInvitation', 'changeDuty', 'endMembership', 'handOver'];

describe('the table of duties', () => {
	test('somebody may do every act, and with every act that anybody may do an approver', () => {
		expect(ACTS.length).toBeGreaterThan(40);
		for (const act of ACTS) {
			expect(kindsOf(act), act).not.toEqual([]);
			for (const kind of kindsOf(act)) expect(may(kind, 'approver', act), `${act} by ${kind}`).toBe(true);
		}
	});

	test('a reader only takes away what may be seen, and takes back what was their own', () => {
		const readers = ACTS.filter((act) => ORGANISATION_KINDS.some((kind) => may(kind, 'reader', act)));
		expect(readers.toSorted()).toEqual(
			[
				'downloadAttachment',
				'downloadVersion',
				'exportJournal',
				'keepCalendarFeed',
				'keepView',
				'revealContact',
				'sendReceipt',
				'strikeContact',
				'undoReminders',
				...ofOffices
			].toSorted()
		);
	});

	test('what binds an organisation is its approver’s: a handler may not', () => {
		const binding = ACTS.filter((act) => ORGANISATION_KINDS.some((kind) => may(kind, 'approver', act) && !may(kind, 'handler', act)));
		expect(binding.toSorted()).toEqual(
			[
				'agreeToCloseYear',
				'amendReportingYear',
				'applyCohortImport',
				'confirmCreditCode',
				'confirmInvitation',
				'correctWorkingCalendar',
				'decideExcuse',
				'decideExtension',
				'excuse',
				'extend',
				'forward',
				'giveOpinion',
				'liftExcuse',
				'openReportingYear',
				'recordEnterpriseEvent',
				'reopenForOne',
				'setChannelDate',
				'setReminderPolicy',
				'setRobot',
				'settleDuties',
				'submit',
				'withdraw',
				'withdrawOpinion'
			].toSorted()
		);
	});

	test('the departments are alike, and so are the ministries', () => {
		for (const act of ACTS)
			for (const duty of DUTIES) {
				expect(new Set(DEPARTMENTS.map((kind) => may(kind, duty, act))).size).toBe(1);
				expect(new Set(MINISTRIES.map((kind) => may(kind, duty, act))).size).toBe(1);
			}
	});

	test('officials return, they never edit; nobody submits for somebody else; a ministry changes the register, a channel rings', () => {
		for (const act of ['startDraft', 'saveAnswer', 'submit', 'withdraw', 'askExtension'] as const) expect(kindsOf(act)).toEqual(['enterprise']);
		expect(kindsOf('returnReport').every((kind) => isDepartment(kind) || isMinistry(kind))).toBe(true);
		for (const act of ['giveOpinion', 'forward', 'logContact', 'checkContact', 'setChannelDate'] as const) expect(kindsOf(act)).toEqual(DEPARTMENTS);
		for (const act of ['receive', 'planCohortImport', 'applyCohortImport', 'recordEnterpriseEvent', 'openReportingYear', 'remindChannels'] as const)
			expect(kindsOf(act)).toEqual(MINISTRIES);
		for (const act of ['openOrganisation', 'disablePerson'] as const) expect(kindsOf(act)).toEqual(['administration']);
		expect(kindsOf('exportJournal')).toEqual(['audit']);
	});

	test('who knows of the thing is told that it is not theirs to do, a stranger learns nothing', () => {
		expect(dutyRefusal({ kind: 'enterprise', duty: 'handler' }, 'submit')).toEqual({ code: 'not_your_duty', needed: ['approver'] });
		expect(dutyRefusal({ kind: 'mofcom', duty: 'approver' }, 'submit')).toEqual({ code: 'not_your_duty', needed: [] });
		expect(dutyRefusal({ kind: 'enterprise', duty: 'approver' }, 'giveOpinion')).toEqual({ code: 'not_found' });
		for (const act of ACTS.filter((one) => !kindsOf(one).includes('expert_pool')))
			expect(dutyRefusal({ kind: 'expert_pool', duty: 'approver' }, act)).toEqual({ code: 'not_found' });
	});
});
