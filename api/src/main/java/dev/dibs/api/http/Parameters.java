package dev.dibs.api.http;

import dev.dibs.api.gate.Pass;
import dev.dibs.ids.ActivityId;
import dev.dibs.ids.RequestId;
import dev.dibs.ids.TicketId;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.springframework.http.server.reactive.ServerHttpRequest;

/**
 * The parameters of a request. Whatever is wrong with one is a {@link BadRequestException} that names it and says what
 * is allowed.
 */
final class Parameters {
    static final int DEFAULT_PAGE_SIZE = 20;
    static final int MAX_PAGE_SIZE = 100;
    /** Further pages are reached by lastId. */
    static final int MAX_PAGE_NUM = 1_000;

    private static final Pattern NUMBER = Pattern.compile("[1-9][0-9]{0,8}");
    /** Those that nobody knows are ignored, for apps and links carry such; but not any number of them. */
    static final int MAX_PARAMETERS = 64;

    private final Map<String, String> values = new HashMap<>(8);

    static Parameters ofQuery(ServerHttpRequest request) {
        Parameters parameters = new Parameters();
        parameters.addEncoded(request.getURI().getRawQuery());
        return parameters;
    }

    /** Adds {@code application/x-www-form-urlencoded} text. */
    void addEncoded(String text) {
        if (text == null) {
            return;
        }
        int start = 0;
        while (start < text.length()) {
            int end = text.indexOf('&', start);
            end = end < 0 ? text.length() : end;
            int equals = text.indexOf('=', start);
            if (equals < 0 || equals > end) {
                add(decode(text.substring(start, end)), "");
            } else {
                add(decode(text.substring(start, equals)), decode(text.substring(equals + 1, end)));
            }
            start = end + 1;
        }
    }

    private static String decode(String text) {
        if (text.indexOf('%') < 0 && text.indexOf('+') < 0) {
            return text;
        }
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw new BadRequestException("parameters must be percent-encoded UTF-8");
        }
    }

    void add(String name, String value) {
        if (!isText(name) || !isText(value)) {
            throw new BadRequestException(
                    printable(name) + " must be text in UTF-8 without control characters, percent-encoded in a query");
        }
        if (values.size() >= MAX_PARAMETERS) {
            throw new BadRequestException("at most " + MAX_PARAMETERS + " parameters are taken");
        }
        if (!name.isEmpty() && values.putIfAbsent(name, value) != null) {
            throw new BadRequestException(printable(name) + " must be given once only");
        }
    }

    /**
     * Neither control characters, which mean something to logs and terminals, nor what stands for bytes that were no
     * text: of two different passwords both must not become the same.
     */
    private static boolean isText(String value) {
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c < ' ' || c == '\u007f' || c == '\ufffd') {
                return false;
            }
            if (Character.isSurrogate(c)) {
                if (Character.isLowSurrogate(c)
                        || i + 1 == value.length()
                        || !Character.isLowSurrogate(value.charAt(i + 1))) {
                    return false;
                }
                i++;
            }
        }
        return true;
    }

    private static String printable(String name) {
        return name.matches("[A-Za-z0-9_]{1,32}") ? name : "a parameter";
    }

    boolean has(String name) {
        return !values.getOrDefault(name, "").isEmpty();
    }

    /** The text, which must not be empty. */
    String text(String name) {
        String value = values.get(name);
        if (value == null || value.isEmpty()) {
            throw new BadRequestException(name + " must not be empty");
        }
        return value;
    }

    ActivityId activityId() {
        return id("actId", ActivityId::new);
    }

    TicketId ticketId() {
        return id("ticketId", TicketId::parse);
    }

    /** Null where there is none. */
    RequestId requestId() {
        return has("requestId") ? id("requestId", RequestId::new) : null;
    }

    /** What is brought along for a gate; whether that is enough is up to the gate. */
    Pass pass() {
        String grabTicket = values.getOrDefault("grabTicket", "");
        String proof = values.getOrDefault("proof", "");
        return grabTicket.isEmpty() && proof.isEmpty() ? Pass.NONE : new Pass(grabTicket, proof);
    }

    private <T> T id(String name, Function<String, T> parse) {
        String text = text(name);
        try {
            return parse.apply(text);
        } catch (IllegalArgumentException e) {
            throw new BadRequestException(name
                    + (name.equals("ticketId")
                            ? " must be a UUID of 36 characters"
                            : " must have 1 to 64 characters, letters, digits and . _ @ - only,"
                                    + " the first a letter or digit"));
        }
    }

    int pageNum() {
        return number("pageNum", 1, MAX_PAGE_NUM);
    }

    int pageSize() {
        return number("pageSize", DEFAULT_PAGE_SIZE, MAX_PAGE_SIZE);
    }

    /** A number from 1. */
    private int number(String name, int absent, int max) {
        if (!has(name)) {
            return absent;
        }
        String text = text(name);
        // Integer.parseInt takes digits of all scripts, and a plus.
        if (NUMBER.matcher(text).matches() && Integer.parseInt(text) <= max) {
            return Integer.parseInt(text);
        }
        throw new BadRequestException(name + " must be a whole number from 1 to " + max);
    }

    /**
     * What a page's lastId leads to.
     *
     * @param find throws {@link IllegalArgumentException} for a lastId that no page has had
     */
    <T> T afterLastId(Function<String, T> find) {
        try {
            return find.apply(text("lastId"));
        } catch (IllegalArgumentException e) {
            throw new BadRequestException("lastId must be the lastId of a page of this list");
        }
    }
}
