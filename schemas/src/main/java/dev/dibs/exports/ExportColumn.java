package dev.dibs.exports;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The columns of an export. */
public enum ExportColumn {
    SEQUENCE("sequence"),
    TICKET_ID("ticket_id"),
    USER_ID("user_id"),
    TICKET("ticket"),
    CODE("code"),
    GRABBED_AT("grabbed_at"),
    REDEEMED_AT("redeemed_at"),
    REVOKED_AT("revoked_at"),
    /** {@code granted}, {@code redeemed} or {@code revoked} as of the position. */
    STATE("state"),
    /** Where in the log the grab stands. */
    GRAB_OFFSET("grab_offset"),
    /** Where in the log the redemption or revocation stands; empty where there is none before the position. */
    STATE_OFFSET("state_offset");

    /** Those of a file for which nobody has chosen any. */
    public static final List<ExportColumn> DEFAULT =
            List.of(SEQUENCE, TICKET_ID, USER_ID, TICKET, CODE, GRABBED_AT, REDEEMED_AT, REVOKED_AT);

    /** The same for somebody who may not have the codes: whoever holds a code gets in with it. */
    public static final List<ExportColumn> WITHOUT_CODE =
            DEFAULT.stream().filter(column -> column != CODE).toList();

    private final String label;

    ExportColumn(String label) {
        this.label = label;
    }

    /** As it stands in the first line. */
    public String label() {
        return label;
    }

    /** @throws IllegalArgumentException where there is none of this label; the message lists those there are */
    public static ExportColumn of(String label) {
        return labels().filter(column -> column.label.equals(label))
                .findFirst()
                .orElseThrow(() -> Words.unknown(label, "column", labels().map(ExportColumn::label)));
    }

    private static Stream<ExportColumn> labels() {
        return Stream.of(values());
    }

    /**
     * Labels with commas between them.
     *
     * @throws IllegalArgumentException where one is unknown or there twice
     */
    public static List<ExportColumn> list(String labels) {
        List<ExportColumn> columns = new ArrayList<>();
        for (String label : Words.split(labels)) {
            ExportColumn column = of(label);
            if (columns.contains(column)) {
                throw Words.twice(label);
            }
            columns.add(column);
        }
        return columns;
    }
}
