package dev.dibs.api.operations;

import dev.dibs.activity.Entry;
import dev.dibs.activity.Gate;
import dev.dibs.activity.RequiredClaim;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The part of an activity's document that says who may take part, and what they have to bring along. */
final class EntryDocument {
    private static final String CLAIM = "required_claim";
    private static final String NAME = "name";
    private static final String VALUE = "value";
    private static final String GATE = "gate";
    private static final String GRAB_TICKET = "grab_ticket";
    private static final String SECONDS = "grab_ticket_seconds";
    private static final String BITS = "proof_of_work_bits";

    private EntryDocument() {}

    /** What is wrong is among the faults of the fields, and left out of the entry. */
    static Entry read(DocumentFields fields) {
        return new Entry(claim(fields.groupIfAny(CLAIM)), "", gate(fields.groupIfAny(GATE)));
    }

    private static Optional<RequiredClaim> claim(DocumentFields fields) {
        if (fields == null) {
            return Optional.empty();
        }
        String name = fields.text(NAME);
        String value = fields.text(VALUE);
        if (name != null) {
            fields.check(NAME, () -> RequiredClaim.name(name));
        }
        if (value != null) {
            fields.check(VALUE, () -> RequiredClaim.value(value));
        }
        fields.refuseOthers();
        try {
            return name == null || value == null ? Optional.empty() : Optional.of(new RequiredClaim(name, value));
        } catch (IllegalArgumentException e) {
            // Told already, field by field.
            return Optional.empty();
        }
    }

    private static Gate gate(DocumentFields fields) {
        if (fields == null) {
            return Gate.OPEN;
        }
        Boolean grabTicket = fields.truthOr(GRAB_TICKET, false);
        Integer seconds = fields.wholeOr(SECONDS, Gate.DEFAULT_SECONDS);
        Integer bits = fields.wholeOr(BITS, 0);
        if (seconds != null) {
            fields.check(SECONDS, () -> new Gate(seconds == 0 ? -1 : seconds, 0));
        }
        if (bits != null) {
            fields.check(BITS, () -> new Gate(Gate.DEFAULT_SECONDS, bits));
        }
        if (bits != null && bits > 0 && Boolean.FALSE.equals(grabTicket)) {
            fields.fault(BITS, "needs grab_ticket: true, for a grab ticket holds the challenge");
        }
        fields.refuseOthers();
        try {
            return Boolean.TRUE.equals(grabTicket) && seconds != null && bits != null
                    ? new Gate(seconds, bits)
                    : Gate.OPEN;
        } catch (IllegalArgumentException e) {
            // Told already, field by field.
            return Gate.OPEN;
        }
    }

    /** Under the same names; the list in force beside them, which is set in a way of its own. */
    static void render(Map<String, Object> json, Entry entry) {
        json.put(
                CLAIM,
                entry.requiredClaim()
                        .map(claim -> Map.of(NAME, claim.name(), VALUE, claim.value()))
                        .orElse(null));
        json.put("eligibility_list", entry.hasList() ? entry.eligibilityList() : null);
        Map<String, Object> gate = new LinkedHashMap<>();
        gate.put(GRAB_TICKET, !entry.gate().isOpen());
        if (!entry.gate().isOpen()) {
            gate.put(SECONDS, entry.gate().grabTicketSeconds());
        }
        gate.put(BITS, entry.gate().proofOfWorkBits());
        json.put(GATE, gate);
    }
}
