/** Personal contact data as everybody sees it who has not asked for it: enough to tell two apart, too little to ring or write to. */

/** one@example.cn → o****@example.cn */
export function maskEmail(email: string): string {
	return email.replace(/^(.)[^@]*/u, '$1****');
}

/** 13812345678 → 138****5678; a landline keeps its last two figures. */
export function maskPhone(phone: string): string {
	const trimmed = phone.trim();
	const mobile = /^(?:\+?86[- ]?)?(1\d{2})\d{4}(\d{4})$/.exec(trimmed);
	if (mobile) return `${mobile[1] ?? ''}****${mobile[2] ?? ''}`;
	return trimmed.length <= 4 ? '****' : `${trimmed.slice(0, 3)}****${trimmed.slice(-2)}`;
}

/** Whoever can be rung or written to, with both masked. */
export function maskContact<Contact extends { readonly phone: string | null; readonly email: string | null }>(contact: Contact): Contact {
	return { ...contact, phone: contact.phone && maskPhone(contact.phone), email: contact.email && maskEmail(contact.email) };
}

/** What a mail server says, which likes to name the address it refused. */
export function maskEmailsIn(text: string): string {
	return text.replace(/[\p{L}\p{N}._%+'-]+@[\p{L}\p{N}.-]+/gu, maskEmail);
}
