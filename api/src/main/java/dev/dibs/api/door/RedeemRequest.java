package dev.dibs.api.door;

import dev.dibs.ids.ActivityId;
import dev.dibs.ids.RequestId;
import dev.dibs.ids.UserId;

/**
 * One press at a gate.
 *
 * @param code as the holder shows it. Never to be logged
 * @param by whose token presses
 * @param gate what the gate calls itself, 1 to 64 characters; others may call theirs the same
 * @param activityId what the gate lets in to, or null where it takes the tickets of any activity
 * @param requestId the gate's name for this press, or null; repeating it repeats the answer
 */
record RedeemRequest(String code, UserId by, String gate, ActivityId activityId, RequestId requestId) {
    /** Of a code, as imports allow it, and of the names that go into the log. */
    static final int MAX_CODE_CHARACTERS = 128;

    static final int MAX_GATE_CHARACTERS = 64;

    RedeemRequest {
        text("code", code);
        if (code.codePointCount(0, code.length()) > MAX_CODE_CHARACTERS) {
            throw new IllegalArgumentException("code must have at most " + MAX_CODE_CHARACTERS + " characters");
        }
        text("gate", gate);
        if (gate.length() > MAX_GATE_CHARACTERS) {
            throw new IllegalArgumentException("gate must have at most " + MAX_GATE_CHARACTERS + " characters");
        }
    }

    private static void text(String name, String text) {
        if (text == null || text.isBlank()) {
            throw new IllegalArgumentException(name + " must not be empty");
        }
        if (text.codePoints().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException(name + " must hold printable characters only");
        }
    }

    @Override
    public String toString() {
        return "RedeemRequest[by=" + by + ", gate=" + gate + "]";
    }
}
