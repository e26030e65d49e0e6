package dev.dibs.api.access;

import dev.dibs.ids.UserId;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.IntFunction;

/**
 * What remembered tokens take of the heap, in a JVM that does nothing else: beside other tests of the same JVM their
 * threads' garbage, and regions of which a part is used, would count as well, up to a few hundred bytes for each token.
 */
final class TokensInMemory {
    /** As long as a request may be that has one. */
    static final int LONGEST = 16_000;

    private TokensInMemory() {}

    /** Of {@code count} tokens of {@code length} characters, in bytes. */
    record Memory(int count, int length, long counted, long taken) {
        private static Memory read(String line) {
            String[] figures = line.split(" ");
            return new Memory(
                    Integer.parseInt(figures[0]),
                    Integer.parseInt(figures[1]),
                    Long.parseLong(figures[2]),
                    Long.parseLong(figures[3]));
        }

        private void print() {
            System.out.println(count + " " + length + " " + counted + " " + taken);
        }
    }

    /** Runs {@link #main}. */
    static List<Memory> measure() throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx512m",
                        "-XX:+UseSerialGC",
                        // Of each collection: otherwise up to a twentieth may stay that is not in use any more.
                        "-XX:MarkSweepAlwaysCompactCount=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        TokensInMemory.class.getName())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IllegalStateException("The measurement ended with " + process.exitValue() + ": " + printed);
        }
        return printed.lines().map(Memory::read).toList();
    }

    public static void main(String[] arguments) {
        // Whatever is loaded once is not what tokens take.
        memory(10, LONGEST, i -> session(i, texts(i, 10), claims(i)));
        memory(20_000, 280, i -> session(i, Set.of(), Map.of())).print();
        memory(2_000, LONGEST, i -> session(i, Set.of(), Map.of())).print();
        // As many roles as a token can name, and as many claims as are taken of one.
        memory(100, LONGEST, i -> session(i, texts(i, 2_000), Map.of())).print();
        memory(1_000, 4_000, i -> session(i, Set.of(), claims(i))).print();
    }

    private static Memory memory(int count, int length, IntFunction<Session> sessions) {
        RememberedTokens tokens = new RememberedTokens(Long.MAX_VALUE);
        long counted = 0;
        long before = used();
        for (int i = 0; i < count; i++) {
            String token = token(i, length);
            Session session = sessions.apply(i);
            counted += RememberedTokens.bytes(token, session);
            tokens.put(token, session);
        }
        long taken = used() - before;
        if (tokens.find(token(0, length)) == null) {
            throw new AssertionError("What was measured is not there");
        }
        return new Memory(count, length, counted, taken);
    }

    private static long used() {
        System.gc();
        Runtime runtime = Runtime.getRuntime();
        return runtime.totalMemory() - runtime.freeMemory();
    }

    static String token(int i, int length) {
        String name = Integer.toString(i);
        return name + "x".repeat(length - name.length());
    }

    /** With texts of its own, as a token that is read has them. */
    static Session session(int i, Set<String> roles, Map<String, Set<String>> attributes) {
        Principal principal = Principal.of(new UserId("a-buyer-of-it-" + (100_000 + i)), roles, attributes);
        String login = "%016x".formatted(i);
        return new Session(principal, Session.keyOfLogin(login), 0, Long.MAX_VALUE, login);
    }

    private static Set<String> texts(int i, int count) {
        Set<String> texts = new HashSet<>();
        for (int j = 0; j < count; j++) {
            texts.add(j + "-" + i);
        }
        return Set.copyOf(texts);
    }

    private static Map<String, Set<String>> claims(int i) {
        Map<String, Set<String>> claims = new HashMap<>();
        for (String name : texts(i, 32)) {
            claims.put(name, texts(i, 1));
        }
        return claims;
    }
}
