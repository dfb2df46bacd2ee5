import { BlockList, isIP } from 'node:net';

/** Why an entry of TRUSTED_PROXIES names neither an address nor a network; null when it does. */
export function proxyProblem(entry: string): 'not_an_address' | 'prefix_out_of_range' | null {
	const [address = '', prefix, ...rest] = entry.split('/');
	const version = isIP(address);
	if (version === 0 || rest.length > 0) return 'not_an_address';
	if (prefix === undefined) return null;
	return /^\d{1,3}$/.test(prefix) && Number(prefix) >= 1 && Number(prefix) <= (version === 4 ? 32 : 128) ? null : 'prefix_out_of_range';
}

/** An IPv4 address that a socket of both kinds writes as IPv6 is the same address: limits and journal know one name for it. */
function plainAddress(text: string): string {
	return /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(text)?.[1] ?? text;
}

/** An address as proxies write it: some add the port, and brackets round IPv6. */
function addressIn(entry: string): string | null {
	const text = plainAddress(
		entry
			.trim()
			.replace(/^\[([^\]]+)\](?::\d+)?$/, '$1')
			.replace(/^(\d+\.\d+\.\d+\.\d+):\d+$/, '$1')
	);
	return isIP(text) === 0 ? null : text;
}

/**
 * Makes the reader of where a request came from. What a request says of itself is believed only from the proxies named, hop by hop from the
 * nearest: the first address that is no proxy of ours is the client, whatever stands before it. Without proxies the connection alone counts.
 *
 * @param trusted addresses and networks, each without a `proxyProblem`
 */
export function clientAddressReader(trusted: readonly string[]): (connection: string | undefined, forwardedFor: string | undefined) => string {
	const proxies = new BlockList();
	for (const entry of trusted) {
		const [address = '', prefix] = entry.split('/');
		const family = isIP(address) === 6 ? 'ipv6' : 'ipv4';
		if (prefix === undefined) proxies.addAddress(address, family);
		else proxies.addSubnet(address, Number(prefix), family);
	}
	const isProxy = (address: string) => proxies.check(address, isIP(address) === 6 ? 'ipv6' : 'ipv4');
	return (connection, forwardedFor) => {
		let client = plainAddress(connection ?? '');
		const hops = (forwardedFor ?? '').split(',').filter((hop) => hop.trim() !== '');
		while (isIP(client) !== 0 && isProxy(client)) {
			const before = addressIn(hops.pop() ?? '');
			if (before === null) break;
			client = before;
		}
		return client;
	};
}
