package dev.dibs.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.dibs.Seeds;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever lies in a topic is either read or refused by one exception that names the field; no reader dies of it. */
class UndecodableRecordsTest {
    private static final String GRAB = file("TicketGrabbed.v1");
    private static final String STOCK = file("StockAdded.v1");
    private static final String OPENED = file("EpochOpened.v1");
    private static final String REVOKED = file("TicketRevoked.v1");
    private static final String ACTIVITY = file("Activity.v1");
    private static final String FUNNEL = file("GrabFunnel.v1");
    private static final String LONG_ID = "a".repeat(65);

    static Stream<Arguments> refusals() {
        return Stream.of(
                arguments(GRAB, "\"sequence\": 499", "\"sequence\": 1099511627776", "sequence"),
                arguments(GRAB, "\"sequence\": 499", "\"sequence\": 2147483648", "sequence"),
                arguments(GRAB, "\"sequence\": 499", "\"sequence\": -1", "sequence"),
                arguments(GRAB, "\"sequence\": 499", "\"sequence\": 4.0", "sequence"),
                arguments(GRAB, "\"sequence\": 499", "\"sequence\": \"499\"", "sequence"),
                arguments(GRAB, "\"sequence\": 499", "\"sequence\": null", "sequence"),
                arguments(GRAB, "\"sequence\": 499", "\"sequence\": [499]", "sequence"),
                arguments(GRAB, "\"sequence\": 499", "\"sequence\": 499, \"sequence\": 500", "sequence"),
                arguments(GRAB, "\"sequence\"", "\"Sequence\"", "sequence"),
                arguments(GRAB, "\"epoch\": 5000000000", "\"epoch\": -1", "epoch"),
                arguments(GRAB, "\"epoch\": 5000000000", "\"epoch\": 99999999999999999999", "epoch"),
                arguments(GRAB, "\"grabbedAt\": ", "\"grabbedAt\": -", "grabbedAt"),
                arguments(GRAB, "\"requestedAt\": ", "\"requestedAt\": -", "requestedAt"),
                arguments(GRAB, "\"alice@example.org\"", "\"\"", "userId"),
                arguments(GRAB, "\"alice@example.org\"", "\"" + LONG_ID + "\"", "userId"),
                arguments(GRAB, "\"alice@example.org\"", "\"a b\"", "userId"),
                arguments(GRAB, "\"alice@example.org\"", "\"{a}\"", "userId"),
                arguments(GRAB, "\"alice@example.org\"", "{\"id\": \"alice\"}", "userId"),
                arguments(GRAB, "\"r-5d1f\"", "\"" + LONG_ID + "\"", "requestId"),
                arguments(GRAB, "\"movie-night\"", "\"" + LONG_ID + "\"", "activityId"),
                arguments(GRAB, "\"movie-night\"", "7", "activityId"),
                arguments(GRAB, "\"seat\"", "\"" + LONG_ID + "\"", "ticketKind"),
                arguments(GRAB, "\"5f2b9c\"", "\"" + LONG_ID + "\"", "addressHash"),
                arguments(GRAB, "\"5f2b9c\"", "null", "addressHash"),
                arguments(GRAB, "\"ticketId\": \"0b6f5a4e", "\"ticketId\": \"1-1-1-1-1", "ticketId"),
                arguments(GRAB, "\"ticketId\": \"0b6f5a4e", "\"ticketId\": \"xb6f5a4e", "ticketId"),
                arguments(GRAB, "\"type\": \"TicketGrabbed\"", "\"type\": \"TicketLost\"", "type"),
                arguments(GRAB, "\"type\": \"TicketGrabbed\"", "\"type\": 1", "type"),
                arguments(GRAB, "\"type\": \"TicketGrabbed\"", "\"kind\": \"TicketGrabbed\"", "type"),
                arguments(GRAB, "\"schemaVersion\": 1", "\"schemaVersion\": 2", "schemaVersion"),
                arguments(GRAB, "\"schemaVersion\": 1", "\"schemaVersion\": \"1\"", "schemaVersion"),
                arguments(STOCK, "\"eventId\": \"7f0c9d1e-5b3a", "\"eventId\": \"1-1", "eventId"),
                arguments(STOCK, "\"occurredAt\": ", "\"occurredAt\": -", "occurredAt"),
                arguments(STOCK, "\"from\": 0", "\"from\": -1", "from"),
                arguments(STOCK, "\"to\": 500", "\"to\": 0", "to "),
                arguments(STOCK, "\"to\": 500", "\"to\": 2147483648", "to "),
                arguments(STOCK, "\"9a0b1c2d3e4f5a6b7c8d9e0f1a2b3c4d\"", "\"" + LONG_ID + "\"", "importId"),
                arguments(OPENED, "\"limitPerUser\": 2", "\"limitPerUser\": 0", "limitPerUser"),
                arguments(OPENED, "\"c0ffee12\"", "\"" + LONG_ID + "\"", "nonce"),
                arguments(OPENED, "\"fence\"", "\"fance\"", "fence"),
                arguments(REVOKED, "paid twice", "x".repeat(201), "reason"));
    }

