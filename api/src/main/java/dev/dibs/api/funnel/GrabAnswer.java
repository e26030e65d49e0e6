package dev.dibs.api.funnel;

import dev.dibs.api.grab.GrabOutcome;

/** The answers that are counted, by the names they have in {@code dibs.grab-funnel}. */
public enum GrabAnswer {
    GRANTED("granted"),
    PENDING("pending"),
    ENDED("ended"),
    SOLD_OUT("soldOut"),
    SYSTEM_ERROR("systemError"),
    NOT_STARTED("notStarted"),
    ALREADY_TAKEN("alreadyTaken"),
    NOT_ELIGIBLE("notEligible"),
    TOO_MANY_REQUESTS("tooManyRequests"),
    BAD_PARAMETER("badParameter"),
    BLOCKED("blocked"),
    PAUSED("paused");

    private final String label;

    GrabAnswer(String label) {
        this.label = label;
    }

    String label() {
        return label;
    }

    /** Whether the client was told that it gets nothing; an error of ours is no refusal. */
    boolean isRefusal() {
        return this != GRANTED && this != PENDING && this != SYSTEM_ERROR;
    }

    /** Likewise, of an answer by its name; a name that is not known is none. */
    public static boolean isRefusal(String label) {
        for (GrabAnswer answer : values()) {
            if (answer.label.equals(label)) {
                return answer.isRefusal();
            }
        }
        return false;
    }

    static GrabAnswer of(GrabOutcome outcome) {
        if (outcome instanceof GrabOutcome.Granted) {
            return GRANTED;
        } else if (outcome instanceof GrabOutcome.AlreadyTaken) {
            return ALREADY_TAKEN;
        } else if (outcome instanceof GrabOutcome.NotStarted) {
            return NOT_STARTED;
        } else if (outcome instanceof GrabOutcome.GateClosed) {
            return BAD_PARAMETER;
        } else if (outcome instanceof GrabOutcome.TooMany tooMany) {
            return tooMany.blocked() ? BLOCKED : TOO_MANY_REQUESTS;
        }
        return switch ((GrabOutcome.Plain) outcome) {
            case PENDING -> PENDING;
            case ENDED -> ENDED;
            case SOLD_OUT -> SOLD_OUT;
            case PAUSED -> PAUSED;
            case NOT_ELIGIBLE -> NOT_ELIGIBLE;
            case UNAVAILABLE, NONE, NO_SUCH_ACTIVITY -> SYSTEM_ERROR;
        };
    }
}
