package dev.dibs.projector.rebuild;

import java.util.List;

/**
 * What a rebuild has done.
 *
 * @param collection what is read from now on
 * @param replaced what was read before; it stays for {@link ReplacedCollections#GRACE}
 * @param rows tickets in the new collection at the moment of the switch
 * @param withoutCode how many of them have no code, as {@code ticket_codes} does not have it
 * @param dropped collections replaced earlier that were dropped
 */
public record RebuildReport(String collection, String replaced, long rows, long withoutCode, List<String> dropped) {
    public RebuildReport {
        dropped = List.copyOf(dropped);
    }
}
