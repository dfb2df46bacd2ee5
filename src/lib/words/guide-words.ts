/** The topics of the guide: what its page says, and what a search finds there. */
import { m } from '#lib/paraglide/messages.js';

export const guideSections = [
	{ id: 'who', title: m.shell_guide_who, points: [m.shell_guide_who_owes, m.shell_guide_who_channel, m.shell_guide_who_departments] },
	{ id: 'when', title: m.shell_guide_when, points: [m.shell_guide_when_due, m.shell_guide_when_channel, m.shell_guide_when_late] },
	{
		id: 'what',
		title: m.shell_guide_what,
		points: [m.shell_guide_what_years, m.shell_guide_what_rates, m.shell_guide_what_criteria, m.shell_guide_what_files]
	},
	{ id: 'after', title: m.shell_guide_after, points: [m.shell_guide_after_receipt, m.shell_guide_after_return, m.shell_guide_after_withdraw] }
] as const;
