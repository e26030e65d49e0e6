package dev.dibs.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dibs.api.ApiProperties.Jwt;
import dev.dibs.api.access.KeyRing;
import dev.dibs.api.access.Principal;
import dev.dibs.api.access.Revocations;
import dev.dibs.api.access.Tokens;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TokenCommandTest {
    private static final String SECRET = "a key of tokens that is long enough for HS256";
    private static final String OTHER = "another key of tokens, as long as it has to be";

    @TempDir
    Path folder;

    @BeforeEach
    void aDataFolderWithSecrets() throws IOException {
        Files.writeString(folder.resolve("secrets.properties"), """
                jwt.secret=%s
                admin.password=the-password
                address.salt=salt
                pseudonym.key=%s
                """.formatted(SECRET, OTHER));
    }

    private Program token(String... more) {
        List<String> line = new ArrayList<>(List.of("token", "--data", folder.toString()));
        line.addAll(List.of(more));
        return Program.run(line.toArray(String[]::new));
    }

    private static Principal verified(String token, Duration from, String secret) {
        return new Tokens(secret, Clock.fixed(Instant.now().plus(from), ZoneOffset.UTC)).verify(token);
    }

    @ParameterizedTest
    @ValueSource(strings = {"gate", "analyst", "operator"})
    void aTokenHasOneRoleOneNameAndAnEnd(String role) {
        Program made = token("--role", role, "--user", "north-1", "--for", "12h");

        assertThat(made.status()).as(made.err()).isZero();
        assertThat(made.err()).isEmpty();
        assertThat(made.out().lines()).as("nothing but the token").hasSize(1);
        String token = made.out().strip();
        Principal principal = verified(token, Duration.ofHours(11), SECRET);
        assertThat(principal.userId().value()).isEqualTo("north-1");
        assertThat(principal.roles()).containsExactly(role);
        assertThat(verified(token, Duration.ofHours(13), SECRET)).isNull();
        assertThat(verified(token, Duration.ZERO, OTHER)).isNull();
    }

    @Test
    void theKeyAndTheRulesOfTheEnvironmentComeFirst() throws Exception {
        Map<String, String> variables = Map.of(
                "DIBS_JWT_SECRET", OTHER,
                "DIBS_JWT_ISSUER", "dibs",
                "DIBS_JWT_AUDIENCE", "doors",
                "DIBS_JWT_MAXLIFETIME", "1h");
        String[] line = {"token", "--role", "gate", "--user", "north-1", "--data", folder.toString(), "--for"};
        try (DibsProcess made = DibsProcess.start(folder, variables, with(line, "1h"));
                DibsProcess refused = DibsProcess.start(folder, variables, with(line, "61m"))) {
            assertThat(made.awaitEnd()).as(made.err()).isZero();
            Jwt rules =
                    new Jwt(OTHER, List.of(), "dibs", "doors", Duration.ofSeconds(5), Duration.ofHours(1), List.of());
            Clock clock = Clock.systemUTC();
            Tokens server = new Tokens(new KeyRing(rules, clock), Revocations.none(), rules.maxLifetime(), clock);
            assertThat(server.verify(made.out().strip())).isNotNull();

            assertThat(refused.awaitEnd()).isEqualTo(2);
            assertThat(refused.out()).isEmpty();
            assertThat(refused.err()).contains("--for must be");
        }
    }

    private static String[] with(String[] line, String last) {
        String[] more = Arrays.copyOf(line, line.length + 1);
        more[line.length] = last;
        return more;
    }

    @ParameterizedTest
    @ValueSource(strings = {"0s", "31d"})
    void noTokenOutlivesTheMemoryOfItsEnding(String lifetime) {
        Program refused = token("--role", "gate", "--user", "north-1", "--for", lifetime);

        assertThat(refused.status()).isEqualTo(2);
        assertThat(refused.out()).isEmpty();
        assertThat(refused.errorLines()).singleElement().asString().contains("--for must be");
    }

    @Test
    void whatIsNoNameIsRefused() {
        assertThat(token("--role", "gate", "--user", "the north gate", "--for", "1h")
                        .errorLines())
                .singleElement()
                .asString()
                .contains("--user");
    }

    @Test
    void withoutAKeyNothingIsMade() {
        Program refused = Program.run(
                "token",
                "--role",
                "gate",
                "--user",
                "a",
                "--for",
                "1h",
                "--data",
                folder.resolve("none").toString());

        assertThat(refused.status()).isEqualTo(1);
        assertThat(refused.errorLines()).singleElement().asString().contains("DIBS_JWT_SECRET");
    }
}
