package dev.dibs.api.gate;

import dev.dibs.activity.Activity;
import dev.dibs.activity.ActivityState;
import dev.dibs.activity.Gate;
import dev.dibs.api.access.Principal;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.crypto.generators.HKDFBytesGenerator;
import org.bouncycastle.crypto.params.HKDFParameters;

/**
 * Grab tickets: nothing is kept of them, for what they say is signed. A ticket holds when it expires and how much work it
 * asks for; its signature is over that and over user, activity and start, so that it is of no use to another user, for
 * another activity, nor for a sale whose start has been put off.
 */
public final class GrabTickets {
    private static final String MAC = "HmacSHA256";
    private static final String PURPOSE = "dibs grab ticket 1";
    private static final int KEY_BYTES = 32;
    /** RFC 2104, section 5: half of the output is enough. */
    private static final int SIGNATURE_BYTES = 16;

    private static final int CONTENT_BYTES = Long.BYTES + 1;
    private static final int TICKET_BYTES = CONTENT_BYTES + SIGNATURE_BYTES;
    private static final int TICKET_CHARS = 34;
    /** For clocks of instances that differ a little. */
    private static final long SKEW_SECONDS = 2;

    private static final Base64.Encoder ENCODER = Base64.getUrlEncoder().withoutPadding();

    /**
     * A grab ticket.
     *
     * @param expires the first second in which it is not taken any more, epoch seconds
     * @param proofOfWorkBits 0 where no proof is needed
     */
    public record Issued(String text, long expires, int proofOfWorkBits) {}

    private final ThreadLocal<Mac> macs;

    /** @param secret the same on all instances; a key is derived from it, so that no ticket is a token of another kind */
    public GrabTickets(String secret) {
        SecretKeySpec key = new SecretKeySpec(derived(secret), MAC);
        this.macs = ThreadLocal.withInitial(() -> mac(key));
    }

    /** RFC 5869. */
    private static byte[] derived(String secret) {
        HKDFBytesGenerator hkdf = new HKDFBytesGenerator(new SHA256Digest());
        hkdf.init(new HKDFParameters(
                secret.getBytes(StandardCharsets.UTF_8), null, PURPOSE.getBytes(StandardCharsets.UTF_8)));
        byte[] key = new byte[KEY_BYTES];
        hkdf.generateBytes(key, 0, KEY_BYTES);
        return key;
    }

    private static Mac mac(SecretKeySpec key) {
        try {
            Mac mac = Mac.getInstance(MAC);
            mac.init(key);
            return mac;
        } catch (NoSuchAlgorithmException | InvalidKeyException e) {
            throw new IllegalStateException("Every Java platform must have " + MAC + "; this one does not", e);
        }
    }

    /** A ticket for this user, or null where there is none to be had: no gate, or not on sale. */
    public Issued issue(Activity activity, Principal user, long nowSeconds) {
        Gate gate = activity.entry().gate();
        if (gate.isOpen()
                || activity.state() != ActivityState.PUBLISHED
                || nowSeconds < activity.startTime()
                || nowSeconds >= activity.endTime()) {
            return null;
        }
        long expires = nowSeconds + gate.grabTicketSeconds();
        int bits = gate.proofOfWorkBits();
        byte[] ticket = ByteBuffer.allocate(TICKET_BYTES)
                .putLong(expires)
                .put((byte) bits)
                .put(signature(activity, user, expires, bits), 0, SIGNATURE_BYTES)
                .array();
        return new Issued(ENCODER.encodeToString(ticket), expires, bits);
    }

    /** What is wrong with what a grab brings along, or null where the gate lets it pass. */
    public GateRefusal check(Activity activity, Principal user, Pass pass, long nowSeconds) {
        String text = pass.grabTicket();
        if (text.isEmpty()) {
            return GateRefusal.TICKET_MISSING;
        }
        byte[] ticket = decoded(text);
        if (ticket == null) {
            return GateRefusal.TICKET_INVALID;
        }
        ByteBuffer content = ByteBuffer.wrap(ticket);
        long expires = content.getLong();
        int bits = content.get();
        byte[] expected = Arrays.copyOf(signature(activity, user, expires, bits), SIGNATURE_BYTES);
        if (!MessageDigest.isEqual(expected, Arrays.copyOfRange(ticket, CONTENT_BYTES, TICKET_BYTES))) {
            return GateRefusal.TICKET_INVALID;
        }
        if (nowSeconds >= expires + SKEW_SECONDS) {
            return GateRefusal.TICKET_EXPIRED;
        }
        // What the ticket asks for, not what the activity asks for by now: whoever has begun to work may finish.
        if (bits == 0) {
            return null;
        }
        if (!ProofOfWork.isWellFormed(pass.proof())) {
            return GateRefusal.PROOF_MISSING;
        }
        return ProofOfWork.holds(text, pass.proof(), bits) ? null : GateRefusal.PROOF_WRONG;
    }

    /** Null where it is no ticket. One ticket has one text, so that what is refused once is refused in every spelling. */
    private static byte[] decoded(String text) {
        if (text.length() != TICKET_CHARS) {
            return null;
        }
        try {
            byte[] ticket = Base64.getUrlDecoder().decode(text);
            return ticket.length == TICKET_BYTES
                            && ENCODER.encodeToString(ticket).equals(text)
                    ? ticket
                    : null;
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    private byte[] signature(Activity activity, Principal user, long expires, int bits) {
        byte[] activityId = activity.activityId().value().getBytes(StandardCharsets.US_ASCII);
        byte[] signed = ByteBuffer.allocate(CONTENT_BYTES + 3 * Long.BYTES + activityId.length)
                .putLong(expires)
                .put((byte) bits)
                .putLong(activity.startTime())
                .putLong(user.fingerprint().high())
                .putLong(user.fingerprint().low())
                .put(activityId)
                .array();
        return macs.get().doFinal(signed);
    }
}
