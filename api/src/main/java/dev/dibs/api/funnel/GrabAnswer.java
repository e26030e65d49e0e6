package dev.dibs.api.funnel;

import dev.dibs.api.grab.GrabOutcome;

/** The answers that are counted, by the names they have in {@code dibs.grab-funnel}. */
enum GrabAnswer {
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
    PAUSED("paused");

    private final String label;

    GrabAnswer(String label) {
        this.label = label;
    }

    String label() {
        return label;
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
        }
        return switch ((GrabOutcome.Plain) outcome) {
            case PENDING -> PENDING;
            case ENDED -> ENDED;
            case SOLD_OUT -> SOLD_OUT;
            case PAUSED -> PAUSED;
            case NOT_ELIGIBLE -> NOT_ELIGIBLE;
            case TOO_MANY_REQUESTS -> TOO_MANY_REQUESTS;
            case UNAVAILABLE, NONE, NO_SUCH_ACTIVITY -> SYSTEM_ERROR;
        };
    }
}
