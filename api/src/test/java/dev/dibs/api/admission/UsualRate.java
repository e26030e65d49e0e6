package dev.dibs.api.admission;

/** The limits as they are by default, on a clock that stands still. */
public final class UsualRate {
    private UsualRate() {}

    public static GrabRate create() {
        return new RateWorld().rate;
    }
}
