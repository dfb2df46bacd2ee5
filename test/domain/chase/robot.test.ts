import { describe, expect, test } from 'vitest';
import { judgeRobotAnswer, maskedWebhook, nextRobotAttemptAt, readWebhook, robotPayload, signedAddress, signedText } from '#lib/domain/chase/robot.ts';

const KEY = '693a91f6-7aaa-4bc4-97a0-0ec2sifa5aaa';
const WECOM = `https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=${KEY}`;
const DINGTALK = 'https://oapi.dingtalk.com/robot/send?access_token=566cc69da782ec33ae2a6a7b8a6a9a2b';

describe('addresses of group robots', () => {
	test('the official ones are taken, and only their key is kept', () => {
		expect(readWebhook('wecom', ` ${WECOM} `)).toEqual({ ok: true, webhook: WECOM });
		expect(readWebhook('dingtalk', `${DINGTALK}&lang=zh`)).toEqual({ ok: true, webhook: DINGTALK });
	});

	test.each([
		['', 'missing'],
		['qyapi.weixin.qq.com', 'not_an_address'],
		[WECOM.replace('https', 'http'), 'foreign_host'],
		[WECOM.replace('qyapi.weixin.qq.com', 'qyapi.weixin.qq.com.example.cn'), 'foreign_host'],
		[WECOM.replace('qyapi.weixin.qq.com', 'qyapi.weixin.qq.com:8443'), 'foreign_host'],
		[WECOM.replace('https://', 'https://qyapi.weixin.qq.com@example.cn/'), 'not_an_address'],
		[WECOM.replace('https://', 'https://user@'), 'not_an_address'],
		['https://127.0.0.1/cgi-bin/webhook/send?key=12345678', 'foreign_host'],
		['https://169.254.169.254/latest/meta-data', 'foreign_host'],
		['file:///etc/passwd', 'not_an_address'],
		[DINGTALK, 'foreign_host'],
		['https://qyapi.weixin.qq.com/cgi-bin/webhook/send', 'key_missing'],
		[`https://qyapi.weixin.qq.com/cgi-bin/../gettoken?key=${KEY}`, 'key_missing'],
		[`${WECOM}&key=another-key`, 'key_missing'],
		[`${WECOM}\nHost: x`, 'not_an_address'],
		[`${WECOM}#x`, 'not_an_address']
	])('%j is refused at the field', (given, problem) => {
		expect(readWebhook('wecom', given)).toEqual({ ok: false, refusal: { code: 'invalid_input', fields: { webhook: problem } } });
	});

	test('a key is never shown', () => expect(maskedWebhook(WECOM)).toBe('https://qyapi.weixin.qq.com/cgi-bin/webhook/send?…5aaa'));

	test('what DingTalk wants signed, and where the signature goes', () => {
		expect(signedText(1764205200000, 'SEC123')).toBe('1764205200000\nSEC123');
		expect(signedAddress(DINGTALK, 1764205200000, 'a+b/c=')).toBe(`${DINGTALK}&timestamp=1764205200000&sign=a%2Bb%2Fc%3D`);
	});
});

describe('messages', () => {
	test('each kind gets its form, and nothing reads as markup', () => {
		const text = { title: '2026年度', lines: ['应报23', '<@all> [点我](http://x)\n换行'] };
		expect(robotPayload('wecom', text)).toEqual({ msgtype: 'markdown', markdown: { content: '### 2026年度\n> 应报23\n> ＜＠all＞ ［点我］(http://x) 换行' } });
		expect(robotPayload('dingtalk', text)).toMatchObject({
			msgtype: 'markdown',
			markdown: { title: '2026年度', text: expect.stringContaining('### 2026年度\n\n> 应报23') as unknown }
		});
	});

	test('never more bytes than they take', () => {
		const payload = robotPayload('wecom', { title: '长', lines: Array.from({ length: 200 }, () => '示例'.repeat(20)) }) as { markdown: { content: string } };
		expect(new TextEncoder().encode(payload.markdown.content).length).toBeLessThanOrEqual(4_096);
	});

	test.each([
		['wecom', 200, 0, 'sent'],
		['wecom', 200, 45009, 'later'],
		['wecom', 200, 93000, 'refused'],
		['wecom', 502, null, 'later'],
		['wecom', 302, null, 'later'],
		['dingtalk', 200, 0, 'sent'],
		['dingtalk', 200, 130101, 'later'],
		['dingtalk', 200, 310000, 'refused'],
		['dingtalk', 200, null, 'later'],
		['dingtalk', 403, null, 'refused']
	] as const)('%s answers %i with %s: %s', (kind, status, errcode, answer) => expect(judgeRobotAnswer(kind, status, errcode)).toBe(answer));

	test('tried again further and further apart, then set aside', () => {
		const now = new Date('2026-11-27T01:00:00Z');
		const waits = [1, 2, 3, 4, 5, 6, 7].map((attempts) => ((nextRobotAttemptAt('later', attempts, now)?.getTime() ?? 0) - now.getTime()) / 60_000);
		expect(waits).toEqual([2, 4, 8, 16, 32, 60, 60]);
		expect(nextRobotAttemptAt('later', 8, now)).toBeNull();
		expect(nextRobotAttemptAt('refused', 1, now)).toBeNull();
	});
});
