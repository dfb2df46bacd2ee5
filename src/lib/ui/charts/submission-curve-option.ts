/** The submission curve for ECharts: pure rows → option. Tooltips are drawn on the canvas, since inline styles are not allowed on our pages. */
import type { YearCurve } from '#lib/domain/report/progress.ts';
import { formatExact, formatRate } from '#lib/words/format.ts';
import { curveLabel, curveRange } from './submission-curve.ts';

/** The reader's colours, taken from the page when the chart is made. */
export interface ChartPalette {
	readonly text: string;
	readonly line: string;
	readonly panel: string;
	readonly main: string;
	readonly context: string;
	readonly late: string;
	readonly font: string;
	readonly still: boolean;
}

export interface CurveOptionWords {
	readonly due: string;
	readonly offset: (days: number) => string;
}

const DASHES = [
	[6, 3],
	[2, 3],
	[8, 3, 2, 3]
] as const;

export function submissionCurveOption(curves: readonly YearCurve[], currentUntil: number, palette: ChartPalette, words: CurveOptionWords) {
	const { from, to } = curveRange(curves);
	const label = { color: palette.text, fontFamily: palette.font, fontSize: 12 };
	return {
		animation: !palette.still,
		animationDuration: 180,
		aria: { enabled: true },
		grid: { left: 52, right: 110, top: 24, bottom: 36 },
		tooltip: {
			trigger: 'axis' as const,
			renderMode: 'richText' as const,
			backgroundColor: palette.panel,
			borderColor: palette.line,
			textStyle: label,
			valueFormatter: (value: unknown) => formatRate(typeof value === 'number' ? value : null)
		},
		xAxis: {
			type: 'value' as const,
			min: from,
			max: to,
			axisLabel: { ...label, formatter: (days: number) => words.offset(days) },
			axisLine: { lineStyle: { color: palette.line } },
			splitLine: { show: false },
			axisPointer: { snap: true, label: { formatter: ({ value }: { value: unknown }) => words.offset(Math.round(Number(value))) } }
		},
		yAxis: {
			type: 'value' as const,
			min: 0,
			max: 1,
			axisLabel: { ...label, formatter: (share: number) => `${formatExact(share, 'rate')}%` },
			splitLine: { lineStyle: { color: palette.line } }
		},
		series: curves
			.filter(({ expected }) => expected > 0)
			.map(({ year, expected, points }, index) => {
				const current = index === 0;
				const last = current ? Math.min(currentUntil, to) : to;
				const data = [[from, 0], ...points.map(({ offset, share }) => [offset, share]), [last, points.at(-1)?.share ?? 0]];
				return {
					type: 'line' as const,
					name: curveLabel({ year, expected }),
					step: 'end' as const,
					showSymbol: false,
					labelLayout: { moveOverlap: 'shiftY' as const },
					data,
					z: current ? 3 : 2,
					color: current ? palette.main : palette.context,
					lineStyle: { width: current ? 3 : 1.25, type: current ? ('solid' as const) : [...(DASHES[(index - 1) % DASHES.length] ?? DASHES[0])] },
					endLabel: { show: true, ...label, color: current ? palette.main : palette.text, formatter: '{a}' },
					...(current
						? {
								markLine: {
									silent: true,
									symbol: 'none',
									data: [{ xAxis: 0 }],
									label: { ...label, color: palette.late, formatter: words.due },
									lineStyle: { color: palette.late, type: 'dashed' as const }
								}
							}
						: {})
				};
			})
	};
}
