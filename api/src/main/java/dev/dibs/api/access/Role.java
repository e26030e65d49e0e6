package dev.dibs.api.access;

import java.util.Set;

/**
 * The roles that Dibs itself knows. Activities may ask for others, which mean nothing here. Whoever works with the
 * sales does not buy in them, unless they are a buyer as well; everybody else is a buyer without having to say so.
 */
public final class Role {
    /** Sets up and runs activities. */
    public static final String OPERATOR = "operator";
    /** Reads activities, statistics and results. */
    public static final String ANALYST = "analyst";
    /** Redeems tickets at the door. */
    public static final String GATE = "gate";
    /** Takes part. Only tokens with one of the roles above need it. */
    public static final String BUYER = "buyer";

    /** What the account of the operators carries. */
    public static final Set<String> ALL = Set.of(OPERATOR, ANALYST, GATE);

    private Role() {}
}
