package dev.dibs.standalone.report;

import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A page with places such as <code>{{title}}</code>. What is put in is not looked through for places again. */
record Template(String page) {
    private static final Pattern PLACE = Pattern.compile("\\{\\{([a-z-]+)}}");

    /** @throws IllegalArgumentException where a place has nothing, or something has no place */
    String filled(Map<String, Html> parts) {
        Set<String> unused = new HashSet<>(parts.keySet());
        String filled = PLACE.matcher(page).replaceAll(place -> {
            Html part = parts.get(place.group(1));
            if (part == null) {
                throw new IllegalArgumentException("there is nothing for {{" + place.group(1) + "}}");
            }
            unused.remove(place.group(1));
            return Matcher.quoteReplacement(part.markup());
        });
        if (!unused.isEmpty()) {
            throw new IllegalArgumentException("the page has no place for " + unused);
        }
        return filled;
    }
}
