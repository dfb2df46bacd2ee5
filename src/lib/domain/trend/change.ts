/** How a figure moved, in the only ways that mean something: per cent, percentage points, or an amount and a word (非方案规定; 个百分点 for shares). */
import { compare, decimal, ZERO } from '#lib/domain/decimal.ts';
import type { FigureBasis } from '#lib/domain/form/figure-metric.ts';
import { growth, type Growth } from '#lib/domain/form/figures.ts';
import type { Unit } from './quantile.ts';

/** 扭亏 · 转亏 · 减亏 · 增亏 · 基数为零: what is said where a percentage says nothing. */
export type ChangeWord = 'turned_profit' | 'turned_loss' | 'loss_narrowed' | 'loss_widened' | 'zero_base';

/** Why there is no change to tell: a figure is unknown, the two rest on different bases, or the definition or rule changed between them (口径变化). */
export type NoChange = 'unknown' | 'mixed_basis' | 'break';

export type Change =
	| { readonly known: true; readonly delta: string; readonly rate: string | null; readonly points: string | null; readonly word: ChangeWord | null }
	| { readonly known: false; readonly why: NoChange };

export interface Side {
	readonly value: string;
	readonly basis: FigureBasis;
}

/**
 * From one figure to another on the same basis (方案第六条: audited and forecast are two things). No percentage on a base of zero or below; a share moves in
 * points.
 */
export function changeOf(from: Side | null, to: Side | null, unit: Unit, isBreak = false): Change {
	if (isBreak) return { known: false, why: 'break' };
	if (from === null || to === null) return { known: false, why: 'unknown' };
	if (from.basis !== to.basis) return { known: false, why: 'mixed_basis' };
	const { delta, rate, points }: Growth = growth(to, from, unit === 'rate' ? 'rate' : 'amount');
	return { known: true, delta, rate, points, word: unit === 'rate' ? null : wordOf(from.value, to.value) };
}

function wordOf(from: string, to: string): ChangeWord | null {
	const [base, now] = [decimal(from), decimal(to)];
	const [signBefore, signNow] = [compare(base, ZERO), compare(now, ZERO)];
	if (signBefore === 0) return signNow === 0 ? null : 'zero_base';
	if (signBefore > 0) return signNow < 0 ? 'turned_loss' : null;
	if (signNow > 0) return 'turned_profit';
	const moved = compare(now, base);
	return moved === 0 ? null : moved > 0 ? 'loss_narrowed' : 'loss_widened';
}
