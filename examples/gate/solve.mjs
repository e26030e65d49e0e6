// node solve.mjs CHALLENGE BITS: prints a proof.
import { solve } from './gate.mjs';

const [challenge, bits] = process.argv.slice(2);
console.log(await solve(challenge, Number(bits)));
