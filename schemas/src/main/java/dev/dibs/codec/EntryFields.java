package dev.dibs.codec;

import dev.dibs.activity.Entry;
import dev.dibs.activity.Gate;
import dev.dibs.activity.RequiredClaim;
import java.util.Optional;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.JsonNode;

/**
 * The entry of an activity, flat beside its other fields. Activities from before it was known have none of these fields,
 * and were open to everyone.
 */
final class EntryFields {
    private static final String CLAIM_NAME = "requiredClaimName";
    private static final String CLAIM_VALUE = "requiredClaimValue";
    private static final String LIST = "eligibilityList";
    private static final String GRAB_TICKET_SECONDS = "grabTicketSeconds";
    private static final String PROOF_OF_WORK_BITS = "proofOfWorkBits";

    private EntryFields() {}

    static void write(JsonGenerator json, Entry entry) {
        json.writeStringProperty(
                CLAIM_NAME, entry.requiredClaim().map(RequiredClaim::name).orElse(""));
        json.writeStringProperty(
                CLAIM_VALUE, entry.requiredClaim().map(RequiredClaim::value).orElse(""));
        json.writeStringProperty(LIST, entry.eligibilityList());
        json.writeNumberProperty(GRAB_TICKET_SECONDS, entry.gate().grabTicketSeconds());
        json.writeNumberProperty(PROOF_OF_WORK_BITS, entry.gate().proofOfWorkBits());
    }

    static Entry read(JsonNode activity) throws UndecodableRecordException {
        String name = text(activity, CLAIM_NAME);
        String value = text(activity, CLAIM_VALUE);
        Optional<RequiredClaim> claim =
                name.isEmpty() && value.isEmpty() ? Optional.empty() : Optional.of(claim(name, value));
        Gate gate = new Gate(number(activity, GRAB_TICKET_SECONDS), number(activity, PROOF_OF_WORK_BITS));
        return new Entry(claim, text(activity, LIST), gate);
    }

    private static RequiredClaim claim(String name, String value) throws UndecodableRecordException {
        try {
            return new RequiredClaim(name, value);
        } catch (IllegalArgumentException e) {
            throw new UndecodableRecordException("requiredClaim: " + e.getMessage(), e);
        }
    }

    private static String text(JsonNode activity, String field) throws UndecodableRecordException {
        return activity.has(field) ? Json.text(activity, field) : "";
    }

    private static int number(JsonNode activity, String field) throws UndecodableRecordException {
        return activity.has(field) ? Json.int32(activity, field) : 0;
    }
}
