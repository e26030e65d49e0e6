package dev.dibs.api.gate;

/** What a grab lacks at the gate. The message names the parameter and says what to do. */
public enum GateRefusal {
    TICKET_MISSING(
            "grabTicket must be that of /act/detail, which gives one to whoever asks with a token after the start"),
    TICKET_INVALID("grabTicket must be your own, of this activity: ask /act/detail with your token for one"),
    TICKET_EXPIRED("grabTicket has expired: ask /act/detail for another"),
    PROOF_MISSING(
            "proof must be a text of 1 to 32 letters, digits, - and _ for which SHA-256 of grabTicket, '.' and proof"
                    + " begins with as many zero bits as proofOfWorkBits of /act/detail says"),
    PROOF_WRONG("proof must make SHA-256 of grabTicket, '.' and proof begin with as many zero bits as"
            + " proofOfWorkBits of /act/detail says");

    private final String message;

    GateRefusal(String message) {
        this.message = message;
    }

    public String message() {
        return message;
    }
}
