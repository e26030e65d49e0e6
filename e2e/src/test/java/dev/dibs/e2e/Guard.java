package dev.dibs.e2e;

import java.nio.file.Path;

/** What keeps the promises, and the piece of the product's sources without which it is not there any more. */
enum Guard {
    FENCE(Source.CLAIM, "  return {'FENCED'}\n", ""),
    DEADLINE(Source.CLAIM, "  return {'EXPIRED'}\n", ""),
    REQUEST_ID(Source.CLAIM, "      return code and {'HELD', line, code, ARGV[3]} or {'INCOMPLETE', state[2]}\n", ""),
    LIMIT_IN_SCRIPT(
            Source.CLAIM, "    return code and {'LIMIT', latest, code, ARGV[3]} or {'INCOMPLETE', state[2]}\n", ""),
    FREE_LIST(Source.CLAIM, " = redis.call('LINDEX', KEYS[2], 0)", ""),
    EPOCH_RULE(Source.LEDGER, "rules.contains(Rule.CURRENT_EPOCH)", "false"),
    UNIQUE_SEQUENCE_RULE(Source.LEDGER, "rules.contains(Rule.UNIQUE_SEQUENCE)", "false"),
    PER_USER_RULE(Source.LEDGER, "rules.contains(Rule.LIMIT_PER_USER)", "false"),
    RELAY(Source.RELAY, "publisher.append(entry.event());", ""),
    /** Without it the broker's acknowledgement is taken for one. */
    VERDICT_BEFORE_ANSWER(
            Source.CLAIMING,
            "awaitVerdict(claimed.event().ticketId());\n            publisher.append(claimed.event());",
            "Mono.fromFuture(publisher.append(claimed.event()), true)"
                    + ".map(acknowledged -> Judged.FOLDED).timeout(limits.verdictTimeout());");

    private static final class Source {
        private static final Path CLAIM = Path.of("api/src/main/resources/dev/dibs/api/claim/claim.lua");
        private static final Path CLAIMING = Path.of("api/src/main/java/dev/dibs/api/grab/Claiming.java");
        private static final Path RELAY = Path.of("api/src/main/java/dev/dibs/api/recovery/Relay.java");
        private static final Path LEDGER = Path.of("schemas/src/main/java/dev/dibs/ledger/Ledger.java");
    }

    private final Path source;
    private final String piece;
    private final String instead;

    Guard(Path source, String piece, String instead) {
        this.source = source;
        this.piece = piece;
        this.instead = instead;
    }

    /** In the repository. */
    Path source() {
        return source;
    }

    /** @throws IllegalStateException where it is not where it was any more */
    String takenOutOf(String text) {
        int at = text.indexOf(piece);
        if (at < 0 || at != text.lastIndexOf(piece)) {
            throw new IllegalStateException(source + " is expected to have this in it once: " + piece);
        }
        return text.replace(piece, instead);
    }
}
