package dev.dibs.benchmarks;

/** What is measured, in the order of the table. */
public enum Scenario {
    CONSTANT("constant", "a constant JSON answer (the yardstick)"),
    DETAIL("detail", "activity detail"),
    SOLD_OUT("soldOut", "grab refused: sold out, with token"),
    REPEATED("repeated", "grab repeated with the same requestId"),
    CONFIRMED("confirmed", "grab confirmed: claim, acks=all, verdict"),
    LIST("list", "list of one's own tickets");

    private final String key;
    private final String title;

    Scenario(String key, String title) {
        this.key = key;
        this.title = title;
    }

    /** The name in the report. */
    public String key() {
        return key;
    }

    /** What a person reads in the table. */
    public String title() {
        return title;
    }
}
