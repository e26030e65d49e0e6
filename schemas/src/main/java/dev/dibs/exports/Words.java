package dev.dibs.exports;

import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Lists of words that somebody chooses from. */
final class Words {
    /** Whatever else somebody has sent is not repeated to him. */
    private static final Pattern PRINTABLE = Pattern.compile("[a-z0-9_]{1,32}");

    private Words() {}

    static List<String> split(String text) {
        return Arrays.stream(text.split(",", -1)).map(String::strip).toList();
    }

    static IllegalArgumentException unknown(String word, String kind, Stream<String> known) {
        String shown = PRINTABLE.matcher(word).matches() ? "'" + word + "' is" : "there is something in it that is";
        return new IllegalArgumentException(
                shown + " no " + kind + "; there are " + known.collect(Collectors.joining(", ")));
    }

    static IllegalArgumentException twice(String word) {
        return new IllegalArgumentException("'" + word + "' must be given once only");
    }
}
