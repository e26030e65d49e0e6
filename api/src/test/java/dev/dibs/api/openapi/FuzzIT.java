package dev.dibs.api.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.dibs.api.access.Role;
import dev.dibs.api.openapi.ApiDocument.Operation;
import dev.dibs.api.openapi.OpenApiWorld.Request;
import dev.dibs.testkit.TestIds;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Every operation of the document, asked in many wrong ways: each answer is one that the document knows, tells nothing of
 * the inside, and comes in time; and nothing has gone wrong inside.
 *
 * <p>{@code -Ddibs.seed=N} repeats a run, {@code -Dfuzz.requests=N} sends more of them to each operation.
 */
@Timeout(300)
class FuzzIT {
    private static final Logger log = LoggerFactory.getLogger(FuzzIT.class);
    private static final int REQUESTS = Integer.getInteger("fuzz.requests", 40);
    /** Far more than any answer needs, also on a machine that does much else. */
    private static final Duration IN_TIME = Duration.ofSeconds(20);

    /** Answers that HTTP itself has for a request, whatever the operation. */
    private static final Set<Integer> OF_HTTP = Set.of(400, 404, 405, 413, 414, 415, 417, 431);

    private static final Pattern INSIDE =
            Pattern.compile("\\bat [\\w.$]+\\([\\w.]+:\\d+\\)|dev\\.dibs\\.|java\\.[a-z]+\\.|"
                    + "org\\.springframework|tools\\.jackson|io\\.netty|reactor\\.|com\\.mongodb|org\\.apache|lettuce|Exception\\b|"
                    + "redis://|mongodb://|NullPointer");

    private static OpenApiWorld world;
    private final ListAppender<ILoggingEvent> errors = new ListAppender<>();

    @BeforeAll
    static void start() {
        // The limits would answer before anything else is asked.
        world = new OpenApiWorld(
                "--dibs.admin.password=operators only",
                "--dibs.rate.grabs=0",
                "--dibs.rate.address.per-second=0",
                "--dibs.login.per-account=0",
                "--dibs.login.per-address=0");
    }

    @AfterAll
    static void stop() {
        world.close();
    }

    @BeforeEach
    void listen() {
        errors.start();
        logback("dev.dibs.api").addAppender(errors);
    }

    @AfterEach
    void listenNoMore() {
        logback("dev.dibs.api").detachAppender(errors);
    }

    private static ch.qos.logback.classic.Logger logback(String name) {
        return (ch.qos.logback.classic.Logger) LoggerFactory.getLogger(name);
    }

    @Test
    void whateverIsAskedIsAnsweredAsDocumented() {
        long seed = Long.getLong("dibs.seed", System.nanoTime());
        log.info("These requests are made from -Ddibs.seed={}", seed);
        Random random = new Random(seed);
        HostileInput input = new HostileInput(world.document, random);
        List<String> tokens = List.of(
                world.token(TestIds.user("fuzz"), Set.of()),
                world.token(TestIds.user("fuzz"), Role.ALL),
                world.token(TestIds.user("fuzz"), Role.ALL),
                world.token(TestIds.user("fuzz"), Set.of(Role.ANALYST)));
        List<String> wrong = new ArrayList<>();

        for (Operation operation : world.document.operations()) {
            String id = operation.path().contains("{id}")
                    ? world.published()
                    : TestIds.activity("fuzz").value();
            for (int i = 0; i < REQUESTS; i++) {
                Request request = input.request(operation, id, tokens);
                wrong.addAll(differences(operation, request));
            }
        }

        assertThat(wrong).as("seed " + seed).isEmpty();
        assertThat(errors.list.stream()
                        .filter(event -> event.getLevel().isGreaterOrEqual(Level.ERROR))
                        .map(event -> event.getFormattedMessage())
                        .toList())
                .as("seed " + seed)
                .isEmpty();
    }

    private static List<String> differences(Operation operation, Request request) {
        long before = System.nanoTime();
        Answer answer = world.send(request);
        Duration took = Duration.ofNanos(System.nanoTime() - before);
        List<String> differences = new ArrayList<>();
        if (answer == null) {
            return List.of("no answer to " + shortened(request.toString()));
        }
        if (took.compareTo(IN_TIME) > 0) {
            differences.add("it took " + took);
        }
        if (INSIDE.matcher(answer.text()).find()
                && !operation.path().startsWith("/docs")
                && !operation.path().equals("/openapi.json")) {
            differences.add("it tells of the inside");
        }
        List<String> documented = world.document.differences(operation, answer);
        if (!documented.isEmpty() && OF_HTTP.contains(answer.status())) {
            documented = world.document.differencesFromAnyError(answer);
        }
        differences.addAll(documented);
        return differences.stream()
                .map(difference ->
                        difference + "\n" + shortened(request.toString()) + "\n-> " + shortened(answer.toString()))
                .toList();
    }

    private static String shortened(String text) {
        return text.length() < 1_500 ? text : text.substring(0, 1_500) + "...";
    }

    @Test
    void anAnswerThatTellsOfTheInsideIsSeen() {
        assertThat(INSIDE.matcher("x at dev.dibs.api.Foo.bar(Foo.java:17)").find())
                .isTrue();
        assertThat(INSIDE.matcher("{\"error\": \"java.lang.NullPointerException\"}")
                        .find())
                .isTrue();
        assertThat(INSIDE.matcher("{\"ret\":-9,\"message\":\"actId must not be empty\",\"data\":{}}")
                        .find())
                .isFalse();
    }
}
