package dev.dibs.activity;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Who may take part beside the required role, and what they have to bring along.
 *
 * @param requiredClaim what a token must carry; empty where everyone may
 * @param eligibilityList the list in force of the accounts that may take part, as {@code version-hash}: the version of
 *     the activity that it came with, and the first half of the SHA-256 of its content; empty where there is no list
 */
public record Entry(Optional<RequiredClaim> requiredClaim, String eligibilityList, Gate gate) {
    /** Everyone may come, and just as they are. */
    public static final Entry OPEN = new Entry(Optional.empty(), "", Gate.OPEN);

    private static final Pattern LIST = Pattern.compile("[1-9][0-9]{0,18}-[0-9a-f]{32}");

    public Entry {
        if (requiredClaim == null || gate == null) {
            throw new IllegalArgumentException("requiredClaim and gate must not be null");
        }
        eligibilityList = eligibilityList == null ? "" : eligibilityList;
        if (!eligibilityList.isEmpty() && !LIST.matcher(eligibilityList).matches()) {
            throw new IllegalArgumentException("eligibilityList must be a version, '-' and 32 hexadecimal digits");
        }
    }

    public boolean hasList() {
        return !eligibilityList.isEmpty();
    }

    public Entry withList(String newList) {
        return new Entry(requiredClaim, newList, gate);
    }
}
