package dev.dibs.documents;

import dev.dibs.ids.ActivityId;
import dev.dibs.ids.ImportId;

/**
 * Collections, fields and document ids. {@code _id} is the access path wherever a single document or a known set is
 * read: of other indexes the embedded server keeps the first field only.
 */
public final class Documents {
    public static final String DATABASE = "dibs";

    /** Accounts; {@code _id} is the user id. Written by the API only. */
    public static final String USERS = "users";
    /** Codes; {@code _id} is {@link #codeId}. Written by imports only, before the stock is added to the log. */
    public static final String TICKET_CODES = "ticket_codes";
    /** Fingerprints of all codes; {@code _id} is the fingerprint. Keeps a code from being imported twice. */
    public static final String CODE_FINGERPRINTS = "code_fingerprints";
    /** Lists of the accounts that may take part, in chunks; {@code _id} is {@link #eligibilityChunkId}. */
    public static final String ELIGIBILITY_LISTS = "eligibility_lists";
    /** Uploads of codes and how far they are; {@code _id} is activityId:job. Written by the API only. */
    public static final String IMPORT_JOBS = "import_jobs";
    /** Operators' calls under an Idempotency-Key, and what was answered; {@code _id} is a hash of who and key. */
    public static final String OPERATOR_CALLS = "operator_calls";
    /** Activities as last configured; {@code _id} is the activity id. A projection. */
    public static final String ACTIVITIES = "activities";
    /** Ticket kinds as last configured; {@code _id} is activityId:kind. A projection. */
    public static final String TICKETS = "tickets";
    /** First collection of tickets won; a rebuild makes {@code user_tickets_2} and so on. A projection. */
    public static final String USER_TICKETS = "user_tickets";
    /** Pointers ({@code _id} {@link #USER_TICKETS}: which collection is current) and positions. */
    public static final String PROJECTIONS = "projections";

    private Documents() {}

    /** {@code _id} in {@link #TICKET_CODES} of a row of an import, counted from 0. */
    public static String codeId(ActivityId activityId, ImportId importId, int row) {
        return activityId.value() + ":" + importId.value() + ":" + row;
    }

    /** {@code _id} in {@link #ELIGIBILITY_LISTS} of a part of a list, counted from 0. */
    public static String eligibilityChunkId(ActivityId activityId, String list, int chunk) {
        return activityId.value() + ":" + list + ":" + chunk;
    }

    /** {@code _id} in {@link #PROJECTIONS} of how far a collection has been written. */
    public static String positionId(String collection, int partition) {
        return collection + ":" + partition;
    }

    /** {@code _id} in {@link #PROJECTIONS} of when a collection was found to be replaced by a newer one. */
    public static String replacedId(String collection) {
        return "replaced:" + collection;
    }

    /** Fields of {@link #TICKET_CODES}. */
    public static final class Code {
        public static final String ACTIVITY_ID = "activityId";
        public static final String IMPORT_ID = "importId";
        public static final String CODE = "code";
        public static final String TICKET_KIND = "ticketKind";

        private Code() {}
    }

    /** Fields of {@link #ELIGIBILITY_LISTS}. */
    public static final class EligibilityChunk {
        /** How many accounts the whole list has. */
        public static final String ACCOUNTS = "accounts";
        /** Fingerprints of accounts, 16 bytes each, in ascending order over all chunks. */
        public static final String FINGERPRINTS = "fingerprints";

        private EligibilityChunk() {}
    }

    /** Fields of {@link #USER_TICKETS}; {@code _id} is the ticket id. */
    public static final class UserTicket {
        public static final String USER_ID = "userId";
        public static final String ACTIVITY_ID = "activityId";
        public static final String SEQUENCE = "sequence";
        public static final String TICKET_KIND = "ticketKind";
        public static final String CODE = "code";
        /** Epoch milliseconds, as a 64-bit integer. */
        public static final String GRABBED_AT = "grabbedAt";
        /** Fingerprint of the grab's requestId, so that a repeated request is known when the ledger has forgotten it. */
        public static final String REQUEST = "request";
        /** Partition and offset of the valid grab in the log: an export as of a position reads by them. */
        public static final String PARTITION = "partition";

        public static final String OFFSET = "offset";
        /** Epoch milliseconds; absent while it has not been redeemed. */
        public static final String REDEEMED_AT = "redeemedAt";
        /** Epoch milliseconds; absent while it has not been revoked. */
        public static final String REVOKED_AT = "revokedAt";
        /** Where in the partition it was redeemed or revoked, each beside its time: what lies behind a position is left out. */
        public static final String REDEEMED_OFFSET = "redeemedOffset";

        public static final String REVOKED_OFFSET = "revokedOffset";

        private UserTicket() {}
    }

    /** Fields of {@link #PROJECTIONS}. */
    public static final class Projection {
        /** In the pointer: the name of the current collection. */
        public static final String COLLECTION = "collection";
        /** In a position: the first offset that has not been written yet, as a 64-bit integer. */
        public static final String NEXT_OFFSET = "nextOffset";
        /** In the note of a replaced collection: epoch milliseconds, as a 64-bit integer. */
        public static final String REPLACED_AT = "replacedAt";

        private Projection() {}
    }
}
