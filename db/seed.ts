import { config } from '#lib/server/config.ts';
import { MigrationRefused, migrate } from './migrate.ts';
import { DemonstrationRefused, seedDemonstration } from './seed/demo/load.ts';
import { loadReference } from './seed/reference/load.ts';

/**
 * `npm run seed`: brings the database of DATABASE_URL up to date and gives it what every database has.
 * `npm run seed -- --demonstration`: also fills it with synthetic data, if it is empty and APP_ENV=demonstration says that nothing real will ever be in it.
 */
async function seed(): Promise<void> {
	const url = process.env['MIGRATE_DATABASE_URL'] || process.env['DATABASE_URL'];
	if (!url) throw new DemonstrationRefused('Set DATABASE_URL to the database that is to be filled; the embedded one is filled by `npm start`.');
	const wantsDemonstration = process.argv.includes('--demonstration');
	if (wantsDemonstration && process.env['APP_ENV'] !== 'demonstration') {
		throw new DemonstrationRefused('Set APP_ENV=demonstration to say that this database is for trying out and will never hold anything real.');
	}
	await migrate({ url });
	await loadReference({ url });
	console.log('Reference data is complete.');
	if (!wantsDemonstration) return;
	const { accounts } = await seedDemonstration({ url, asOf: config().appNow ?? new Date() });
	console.log(`Demonstration data is in place (synthetic). Password of each account: ${accounts[0]?.password ?? ''}`);
	for (const { username, role, organisation } of accounts) console.log(`  ${username}  ${role} · ${organisation}`);
}

try {
	await seed();
} catch (error) {
	console.error(error instanceof DemonstrationRefused || error instanceof MigrationRefused ? error.message : error);
	process.exit(1);
}
