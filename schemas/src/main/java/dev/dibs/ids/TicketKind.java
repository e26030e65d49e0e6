package dev.dibs.ids;

/** A kind of ticket within an activity. 1 to 32 characters: letters, digits and {@code . _ @ -}. */
public record TicketKind(String value) {
    /** Says that an import holds codes of several kinds; no ticket may be called so. */
    public static final TicketKind MIXED = new TicketKind("mixed");

    public TicketKind {
        value = Ids.validated("ticket kind", value, 32);
    }

    @Override
    public String toString() {
        return value;
    }
}
