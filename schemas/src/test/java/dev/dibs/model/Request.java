package dev.dibs.model;

/** Where a buyer's grab is, in nine bits. */
final class Request {
    static final int IDLE = 0;
    static final int DONE = 3;
    private static final int CLAIMED = 1;
    private static final int PUBLISHED = 2;

    private Request() {}

    static int claimed(int sequence, int epoch) {
        return CLAIMED | sequence << 2 | epoch << 3;
    }

    static int published(int sequence, int epoch, int offset) {
        return PUBLISHED | sequence << 2 | epoch << 3 | offset << 6;
    }

    static boolean isClaimed(int request) {
        return (request & 3) == CLAIMED;
    }

    static boolean isPublished(int request) {
        return (request & 3) == PUBLISHED;
    }

    static int sequence(int request) {
        return request >>> 2 & 1;
    }

    static int epoch(int request) {
        return request >>> 3 & 7;
    }

    static int offset(int request) {
        return request >>> 6;
    }
}