    static Stream<Arguments> refusedActivities() {
        return Stream.of(
                arguments(ACTIVITY, "\"schemaVersion\": 1", "\"schemaVersion\": 9", "schemaVersion"),
                arguments(ACTIVITY, "\"startTime\": 1795176000", "\"startTime\": 1795176000000", "start_time"),
                arguments(ACTIVITY, "\"startTime\": 1795176000", "\"startTime\": true", "startTime"),
                arguments(ACTIVITY, "\"limitPerUser\": 2", "\"limitPerUser\": 101", "limit_per_user"),
                arguments(ACTIVITY, "\"limitPerUser\": 2", "\"limitPerUser\": 4294967298", "limitPerUser"),
                arguments(ACTIVITY, "\"PUBLISHED\"", "\"OPEN\"", "state"),
                arguments(ACTIVITY, "\"PUBLISHED\"", "1", "state"),
                arguments(ACTIVITY, "\"version\": 3", "\"version\": 0", "version"),
                arguments(ACTIVITY, "\"logStart\": 17", "\"logStart\": -1", "logStart"),
                arguments(ACTIVITY, "\"logStart\": 17", "\"logStart\": 1.5", "logStart"),
                arguments(ACTIVITY, "\"tickets\": [", "\"tickets\": [7,", "tickets[0]"),
                arguments(ACTIVITY, "\"tickets\": [", "\"tickets\": 7, \"more\": [", "tickets"),
                arguments(ACTIVITY, "\"department\"", "\"roles\"", "requiredClaim"),
                arguments(ACTIVITY, "\"department\"", "\"\"", "requiredClaim"),
                arguments(ACTIVITY, "\"department\"", "null", "requiredClaimName"),
                arguments(ACTIVITY, "\"3-9a0b", "\"3-XYZb", "eligibilityList"),
                arguments(ACTIVITY, "\"grabTicketSeconds\": 60", "\"grabTicketSeconds\": 601", "grab_ticket_seconds"),
                arguments(ACTIVITY, "\"grabTicketSeconds\": 60", "\"grabTicketSeconds\": 0", "proof_of_work_bits"),
                arguments(ACTIVITY, "\"proofOfWorkBits\": 16", "\"proofOfWorkBits\": 25", "proof_of_work_bits"),
                arguments(ACTIVITY, "\"box\"", "\"mixed\"", "tickets[1]"),
                arguments(ACTIVITY, "\"box\"", "\"seat\"", "tickets"));
    }

    static Stream<Arguments> refusedFunnels() {
        return Stream.of(
                arguments(FUNNEL, "\"schemaVersion\": 1", "\"schemaVersion\": 2", "schemaVersion"),
                arguments(FUNNEL, "\"schemaVersion\": 1,", "", "schemaVersion"),
                arguments(FUNNEL, "\"answers\": {", "\"answers\": 1, \"more\": {", "answers"),
                arguments(FUNNEL, "\"granted\": 12", "\"granted\": \"12\"", "granted"),
                arguments(FUNNEL, "\"granted\": 12", "\"granted\": null", "granted"),
                arguments(FUNNEL, "\"granted\": 12", "\"granted\": -12", "granted"),
                arguments(FUNNEL, "\"second\": ", "\"second\": -", "second"),
                arguments(FUNNEL, "\"instance\": \"a1\"", "\"instance\": \"\"", "instance"));
    }

    @ParameterizedTest(name = "{3}: {2}")
    @MethodSource("refusals")
    void anEventThatIsNotOneIsRefusedByNameOfTheField(String valid, String part, String wrong, String field) {
        refuses(TicketEventCodec::decode, replaced(valid, part, wrong), field);
    }

    @ParameterizedTest(name = "{3}: {2}")
    @MethodSource("refusedActivities")
    void anActivityThatIsNotOneIsRefusedByNameOfTheField(String valid, String part, String wrong, String field) {
        refuses(ActivityCodec::decode, replaced(valid, part, wrong), field);
    }

