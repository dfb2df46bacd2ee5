/** Reasons that are told by code, and therefore can be counted (domain.md 2): what they are reasons of, and the codes there are. */
import { EXPLANATION_REASONS, type ExplanationReason } from '#lib/domain/check/check-explanation.ts';
import { EXCUSE_REASONS, EXTENSION_REASONS, LATE_REASONS, OFFICE_LATE_REASONS, RETURN_REASONS } from '#lib/domain/policy.ts';

export const REASON_KINDS = ['returned', 'explained', 'late', 'extension', 'unable'] as const;
export type ReasonKind = (typeof REASON_KINDS)[number];

const EXPLAINED: readonly ExplanationReason[] = [...new Set(Object.values(EXPLANATION_REASONS).flat())];

/** Every code a reason of the kind can have, in the order of its form. */
export const REASON_CODES: Readonly<Record<ReasonKind, readonly string[]>> = {
	returned: RETURN_REASONS,
	explained: EXPLAINED,
	late: [...new Set([...LATE_REASONS, ...OFFICE_LATE_REASONS])],
	extension: EXTENSION_REASONS,
	unable: EXCUSE_REASONS
};

/** `returned:figure_wrong` as it stands in an address; null when there is no such reason. */
export function parseReason(text: string): { readonly kind: ReasonKind; readonly code: string } | null {
	const [kindText, code, ...rest] = text.split(':');
	const kind = REASON_KINDS.find((one) => one === kindText);
	return kind !== undefined && code !== undefined && rest.length === 0 && REASON_CODES[kind].includes(code) ? { kind, code } : null;
}
