import { createHmac } from 'node:crypto';
import { judgeRobotAnswer, signedAddress, signedText, type RobotAnswer, type RobotKind } from '#lib/domain/chase/robot.ts';

/** A group robot answers at once or not at all. */
const ANSWER_WITHIN_MS = 10_000;

export interface RobotPost {
	readonly kind: RobotKind;
	readonly webhook: string;
	/** DingTalk's signing secret; null where the robot is guarded by its address alone. */
	readonly secret: string | null;
	/** The payload as text. */
	readonly body: string;
	/** For the signature: the robot refuses one that is an hour off, so it is the clock of the wall. */
	readonly at: Date;
}

/** Posts one message. Follows no redirect: it would lead to where nobody has looked. */
export async function postToRobot({ kind, webhook, secret, body, at }: RobotPost): Promise<{ readonly answer: RobotAnswer; readonly said: string }> {
	const address = kind === 'dingtalk' && secret !== null ? signedAddress(webhook, at.getTime(), dingtalkSignature(at.getTime(), secret)) : webhook;
	try {
		const response = await fetch(address, {
			method: 'POST',
			headers: { 'content-type': 'application/json; charset=utf-8' },
			body,
			redirect: 'manual',
			signal: AbortSignal.timeout(ANSWER_WITHIN_MS)
		});
		const text = (await response.text()).slice(0, 2_000);
		const { errcode, errmsg } = answerOf(text);
		return { answer: judgeRobotAnswer(kind, response.status, errcode), said: `${response.status} ${errcode ?? ''} ${errmsg}`.trim().slice(0, 300) };
	} catch (error) {
		// The address carries the key: what is written down must not.
		return { answer: 'later', said: error instanceof Error && error.name === 'TimeoutError' ? 'no answer' : 'not reached' };
	}
}

/** HMAC-SHA256 over timestamp and secret, keyed with the secret, in base64 (DingTalk's 加签). */
export function dingtalkSignature(timestampMs: number, secret: string): string {
	return createHmac('sha256', secret).update(signedText(timestampMs, secret)).digest('base64');
}

function answerOf(text: string): { errcode: number | null; errmsg: string } {
	try {
		const read: unknown = JSON.parse(text);
		const { errcode, errmsg } = (typeof read === 'object' && read !== null ? read : {}) as { errcode?: unknown; errmsg?: unknown };
		return { errcode: typeof errcode === 'number' ? errcode : null, errmsg: typeof errmsg === 'string' ? errmsg.replaceAll(/\p{Cc}+/gu, ' ') : '' };
	} catch {
		return { errcode: null, errmsg: '' };
	}
}