    @ParameterizedTest(name = "{3}: {2}")
    @MethodSource("refusedFunnels")
    void aFunnelRecordThatIsNotOneIsRefusedByNameOfTheField(String valid, String part, String wrong, String field) {
        refuses(GrabFunnelCodec::decode, replaced(valid, part, wrong), field);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "{",
                "}",
                "null",
                "7",
                "\"text\"",
                "[]",
                "[{}]",
                "{}",
                "{\"a\"",
                "{\"a\":",
                "{\"a\":1,",
                "{a:1}",
                "{\"a\":01}",
                "{\"a\":NaN}",
                "\uFEFF",
                "{\"a\":\"\u0001\"}",
                "{} {}",
                "/* */ {}"
            })
    void whatIsNoObjectIsRefusedEverywhere(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        for (ApprovedRecord approved : ApprovedRecord.current()) {
            refuses(approved.decoder(), bytes, "");
        }
    }

    @Test
    void aRecordWithoutAValueIsRefused() {
        for (ApprovedRecord approved : ApprovedRecord.current()) {
            refuses(approved.decoder(), null, "no value");
        }
    }

    @Test
    void aRecordThatBreaksOffIsRefusedWhereverItDoes() {
        for (ApprovedRecord approved : ApprovedRecord.current()) {
            byte[] whole = approved.encoded();
            for (int length = 0; length < whole.length; length++) {
                refuses(approved.decoder(), Arrays.copyOf(whole, length), "");
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "{}", "]", ",", "\"", "1"})
    void whatGoesOnBehindItsEndIsRefused(String garbage) {
        for (ApprovedRecord approved : ApprovedRecord.current()) {
            String whole = new String(approved.encoded(), StandardCharsets.UTF_8);
            refuses(approved.decoder(), (whole + garbage).getBytes(StandardCharsets.UTF_8), "");
        }
    }

    @Test
    void deepNestingIsRefusedOrSkippedButDoesNotOverflowTheStack() {
        String deep = "[".repeat(100_000) + "]".repeat(100_000);
        refuses(TicketEventCodec::decode, replaced(GRAB, "{", "{\"deep\":" + deep + ","), "");
        refuses(ActivityCodec::decode, replaced(ACTIVITY, "{", "{\"deep\":" + deep + ","), "");
    }

    @Test
    void theMessageStaysShortWhateverTheRecordHolds() {
        byte[] value = replaced(GRAB, "\"TicketGrabbed\"", "\"" + "x".repeat(1_000_000) + "\"");

        assertThatExceptionOfType(UndecodableRecordException.class)
                .isThrownBy(() -> TicketEventCodec.decode(value))
                .satisfies(e -> assertThat(e.getMessage()).hasSizeLessThan(400).contains("type"));
    }

    static LongStream seeds() {
        return Seeds.upTo(10);
    }

    @ParameterizedTest(name = "-Ddibs.seed={0}")
    @MethodSource("seeds")
    void randomDamageIsRefusedOrReadAsSomethingThatCanBeWrittenAgain(long seed) {
        Random random = new Random(seed);
        for (ApprovedRecord approved : ApprovedRecord.current()) {
            byte[] whole = approved.encoded();
            for (int i = 0; i < 200; i++) {
                byte[] damaged = damaged(whole, random);
                try {
                    Object read = approved.decoder().decode(damaged);
                    byte[] written = approved.encoder().encode(read);
                    assertThat(approved.decoder().decode(written)).isEqualTo(read);
                } catch (UndecodableRecordException e) {
                    assertThat(e.getMessage()).isNotBlank();
                } catch (Throwable e) {
                    throw new AssertionError(
                            "-Ddibs.seed=" + seed + ": " + new String(damaged, StandardCharsets.ISO_8859_1), e);
                }
            }
        }
    }

    private static byte[] damaged(byte[] whole, Random random) {
        byte[] damaged = whole.clone();
        int changes = 1 + random.nextInt(4);
        for (int i = 0; i < changes; i++) {
            int at = random.nextInt(damaged.length);
            switch (random.nextInt(4)) {
                case 0 -> damaged[at] = (byte) random.nextInt(256);
                case 1 -> damaged[at] = (byte) "{}[]\",:0123456789-.eE\\ntu ".charAt(random.nextInt(25));
                case 2 -> {
                    int length = Math.min(random.nextInt(8), damaged.length - at - 1);
                    System.arraycopy(damaged, at + length, damaged, at, damaged.length - at - length);
                }
                default -> {
                    int from = random.nextInt(damaged.length);
                    int length = Math.min(random.nextInt(30), damaged.length - Math.max(at, from));
                    System.arraycopy(whole, from, damaged, at, length);
                }
            }
        }
        return damaged;
    }

    private static void refuses(ApprovedRecord.Decoder decoder, byte[] value, String field) {
        assertThatExceptionOfType(UndecodableRecordException.class)
                .isThrownBy(() -> decoder.decode(value))
                .satisfies(e -> assertThat(e.getMessage()).isNotBlank().contains(field));
    }

    private static byte[] replaced(String valid, String part, String wrong) {
        assertThat(valid).contains(part);
        return valid.replaceFirst(java.util.regex.Pattern.quote(part), java.util.regex.Matcher.quoteReplacement(wrong))
                .getBytes(StandardCharsets.UTF_8);
    }

    private static String file(String name) {
        return ApprovedRecord.current().stream()
                .filter(approved -> approved.file().equals(name))
                .findFirst()
                .map(approved -> new String(approved.bytes(), StandardCharsets.UTF_8))
                .orElseThrow();
    }
}
