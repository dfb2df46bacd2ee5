import { describe, expect, test } from 'vitest';
import { clientAddressReader, proxyProblem } from '#lib/server/auth/client-address.ts';

describe('where a request came from', () => {
	const PROXIES = ['10.0.0.5', '10.1.0.0/16', 'fd00::/8'];
	test.each<[what: string, trusted: readonly string[], connection: string, forwardedFor: string | undefined, client: string]>([
		['no proxy is named: the connection alone counts', [], '203.0.113.7', '198.51.100.1', '203.0.113.7'],
		['a stranger claims to be somebody else', PROXIES, '203.0.113.7', '198.51.100.1', '203.0.113.7'],
		['the proxy says who asked', PROXIES, '10.0.0.5', '198.51.100.1', '198.51.100.1'],
		['what the client wrote before is not believed', PROXIES, '10.0.0.5', '127.0.0.1, 192.0.2.9, 198.51.100.1', '198.51.100.1'],
		['two proxies of ours, one behind the other', PROXIES, '10.0.0.5', '198.51.100.1, 10.1.2.3', '198.51.100.1'],
		['a client that writes a proxy of ours gains nothing', PROXIES, '10.0.0.5', '192.0.2.9, 10.1.2.3, 198.51.100.1', '198.51.100.1'],
		['the proxy itself asks, as a load balancer does', PROXIES, '10.0.0.5', undefined, '10.0.0.5'],
		['nothing but white space and commas', PROXIES, '10.0.0.5', ' , ,', '10.0.0.5'],
		['no address at all: the nearest that is known', PROXIES, '10.0.0.5', '198.51.100.1, unknown', '10.0.0.5'],
		['an IPv4 connection on a socket of both kinds', PROXIES, '::ffff:10.0.0.5', '::ffff:198.51.100.1', '198.51.100.1'],
		['the same without a proxy', [], '::ffff:203.0.113.7', undefined, '203.0.113.7'],
		['with a port', PROXIES, '10.0.0.5', '198.51.100.1:51234', '198.51.100.1'],
		['IPv6 in brackets, with a port', PROXIES, 'fd00::1', '[2001:db8::7]:443', '2001:db8::7'],
		['IPv6 alone', PROXIES, 'fd12:3::1', '2001:db8::7', '2001:db8::7'],
		['a socket that is already gone', PROXIES, '', '198.51.100.1', '']
	])('%s', (_, trusted, connection, forwardedFor, client) => {
		expect(clientAddressReader(trusted)(connection, forwardedFor)).toBe(client);
	});

	test.each([
		['10.0.0.5', null],
		['10.0.0.0/8', null],
		['fd00::/8', null],
		['::1', null],
		['10.0.0', 'not_an_address'],
		['localhost', 'not_an_address'],
		['10.0.0.1/8/8', 'not_an_address'],
		['', 'not_an_address'],
		['10.0.0.0/0', 'prefix_out_of_range'],
		['10.0.0.0/33', 'prefix_out_of_range'],
		['10.0.0.0/', 'prefix_out_of_range'],
		['fd00::/129', 'prefix_out_of_range']
	])('%s as an entry of TRUSTED_PROXIES', (entry, problem) => expect(proxyProblem(entry)).toBe(problem));
});
