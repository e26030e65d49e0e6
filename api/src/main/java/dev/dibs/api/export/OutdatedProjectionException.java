package dev.dibs.api.export;

/** A document was written by an earlier build, which did not note all that an export needs. */
final class OutdatedProjectionException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    OutdatedProjectionException(Object ticketId, String field) {
        super("ticket " + ticketId + " has no " + field
                + ", as an earlier build has written it; './dibs rebuild projection' writes it anew");
    }
}
