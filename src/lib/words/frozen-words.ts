/** How far a frozen view still holds, in words. */
import type { FrozenStatus } from '#lib/domain/trend/frozen-view.ts';
import { m } from '#lib/paraglide/messages.js';
import type { Word } from './words.ts';

export const frozenStatusText = {
	current: m.frozen_status_current,
	newer_reports: m.frozen_status_newer,
	corrected_since: m.frozen_status_corrected,
	rule_changed: m.frozen_status_rule
} satisfies Record<FrozenStatus, Word>;
