package dev.dibs.api.admission;

import dev.dibs.api.ApiProperties.Address;

/** For tests that are not about how much somebody may try. */
public final class UnlimitedRate {
    private UnlimitedRate() {}

    public static GrabRate create() {
        return new RateWorld(0, 0, new Address(1, 0)).rate;
    }
}
