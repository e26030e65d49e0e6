package dev.dibs.api.gate;

/**
 * What a grab brings along for the gate.
 *
 * @param grabTicket empty where there is none
 * @param proof empty where there is none
 */
public record Pass(String grabTicket, String proof) {
    public static final Pass NONE = new Pass("", "");

    public Pass {
        if (grabTicket == null || proof == null) {
            throw new IllegalArgumentException("what is not brought along is empty, not null");
        }
    }
}
