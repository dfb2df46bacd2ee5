import { dayInBeijing, startOf, type Day } from '#lib/domain/day.ts';
import { identityOn, type DemoEnterprise, type DemoOffice, type DemoPerson } from './parties.ts';
import { phoneOf } from './names.ts';
import type { DemoRegister } from './register.ts';
import { iso, journalLine, type Harvest } from './rows.ts';
import { officeOf } from './year-run.ts';

/** Writes down groups, firms, designations, offices and people. `reportsOf` = submitted versions of a firm, each of which renewed its profile. */
export function harvestRegister(register: DemoRegister, harvest: Harvest, asOf: number, reportsOf: (enterpriseId: number) => number): void {
	const today = dayInBeijing(new Date(asOf));
	const past = (at: number) => iso(Math.min(at, asOf - 3_600_000));
	const beginning = Date.parse('2022-05-10T10:00:00+08:00');
	for (const group of register.groups) {
		harvest.rows.channel.push({
			id: group.id,
			kind: group.kind,
			name_zh: group.nameZh,
			short_zh: group.shortZh,
			name_en: `Demonstration central group ${group.id}`,
			quota_per_category: group.quota
		});
	}
	for (const office of register.newOffices) {
		harvest.rows.organisation.push({
			id: office.orgId,
			kind: office.kind,
			channel_id: office.channelId,
			enterprise_id: null,
			name_zh: office.nameZh,
			name_en: `Demonstration central group ${office.channelId ?? ''}, head office`,
			phone: phoneOf(90_000_000 + office.orgId),
			created_at: past(beginning)
		});
	}
	for (const office of register.offices) harvestPeople(harvest, office, past(beginning));
	const mofcom = officeOf(register, 'mofcom', null);
	const lines: { at: number; line: () => void }[] = [];
	for (const firm of register.enterprises) {
		const announced = atTen(firm.designations[0]?.announcedOn ?? today);
		const identity = identityOn(firm, today);
		harvest.rows.enterprise.push({
			id: firm.id,
			credit_code: firm.creditCode,
			name: identity.name,
			former_names: formerNamesOf(firm),
			channel_id: identity.channelId,
			row_version: 1 + firm.events.length,
			created_at: past(announced)
		});
		harvest.rows.organisation.push({
			id: firm.office.orgId,
			kind: 'enterprise',
			channel_id: null,
			enterprise_id: firm.id,
			name_zh: identity.name,
			name_en: null,
			phone: firm.office.handler.phone,
			created_at: past(announced)
		});
		harvestPeople(harvest, firm.office, past(announced + 5 * 86_400_000));
		harvest.rows.enterprise_profile.push({
			enterprise_id: firm.id,
			address: firm.address,
			postcode: firm.postcode,
			legal_representative: firm.legalRepresentative,
			ownership: firm.ownership,
			row_version: 1 + reportsOf(firm.id)
		});
		for (const [index, { name, phone, email }] of firm.contacts.entries()) {
			harvest.rows.enterprise_contact.push({ enterprise_id: firm.id, place: index + 1, name, phone, email, updated_at: past(announced + 5 * 86_400_000) });
		}
		for (const one of firm.designations) {
			harvest.rows.designation.push({
				id: one.id,
				enterprise_id: firm.id,
				category: one.category,
				cohort_year: one.cohortYear,
				announced_on: one.announcedOn,
				announcement_no: one.announcementNo,
				status: one.status,
				ended_on: one.endedOn,
				row_version: one.endedOn === null ? 1 : 2
			});
		}
		for (const event of eventsOf(firm)) {
			const at = Math.min(atTen(event.on) + 6 * 3_600_000, asOf - 3_600_000);
			lines.push({
				at,
				line: () => {
					harvest.rows.enterprise_event.push({
						id: harvest.rows.enterprise_event.length + 1,
						enterprise_id: firm.id,
						kind: event.kind,
						effective_on: event.on,
						before: event.before,
						after: event.after,
						note: event.note,
						recorded_at: iso(at),
						recorded_by: mofcom.approver.id
					});
					harvest.journal.push(
						journalLine(mofcom, mofcom.approver, at, {
							act: `record-${event.kind}`,
							objectKind: 'enterprise',
							objectId: String(firm.id),
							article: event.kind === 'designated' ? '10' : event.kind === 'revoked' ? '13' : null,
							before: event.before,
							after: event.after
						})
					);
				}
			});
		}
	}
	for (const { line } of lines.sort((a, b) => a.at - b.at)) line();
}

function eventsOf(firm: DemoEnterprise) {
	const designated = firm.designations.map((one) => ({
		kind: 'designated',
		on: one.announcedOn,
		before: {},
		after: { category: one.category, cohortYear: one.cohortYear, announcementNo: one.announcementNo },
		note: null
	}));
	return [...designated, ...firm.events];
}

/** As a recorded change of name leaves them: one a line. */
function formerNamesOf(firm: DemoEnterprise): string {
	return firm.events.flatMap(({ kind, before }) => (kind === 'renamed' && before['name'] !== undefined ? [before['name']] : [])).join('\n');
}

function harvestPeople(harvest: Harvest, office: DemoOffice, at: string | null): void {
	for (const person of [office.handler, office.approver, office.reader]) {
		if (!person) continue;
		harvest.rows.person.push(personRow(person, at));
		harvest.rows.membership.push({ person_id: person.id, org_id: office.orgId, duty: person.duty, since: at });
	}
}

function personRow({ id, name, email, phone }: DemoPerson, at: string | null) {
	return { id, name, email, phone, locale: 'zh-CN', text_size: 'm', theme: 'auto', synthetic: true, created_at: at };
}

function atTen(on: Day): number {
	return startOf(on).getTime() + 10 * 3_600_000;
}
