package dev.dibs.inventory;

import dev.dibs.ids.ActivityId;

/** Keys of one activity. The braces put them all into one hash slot, so that one script may touch them. */
public record InventoryKeys(ActivityId activityId) {

    /** Hash: fence, epoch, cursor, stock, opens, closes, limit, paused, n. */
    public String state() {
        return key("state");
    }

    /** List of sequences below the cursor that are free again after a recovery. */
    public String free() {
        return key("free");
    }

    /** Hash: fingerprint of a user → {@link UserEntry} lines. */
    public String users() {
        return key("users");
    }

    /** Hash: sequence → ticket kind, '|', code. */
    public String codes() {
        return key("codes");
    }

    /** Stream of claims not yet known to be in the log; ids are epoch-n. */
    public String outbox() {
        return key("outbox");
    }

    /** Who is opening the activity at the moment; it only saves work. */
    public String lease() {
        return key("lease");
    }

    /** A key under construction, renamed into place when it is complete. */
    public String underConstruction(String nonce, String name) {
        return key("new:" + nonce + ":" + name);
    }

    private String key(String name) {
        return "dibs:{" + activityId.value() + "}:" + name;
    }
}
