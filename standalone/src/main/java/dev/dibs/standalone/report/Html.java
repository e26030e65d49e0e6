package dev.dibs.standalone.report;

import java.util.Collection;
import java.util.stream.Collectors;

/**
 * Text that may stand in a page as it is. What comes from anywhere else can only get in through {@link #text}, so that a
 * name never becomes an element.
 */
record Html(String markup) {
    static final Html NONE = new Html("");
    private static final char REPLACEMENT = '\uFFFD';

    /** What a person or another program has written. */
    static Html text(String text) {
        StringBuilder safe = new StringBuilder(text.length() + 16);
        text.codePoints().forEach(character -> append(safe, character));
        return new Html(safe.toString());
    }

    /** The same where it may be written from right to left; it does not turn what stands around it. */
    static Html name(String text) {
        return new Html("<bdi>" + text(text).markup + "</bdi>");
    }

    /** Markup of this package. The arguments are put in for {@code %s}. */
    static Html of(String markup, Html... parts) {
        return new Html(String.format(markup, (Object[]) parts));
    }

    static Html join(Collection<Html> parts) {
        return new Html(parts.stream().map(Html::markup).collect(Collectors.joining()));
    }

    private static void append(StringBuilder safe, int character) {
        switch (character) {
            case '&' -> safe.append("&amp;");
            case '<' -> safe.append("&lt;");
            case '>' -> safe.append("&gt;");
            case '"' -> safe.append("&quot;");
            case '\'' -> safe.append("&#39;");
            case '\n', '\t' -> safe.append((char) character);
            default -> {
                // No page may hold control characters, nor half of a pair.
                boolean allowed = !Character.isISOControl(character)
                        && (character > Character.MAX_VALUE || !Character.isSurrogate((char) character));
                safe.appendCodePoint(allowed ? character : REPLACEMENT);
            }
        }
    }

    @Override
    public String toString() {
        return markup;
    }
}
