/**
 * Group robots of WeCom (企业微信) and DingTalk (钉钉): which addresses they may have, what they are sent, and what they answer. Off until an office sets its
 * own. A robot stands in a group of colleagues: it is told counts and dates, never a person or an enterprise (非方案规定).
 */
import { refuse, type Decision } from '#lib/domain/refusal.ts';

export const ROBOT_KINDS = ['wecom', 'dingtalk'] as const;
export type RobotKind = (typeof ROBOT_KINDS)[number];

/** Where a robot of each kind lives. Any other host is refused: the server must not be sent to fetch what somebody types. */
const HOME = {
	wecom: { host: 'qyapi.weixin.qq.com', path: '/cgi-bin/webhook/send', key: 'key' },
	dingtalk: { host: 'oapi.dingtalk.com', path: '/robot/send', key: 'access_token' }
} as const satisfies Record<RobotKind, { host: string; path: string; key: string }>;

/** Both take twenty messages a minute and shut a robot out for ten minutes when there are more. */
export const MESSAGES_A_MINUTE = 20;
export const ROBOT_ATTEMPTS_AT_MOST = 8;

/**
 * An address as pasted, as it is kept; or its problem at the field.
 *
 * @param alsoHosts hosts of tests; none in earnest
 */
export function readWebhook(kind: RobotKind, given: string, alsoHosts: readonly string[] = []): Decision<{ webhook: string }> {
	const problem = (code: string): Decision<{ webhook: string }> => refuse({ code: 'invalid_input', fields: { webhook: code } });
	const text = given.trim();
	if (text === '') return problem('missing');
	if (text.length > 500 || /[\s\p{Cc}]/u.test(text)) return problem('not_an_address');
	const parts = /^(https?):\/\/([^/?#@]+)(\/[^?#]*)?(?:\?([^#]*))?$/.exec(text);
	if (!parts) return problem('not_an_address');
	const [, scheme = '', host = '', path = '', query = ''] = parts;
	const home = HOME[kind];
	const known = (scheme === 'https' && host.toLowerCase() === home.host) || alsoHosts.includes(host);
	if (!known) return problem('foreign_host');
	const keys = query.split('&').filter((part) => new RegExp(`^${home.key}=[\\w-]{8,200}$`).test(part));
	const [key] = keys;
	if (path !== home.path || keys.length !== 1 || key === undefined) return problem('key_missing');
	return { ok: true, webhook: `${scheme}://${host.toLowerCase()}${home.path}?${key}` };
}

/** Enough to recognise a robot by; its key is as good as a password. */
export function maskedWebhook(webhook: string): string {
	const [address = '', query = ''] = webhook.split('?');
	return `${address}?…${query.slice(-4)}`;
}

/** DingTalk: what is signed with HMAC-SHA256 under the robot's secret. */
export function signedText(timestampMs: number, secret: string): string {
	return `${timestampMs}\n${secret}`;
}

/** The address with DingTalk's signature (base64) on it. */
export function signedAddress(webhook: string, timestampMs: number, signature: string): string {
	return `${webhook}&timestamp=${timestampMs}&sign=${encodeURIComponent(signature)}`;
}

export interface RobotText {
	readonly title: string;
	/** Lines of plain text. */
	readonly lines: readonly string[];
}

/** Most bytes either takes for one message. */
const BYTES_AT_MOST = 4_000;

/** What is posted, in the form each kind reads. Signs that would be read as markup are taken for what they are. */
export function robotPayload(kind: RobotKind, { title, lines }: RobotText): object {
	const body = withinBytes([`### ${plain(title)}`, ...lines.map((line) => `> ${plain(line)}`)]);
	if (kind === 'wecom') return { msgtype: 'markdown', markdown: { content: body.join('\n') } };
	// DingTalk joins lines unless they stand apart.
	return { msgtype: 'markdown', markdown: { title: plain(title), text: body.join('\n\n') } };
}

function plain(text: string): string {
	return text.replace(/\p{Cc}+/gu, ' ').replace(/[\\`*_[\]<>#@]/g, (sign) => FULL_WIDTH[sign] ?? sign);
}
/** Neither kind reads a backslash before a sign in every place; the wide form of it is never markup. */
const FULL_WIDTH: Readonly<Record<string, string>> = {
	'\\': '＼',
	'`': '｀',
	'*': '＊',
	_: '＿',
	'[': '［',
	']': '］',
	'<': '＜',
	'>': '＞',
	'#': '＃',
	'@': '＠'
};

function withinBytes(lines: readonly string[]): readonly string[] {
	let bytes = 0;
	return lines.filter((line) => {
		// Three bytes for a Chinese character are the most that occur here, a wide pair has two units and four bytes.
		bytes += line.length * 3 + 2;
		return bytes <= BYTES_AT_MOST;
	});
}

/** `later`: try again; `refused`: this robot does not take messages from us, whoever set it must look. */
export type RobotAnswer = 'sent' | 'later' | 'refused';

/** What an answer means. Both say 200 and put the truth into `errcode`. */
export function judgeRobotAnswer(kind: RobotKind, status: number, errcode: number | null): RobotAnswer {
	if (status >= 200 && status < 300 && errcode === 0) return 'sent';
	if (status === 429 || status >= 500 || status === 0) return 'later';
	const busy = { wecom: [-1, 45009, 45033], dingtalk: [-1, 130101, 410100, 660026] } as const satisfies Record<RobotKind, readonly number[]>;
	if (errcode !== null && (busy[kind] as readonly number[]).includes(errcode)) return 'later';
	return errcode === null && status < 400 ? 'later' : 'refused';
}

/** When to try a message again; null = set aside. Ten minutes at least where the robot was shut out for too many. */
export function nextRobotAttemptAt(answer: Exclude<RobotAnswer, 'sent'>, attempts: number, now: Date): Date | null {
	if (answer === 'refused' || attempts >= ROBOT_ATTEMPTS_AT_MOST) return null;
	return new Date(now.getTime() + Math.min(2 ** attempts, 60) * 60_000);
}
