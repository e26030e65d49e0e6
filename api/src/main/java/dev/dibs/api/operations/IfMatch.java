package dev.dibs.api.operations;

import dev.dibs.activity.Activity;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.web.reactive.function.server.ServerRequest;

/**
 * The precondition of a change (RFC 9110, section 13.1.1): it is made only while the activity is at one of these
 * versions. An activity's entity tag is its version.
 *
 * @param tags strong entity tags, without their quotes
 * @param any whether any version will do
 */
public record IfMatch(List<String> tags, boolean any) {
    /** No precondition. */
    public static final IfMatch NONE = new IfMatch(List.of(), true);

    private static final Pattern LIST =
            Pattern.compile("[ \\t]*(W/)?\"([\\x21\\x23-\\x7E\\x80-\\xFF]*)\"[ \\t]*(?:,|$)", Pattern.CASE_INSENSITIVE);

    public IfMatch {
        tags = List.copyOf(tags);
    }

    /** @throws ProblemException where the header is not what the RFC allows */
    public static IfMatch of(ServerRequest request) {
        List<String> values = request.headers().header(HttpHeaders.IF_MATCH);
        if (values.isEmpty()) {
            return NONE;
        }
        String value = String.join(",", values).strip();
        return value.equals("*") ? NONE : new IfMatch(tags(value), false);
    }

    private static List<String> tags(String value) {
        List<String> tags = new ArrayList<>();
        Matcher next = LIST.matcher(value);
        int end = 0;
        while (end < value.length()) {
            if (!next.find() || next.start() != end) {
                throw new ProblemException(Problem.faulty(List.of(
                        new Fault("If-Match", "must be a version in quotes, such as \"3\", or several, or *"))));
            }
            // A weak tag never matches here: the comparison is the strong one.
            if (next.group(1) == null) {
                tags.add(next.group(2));
            }
            end = next.end();
        }
        return tags;
    }

    boolean isGiven() {
        return !any;
    }

    /** Whether the activity is at a version that will do. */
    public boolean holds(Activity activity) {
        return any || tags.contains(Long.toString(activity.version()));
    }

    /** The activity's entity tag, in its quotes. */
    public static String tagOf(Activity activity) {
        return "\"" + activity.version() + "\"";
    }

    /** @param activity as it is now, which is not what was meant */
    public static Problem failed(Activity activity) {
        return Problem.of(
                        HttpStatus.PRECONDITION_FAILED,
                        "changed-meanwhile",
                        "'%s' is at version %d, which is not the one that If-Match names; look at it and decide again"
                                .formatted(activity.activityId(), activity.version()))
                .with("version", activity.version());
    }
}
