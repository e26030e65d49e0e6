package dev.dibs.chaos.check;

/** What is looked at, by what the clients were told and what the log says. */
public enum Promise {
    CONFIRMED("what a buyer was told is his, the log has granted him, with this code"),
    SAME_REQUEST("the same requestId always gets the same ticket"),
    ONE_OWNER("no ticket and no code is told to two buyers"),
    LIMIT("no buyer is told of more tickets than the limit"),
    VISIBLE("an owner sees his ticket at once"),
    PENDING("who was told to wait is told of a ticket or of nothing, and that stays so"),
    RETRIED("who got an error and repeats the same requestId is granted or refused in the end"),
    SOLD_OUT("where demand reaches the stock, everything is sold"),
    STOCK("what an operator was told is stock is so, once"),
    REDEEMED("a ticket is redeemed once at most, and the gates are told what the log says"),
    EXPORT("an export says what the log says, and misses nothing that was confirmed before"),
    AUDIT("everything behind the log equals its fold"),
    SETTLED("everything comes to rest after the faults");

    private final String title;

    Promise(String title) {
        this.title = title;
    }

    public String title() {
        return title;
    }
}
