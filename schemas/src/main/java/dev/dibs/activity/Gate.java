package dev.dibs.activity;

/**
 * What a grab of a hot activity has to bring along.
 *
 * @param grabTicketSeconds how long a grab ticket of {@code /act/detail} is good for, 10 to 600; 0 where none is needed
 * @param proofOfWorkBits leading zero bits that the hash of a proof must have, 1 to 24; 0 where none is needed. Needs
 *     grab tickets, which hold the challenge
 */
public record Gate(int grabTicketSeconds, int proofOfWorkBits) {
    public static final int MIN_SECONDS = 10;
    public static final int MAX_SECONDS = 600;
    public static final int DEFAULT_SECONDS = 60;
    /** Sixteen million hashes on average: more than a minute in a browser. */
    public static final int MAX_BITS = 24;

    public static final Gate OPEN = new Gate(0, 0);

    public Gate {
        if (grabTicketSeconds != 0 && (grabTicketSeconds < MIN_SECONDS || grabTicketSeconds > MAX_SECONDS)) {
            throw new IllegalArgumentException(
                    "grab_ticket_seconds must be " + MIN_SECONDS + " to " + MAX_SECONDS + ", or 0 for no gate");
        }
        if (proofOfWorkBits < 0 || proofOfWorkBits > MAX_BITS) {
            throw new IllegalArgumentException("proof_of_work_bits must be 0 to " + MAX_BITS);
        }
        if (proofOfWorkBits > 0 && grabTicketSeconds == 0) {
            throw new IllegalArgumentException("proof_of_work_bits needs grab tickets, which hold the challenge");
        }
    }

    public boolean isOpen() {
        return grabTicketSeconds == 0;
    }
}
