package dev.dibs.standalone.operator;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.dataformat.yaml.YAMLFactory;
import tools.jackson.dataformat.yaml.YAMLParser;

/**
 * Puts other times into the text of an activity, and leaves everything else where it stands: the server names lines and
 * columns, and they must be those of the file. Nor is anything resolved on the way that the server would refuse, such as
 * a field that is given twice.
 */
final class TimesInText {
    static final String MUST_BE = "must be epoch seconds or a time such as 2027-01-31T20:00:00+01:00";

    private final String text;
    private final Map<String, Long> times;
    private final Map<String, Long> missing;
    /** From back to front, so that one does not move the next. */
    private final List<Edit> edits = new ArrayList<>();

    /** @param end behind the last character that is replaced */
    private record Edit(int start, int end, String text) {}

    private TimesInText(String text, Map<String, Long> times) {
        this.text = text;
        this.times = times;
        this.missing = new LinkedHashMap<>(times);
    }

    /**
     * @param text an activity as YAML, which JSON is too
     * @param times epoch seconds of fields of the activity itself
     * @throws IllegalArgumentException where such a field holds what is no time in any case; says in which line
     */
    static String replace(String text, Map<String, Long> times) {
        return new TimesInText(text, times).replaced();
    }

    private String replaced() {
        try (JsonParser parser = new YAMLFactory().createParser(ObjectReadContext.empty(), text)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw new IllegalArgumentException("only a group of fields has times");
            }
            fields(parser, text.charAt(start(parser)) == '{');
        }
        StringBuilder changed = new StringBuilder(text);
        Collections.reverse(edits);
        edits.forEach(edit -> changed.replace(edit.start, edit.end, edit.text));
        return changed.toString();
    }

    private void fields(JsonParser parser, boolean inBraces) {
        int indent = 0;
        int endOfLast = 0;
        while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
            String name = parser.currentName();
            indent = parser.currentTokenLocation().getColumnNr() - 1;
            parser.nextToken();
            missing.remove(name);
            if (times.containsKey(name)) {
                edits.add(value(parser, name));
            }
            parser.skipChildren();
            endOfLast = end(parser);
        }
        if (missing.isEmpty()) {
            return;
        }
        // At the end, so that all lines keep their number.
        edits.add(inBraces ? behind(endOfLast) : below(start(parser), " ".repeat(indent)));
    }

    private Edit value(JsonParser parser, String name) {
        int start = start(parser);
        int end = end(parser);
        String old = text.substring(start, end);
        boolean isAlias = parser instanceof YAMLParser yaml && yaml.isCurrentAlias();
        boolean isScalar = parser.currentToken().isScalarValue() && !isAlias;
        boolean isMissing = isScalar
                && old.isEmpty()
                && text.substring(0, start).stripTrailing().endsWith(":");
        if (!isScalar || old.contains("\n") || old.isEmpty() && !isMissing) {
            throw new IllegalArgumentException(
                    "line " + parser.currentTokenLocation().getLineNr() + ": " + name + " " + MUST_BE);
        }
        String time = Long.toString(times.get(name));
        // What follows in the same line keeps its column.
        return new Edit(
                start, end, isMissing ? " " + time : time + " ".repeat(Math.max(0, old.length() - time.length())));
    }

    private Edit behind(int place) {
        StringBuilder added = new StringBuilder();
        missing.forEach(
                (name, time) -> added.append(", \"").append(name).append("\": ").append(time));
        return new Edit(place, place, added.toString());
    }

    private Edit below(int place, String indent) {
        StringBuilder added = new StringBuilder(text.startsWith("\n", place - 1) ? "" : "\n");
        missing.forEach((name, time) ->
                added.append(indent).append(name).append(": ").append(time).append("\n"));
        return new Edit(place, place, added.toString());
    }

    private int start(JsonParser parser) {
        return index(parser.currentTokenLocation());
    }

    private int end(JsonParser parser) {
        return index(parser.currentLocation());
    }

    /** YAML counts characters, and some are two of Java's. */
    private int index(TokenStreamLocation location) {
        return text.offsetByCodePoints(0, (int) location.getCharOffset());
    }
}
