import type { PreferenceValues } from '#lib/forms/account.ts';
import type { Person } from '#lib/server/auth/session.ts';
import { asSystem } from '#lib/server/db/door.ts';

/** Keeps language, text size and theme with the person, so that they are there on every machine. Not an administrative act: not journalled. */
export async function setPreferences(person: Person, chosen: { [K in keyof PreferenceValues]?: PreferenceValues[K] | undefined }): Promise<PreferenceValues> {
	const next: PreferenceValues = { locale: chosen.locale ?? person.locale, theme: chosen.theme ?? person.theme, text: chosen.text ?? person.text };
	await asSystem(
		'set-preferences',
		({ sql }) => sql`update person set locale = ${next.locale}, theme = ${next.theme}, text_size = ${next.text} where id = ${person.id}`
	);
	return next;
}

/** Sits the session down in another of the person's offices. False when the person has no such office. */
export async function takeSeat(person: Person, orgId: string): Promise<boolean> {
	if (!person.seats.some((seat) => seat.orgId === orgId)) return false;
	await asSystem('take-seat', ({ sql }) => sql<{ done: unknown | null }[]>`select session_sit(${person.id}, ${person.sessionId}, ${orgId}::bigint) as done`);
	return true;
}
