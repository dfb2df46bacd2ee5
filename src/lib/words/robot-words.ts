/** How group robots and what is wrong with their addresses are called. */
import type { RobotKind } from '#lib/domain/chase/robot.ts';
import { m } from '#lib/paraglide/messages.js';
import type { Mark, Word } from './words.ts';

export const robotWord = { wecom: m.delivery_robot_wecom, dingtalk: m.delivery_robot_dingtalk } satisfies Record<RobotKind, Word>;
export const robotHost = { wecom: 'qyapi.weixin.qq.com', dingtalk: 'oapi.dingtalk.com' } satisfies Record<RobotKind, string>;

export const robotMessageMark = {
	queued: { tone: 'info', icon: 'clock', word: m.delivery_state_queued },
	sent: { tone: 'ok', icon: 'check', word: m.delivery_robot_sent },
	failed: { tone: 'late', icon: 'cross', word: m.delivery_state_failed }
} satisfies Record<string, Mark>;

const problems = {
	missing: m.delivery_robot_problem_missing,
	not_an_address: m.delivery_robot_problem_not_an_address,
	foreign_host: m.delivery_robot_problem_foreign_host,
	key_missing: m.delivery_robot_problem_key_missing,
	secret_shape: m.delivery_robot_problem_secret_shape,
	no_secret_here: m.delivery_robot_problem_no_secret_here
} satisfies Record<string, Word>;

export function robotProblem(code: string): string {
	return Object.hasOwn(problems, code) ? problems[code as keyof typeof problems]() : code;
}
