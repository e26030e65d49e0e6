package dev.dibs.results;

import dev.dibs.ids.ActivityId;
import dev.dibs.ids.TicketId;
import dev.dibs.ids.TicketKind;
import java.util.Locale;

/**
 * A valid grab as one flat row, joined with the names of its activity and ticket. A redemption or revocation is a later
 * row with the same {@link #key()}, equal but for the status, its time and its position in the log.
 *
 * @param userPseudonym stands for the buyer: the same in all rows of all activities, and nobody can tell from rows who it
 *     is without the operator's key (the log, which names buyers, is another topic); see
 *     {@link dev.dibs.pseudonyms.Pseudonyms}
 * @param activityName as last configured when the row was made; empty where the activity is not known
 * @param ticketName likewise
 * @param requestedAt when the request arrived, epoch milliseconds
 * @param grabbedAt when the claim was made, epoch milliseconds
 * @param waitedMillis from the arrival of the request to its being sent to the log; what is sent again by another
 *     instance after a crash, until then
 * @param instance of the API that wrote it to the log, or empty where the record does not say so
 * @param addressHash a salted hash of the client's address, or empty where it is not known
 * @param logPartition partition of the record of {@code dibs.ticket-events} that this row reports
 * @param logOffset its offset: of the grab in a row that is granted, of the redemption in one that is redeemed
 * @param statusAt since when it has this status, epoch milliseconds; of a granted row, {@code grabbedAt}
 */
public record GrabResult(
        ActivityId activityId,
        String activityName,
        int sequence,
        TicketId ticketId,
        TicketKind ticketKind,
        String ticketName,
        String userPseudonym,
        long epoch,
        long requestedAt,
        long grabbedAt,
        long waitedMillis,
        String instance,
        String addressHash,
        int logPartition,
        long logOffset,
        Status status,
        long statusAt) {

    /** What has become of the ticket. */
    public enum Status {
        GRANTED,
        REDEEMED,
        REVOKED;

        /** As it stands in the row. */
        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }

        /** @throws IllegalArgumentException where no status is called so */
        public static Status of(String label) {
            for (Status status : values()) {
                if (status.label().equals(label)) {
                    return status;
                }
            }
            throw new IllegalArgumentException("status '" + label + "' is not known");
        }
    }

    public GrabResult {
        Checks.present("activityId", activityId);
        Checks.present("activityName", activityName);
        Checks.atLeast("sequence", 0, sequence);
        Checks.present("ticketId", ticketId);
        Checks.present("ticketKind", ticketKind);
        Checks.present("ticketName", ticketName);
        Checks.present("userPseudonym", userPseudonym);
        Checks.atLeast("epoch", 0, epoch);
        Checks.atLeast("waitedMillis", 0, waitedMillis);
        Checks.present("instance", instance);
        Checks.present("addressHash", addressHash);
        Checks.atLeast("logPartition", 0, logPartition);
        Checks.atLeast("logOffset", 0, logOffset);
        Checks.present("status", status);
    }

    /** The record's key: {@code activityId:sequence}. */
    public String key() {
        return activityId.value() + ":" + sequence;
    }
}
