import type postgres from 'postgres';
import type { Actor } from '#lib/server/actor.ts';

/** One condition of a where clause, bound to the actor. */
export type Clause = postgres.PendingQuery<postgres.Row[]>;

/** A fragment that stands for a day: the SQL checker reads its type off the name. */
export type DayClause = Clause & { readonly stands?: 'day' };

/** A fragment that stands for an instant. */
export type InstantClause = Clause & { readonly stands?: 'instant' };

/**
 * What the actor may see, as conditions for the first lock. Each name assumes an alias:
 * `report` → r (annual_report), `enterprise` → e (enterprise), `organisation` → o (organisation).
 * Row level security is the second lock; a test holds the two together.
 */
export type Within = { readonly report: Clause; readonly enterprise: Clause; readonly organisation: Clause };

/** Who a transaction is for: a person, a timetable or tool with its reason, or a visitor of the public register. */
export type Party = { actor: Actor } | { systemReason: string } | { visitor: true };

/** 方案第四、十一条: an enterprise has its own, an office its channel's, the ministries everything, everybody else nothing. */
export function within(clause: postgres.TransactionSql, party: Party): Within {
	if ('systemReason' in party)
		return {
			get report() {
				return clause`true`;
			},
			get enterprise() {
				return clause`true`;
			},
			get organisation() {
				return clause`true`;
			}
		};
	if ('visitor' in party)
		return {
			get report() {
				return clause`false`;
			},
			get enterprise() {
				return clause`true`;
			},
			get organisation() {
				return clause`false`;
			}
		};
	const { orgKind, channelId, enterpriseId, orgId } = party.actor;
	switch (orgKind) {
		case 'mofcom':
		case 'miit':
			return {
				get report() {
					return clause`true`;
				},
				get enterprise() {
					return clause`true`;
				},
				get organisation() {
					return clause`true`;
				}
			};
		case 'commerce':
		case 'industry':
		case 'group':
			return {
				get report() {
					return clause`r.channel_id = ${channelId}`;
				},
				get enterprise() {
					return clause`e.channel_id = ${channelId}`;
				},
				// Its offices, and the organisations of its enterprises, which carry no channel of their own.
				get organisation() {
					return clause`(o.channel_id = ${channelId} or exists (select from enterprise own where own.id = o.enterprise_id and own.channel_id = ${channelId}))`;
				}
			};
		case 'enterprise':
			return {
				get report() {
					return clause`r.enterprise_id = ${enterpriseId}`;
				},
				get enterprise() {
					return clause`e.id = ${enterpriseId}`;
				},
				get organisation() {
					return clause`o.id = ${orgId}`;
				}
			};
		case 'administration':
			return {
				get report() {
					return clause`false`;
				},
				get enterprise() {
					return clause`false`;
				},
				get organisation() {
					return clause`true`;
				}
			};
		case 'expert_pool':
		case 'audit':
			return {
				get report() {
					return clause`false`;
				},
				get enterprise() {
					return clause`false`;
				},
				get organisation() {
					return clause`o.id = ${orgId}`;
				}
			};
	}
}
