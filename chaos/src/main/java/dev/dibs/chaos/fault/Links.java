package dev.dibs.chaos.fault;

import java.util.function.Predicate;

/** Who is meant at the ends of a link. */
final class Links {
    static final Predicate<String> SERVICES =
            name -> name.startsWith("api-") || name.startsWith("processor-") || name.equals("projector");

    private Links() {}
}
