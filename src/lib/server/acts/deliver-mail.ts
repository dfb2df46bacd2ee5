import { createTransport } from 'nodemailer';
import { config } from '../config.ts';
import { asSystem } from '../db.ts';
import { log } from '../log.ts';

/** How many mails one run sends at most; the next tick takes the rest. */
const BATCH = 50;
const MAX_ATTEMPTS = 8;

interface QueuedMail {
	id: string;
	to_address: string;
	subject: string;
	text_body: string;
	html_body: string;
	message_id: string;
	attempts: number;
}

/**
 * Sends queued mail by SMTP. A mail is claimed by its row, so any number of schedulers may run; it is sent at least once, with a Message-ID
 * that stays the same, so that a repeat after a crash is recognised. A mail that keeps failing is set aside as failed and stays visible.
 * Without SMTP settings nothing is sent: the mails can be read in the demonstration's mailbox.
 */
export async function deliverMail(): Promise<{ sent: number; failed: number }> {
	const { smtpUrl, mailFrom } = config();
	if (smtpUrl === undefined) return { sent: 0, failed: 0 };
	const transport = createTransport({ url: smtpUrl, connectionTimeout: 10_000, greetingTimeout: 10_000, socketTimeout: 20_000, disableFileAccess: true, disableUrlAccess: true });
	const from = mailFrom ?? 'no-reply@localhost';
	let sent = 0;
	let failed = 0;
	try {
		for (let count = 0; count < BATCH; count += 1) {
			const outcome = await asSystem(
				'deliver mail',
				async ({ sql }) => {
					const [mail] = await sql<QueuedMail[]>`
						select id, to_address, subject, text_body, html_body, message_id, attempts from mail
						where state = 'queued' and queued_at + (power(2, attempts) - 1) * interval '15 seconds' <= app_now()
						order by queued_at limit 1 for update skip locked`;
					if (!mail) return 'none';
					try {
						await transport.sendMail({
							messageId: mail.message_id,
							from,
							// One validated address object and an explicit envelope: a string could smuggle in a second recipient.
							to: { name: '', address: mail.to_address },
							envelope: { from, to: [mail.to_address] },
							subject: mail.subject,
							text: mail.text_body,
							html: mail.html_body
						});
					} catch (error) {
						const attempts = mail.attempts + 1;
						const state = attempts >= MAX_ATTEMPTS ? 'failed' : 'queued';
						await sql`
							update mail set attempts = ${attempts}, state = ${state}, last_error = ${error instanceof Error ? error.message.slice(0, 500) : 'unknown'}
							where id = ${mail.id}::bigint`;
						return 'failed';
					}
					await sql`update mail set state = 'sent', sent_at = app_now(), attempts = ${mail.attempts + 1} where id = ${mail.id}::bigint`;
					return 'sent';
				},
				{ deadlineMs: 40_000 }
			);
			if (outcome === 'none') break;
			if (outcome === 'sent') sent += 1;
			else failed += 1;
		}
	} finally {
		transport.close();
	}
	if (sent + failed > 0) log('info', { event: 'mail_delivered', sent, failed });
	return { sent, failed };
}
