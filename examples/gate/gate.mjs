// What a page does at the gate of a hot activity: ask for a grab ticket once the sale has begun, do the work that it
// asks for, and grab with both. Needs nothing but a browser (crypto.subtle: HTTPS or localhost) or Node.js.

/** How many hashes are under way at a time: waiting for each alone takes longer than the hash. */
const BATCH = 256;

function leadingZeroBits(hash) {
  let bits = 0;
  for (const byte of hash) {
    if (byte !== 0) {
      return bits + Math.clz32(byte) - 24;
    }
    bits += 8;
  }
  return bits;
}

/** Finds a proof: SHA-256 of challenge, '.' and proof begins with so many zero bits. */
export async function solve(challenge, bits) {
  const text = new TextEncoder();
  for (let from = 0; ; from += BATCH) {
    const proofs = Array.from({ length: BATCH }, (_, i) => (from + i).toString(36));
    const hashes = await Promise.all(
      proofs.map((proof) => crypto.subtle.digest('SHA-256', text.encode(`${challenge}.${proof}`))));
    const found = hashes.findIndex((hash) => leadingZeroBits(new Uint8Array(hash)) >= bits);
    if (found >= 0) {
      return proofs[found];
    }
  }
}

/** Answers what /ticket/get answers; with the same requestId it can be called again after a lost answer. */
export async function grab(server, token, actId, requestId) {
  const headers = { Authorization: `Bearer ${token}` };
  const detail = await (await fetch(`${server}/act/detail?actId=${actId}`, { headers })).json();
  const parameters = new URLSearchParams({ actId, requestId });
  if (detail.data.grabTicket) {
    parameters.set('grabTicket', detail.data.grabTicket);
    if (detail.data.proofOfWorkBits > 0) {
      parameters.set('proof', await solve(detail.data.grabTicket, detail.data.proofOfWorkBits));
    }
  }
  return (await fetch(`${server}/ticket/get?${parameters}`, { headers })).json();
}
