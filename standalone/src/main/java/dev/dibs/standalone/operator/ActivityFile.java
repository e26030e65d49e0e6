package dev.dibs.standalone.operator;

import dev.dibs.api.operations.ActivityFiles;
import dev.dibs.api.operations.Fault;
import dev.dibs.standalone.console.ProblemException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/**
 * An activity as a file has it.
 *
 * @param contentType of {@code content}
 * @param content as it is sent
 */
public record ActivityFile(String id, String contentType, byte[] content) {
    private static final String START = "start_time";
    private static final String END = "end_time";
    private static final String YAML = "application/yaml";

    /** The file as it is, byte by byte; only the server judges what is in it. */
    public static ActivityFile read(Path file) {
        byte[] content = bytes(file);
        return new ActivityFile(idOf(parse(file, content), file, content), YAML, content);
    }

    /** The same of what is read now, see {@link #within}. */
    public static ActivityFile read(Path file, Optional<Instant> start, Optional<Duration> lasts) {
        return read(file).within(file, start, lasts);
    }

    /**
     * The activity with another window. All else stays byte by byte where it stands, for the server to judge. The file is
     * not read again: it may be a pipe, which can be read only once.
     *
     * @param file to name in complaints
     * @param start first second in which grabs are taken; empty for the one in the file
     * @param lasts from the start on; empty for the end in the file
     */
    ActivityFile within(Path file, Optional<Instant> start, Optional<Duration> lasts) {
        if (start.isEmpty() && lasts.isEmpty()) {
            return this;
        }
        ObjectNode activity = parse(file, content);
        long from = start.map(Instant::getEpochSecond).orElseGet(() -> time(activity, START, file));
        Map<String, Long> times = new LinkedHashMap<>();
        start.ifPresent(time -> times.put(START, from));
        lasts.ifPresent(time -> times.put(END, from + time.toSeconds()));
        return new ActivityFile(id, contentType, withTimes(file, content, times));
    }

    /** What its tickets are called, as the file has it; empty where it has none. */
    List<String> kinds() {
        List<String> kinds = new ArrayList<>();
        for (JsonNode ticket : new YAMLMapper().readTree(content).path("tickets")) {
            kinds.add(ticket.path("kind").asString(""));
        }
        return kinds;
    }

    private static byte[] withTimes(Path file, byte[] content, Map<String, Long> times) {
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(content))
                    .toString();
            // The server does not count a byte order mark either.
            return TimesInText.replace(text.startsWith("\uFEFF") ? text.substring(1) : text, times)
                    .getBytes(StandardCharsets.UTF_8);
        } catch (CharacterCodingException e) {
            throw new ProblemException(file + " is not UTF-8", e);
        } catch (IllegalArgumentException e) {
            throw new ProblemException(file + ", " + e.getMessage(), e);
        }
    }

    private static byte[] bytes(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new ProblemException(
                    file + " cannot be read: " + (Files.exists(file) ? e.getMessage() : "no such file"), e);
        }
    }

    private static ObjectNode parse(Path file, byte[] content) {
        try {
            if (new YAMLMapper().readTree(content) instanceof ObjectNode activity) {
                return activity;
            }
        } catch (JacksonException e) {
            throw faulty(file, content, e);
        }
        throw faulty(file, content, null);
    }

    private static String idOf(ObjectNode activity, Path file, byte[] content) {
        String id = activity.path("id").asString("");
        if (id.isBlank()) {
            throw faulty(file, content, null);
        }
        return id;
    }

    /** In the words of the server, which tells where and why. */
    private static ProblemException faulty(Path file, byte[] content, Exception cause) {
        List<Fault> faults = ActivityFiles.faults(content);
        String what = faults.isEmpty()
                ? "this is no activity"
                : faults.stream().map(Fault::toString).collect(Collectors.joining("; "));
        return new ProblemException(file + ": " + what, cause);
    }

    private static long time(ObjectNode activity, String field, Path file) {
        JsonNode value = activity.path(field);
        if (value.isIntegralNumber()) {
            return value.asLong();
        }
        try {
            return OffsetDateTime.parse(value.asString("")).toEpochSecond();
        } catch (DateTimeException e) {
            throw new ProblemException(file + ": " + field + " " + TimesInText.MUST_BE, e);
        }
    }
}
